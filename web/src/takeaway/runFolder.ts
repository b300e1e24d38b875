// The training as a run folder that the command line opens: `innerloop eval`, `explain`, `resume`.

import { checkpointName, RUN_FILES, type RunInfo } from 'innerloop';
import { player, session } from '../state/store.ts';
import type { Moment } from './moment.ts';
import type { FileOf } from './zip.ts';

/** The files of a run called `name`, in its folder. */
export async function runFolder({ checkpoint, name, training }: Moment): Promise<readonly FileOf[]> {
  const { config } = training;
  const { bytes, update } = checkpoint;
  const { evaluations, metrics, warnings } = session.logs;
  const info: RunInfo = { version: import.meta.env.VERSION, seed: config.seed, config, ...(await ending(checkpoint)) };
  const encoder = new TextEncoder();
  return [
    { path: `${name}/${RUN_FILES.info}`, bytes: encoder.encode(`${JSON.stringify(info, null, 2)}\n`) },
    { path: `${name}/${RUN_FILES.metrics}`, bytes: encoder.encode(await metrics.text(update)) },
    { path: `${name}/${RUN_FILES.evaluations}`, bytes: encoder.encode(await evaluations.text(update)) },
    { path: `${name}/${RUN_FILES.warnings}`, bytes: encoder.encode(await warnings.text(update)) },
    { path: `${name}/${RUN_FILES.checkpoints}/${checkpointName(update)}`, bytes },
  ];
}

/** A training that has not ended is one that was interrupted there. */
async function ending({ bytes, update }: Moment['checkpoint']): Promise<Pick<RunInfo, 'status' | 'outcome'>> {
  const finished = session.finished.peek();
  if (finished && finished.updates === update) {
    const { status, type: _, ...outcome } = finished;
    return { status, outcome };
  }
  const { hash } = await player.ask('identity', { bytes, name: checkpointName(update) });
  const { episodes, seconds } = session.latest.peek()!;
  return { status: 'interrupted', outcome: { hash, updates: update, episodes, seconds, levels: [] } };
}
