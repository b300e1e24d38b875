// Addresses at which Watch and Touch look into a checkpoint of a run.

import { writeAddress } from '../state/address.ts';
import { draft, extra } from '../state/store.ts';
import { checkpointPath } from './api.ts';

/** What those views keep in the address of the agent that was on view before. */
const OF_ANOTHER = ['agent', 'update', 'pick', 'own', 'do', 'step', 'sum'];

/** @param pick a problem by level and number: `2.14`. */
export function agentAddress(view: 'watch' | 'touch', name: string, file: string, pick?: string): string {
  const kept = Object.entries(extra.value).filter(([key]) => !OF_ANOTHER.includes(key));
  const own = { agent: checkpointPath(name, file), ...(pick !== undefined && { pick }) };
  return writeAddress(view, draft.value, { ...Object.fromEntries(kept), ...own });
}
