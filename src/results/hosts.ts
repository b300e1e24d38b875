// What runs were trained on, in words.

import type { Host } from '../runs/readRun.ts';
import type { RunResult } from './collect.ts';

/** `Node v24.21.0, 2 cores of AMD EPYC`, for each that differs. */
export const hostWords = (hosts: readonly Host[]): string =>
  [...new Set(hosts.map(({ cores, node, processor }) => `Node ${node}, ${cores} cores of ${processor}`))].join(
    '; and with ',
  );

/** A sentence on what all of `results` were trained on. */
export function trainedOn(results: readonly RunResult[]): string {
  const trained = results.filter(({ status }) => status !== 'missing');
  const known = trained.filter(({ hosts }) => hosts !== undefined);
  if (trained.length === 0) return 'Nothing has been trained.';
  if (known.length === 0) return 'What these runs were trained on was not kept.';
  const words = hostWords(known.flatMap(({ hosts }) => hosts!));
  const rest = trained.length - known.length;
  return `Trained with ${words}, one thread a run${rest > 0 ? ` (of ${rest} of ${trained.length} runs it was not kept)` : ''}.`;
}
