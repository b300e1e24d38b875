// Where a run that was stopped or killed goes on.

import { readFileSync } from 'node:fs';
import { InnerloopError } from '../core/errors.ts';
import { readCheckpoint, withinLevels } from '../training/checkpoint.ts';
import { reconfigure, type Training } from '../training/config.ts';
import { openAgent } from '../training/openAgent.ts';
import type { RunDirectory } from './runDirectory.ts';

export interface LastState {
  /** Absent at the beginning. */
  readonly bytes?: Uint8Array;
  readonly training: Training;
  readonly update: number;
}

/**
 * The newest checkpoint, or the beginning when there is none yet. Nothing is written before it is good.
 *
 * @param task the caller's own, where the run is of one.
 * @throws InnerloopError `file`: the checkpoint is damaged, or not of this run.
 */
export async function lastState(run: RunDirectory, task?: Training['task']): Promise<LastState> {
  const training = reconfigure(run.info.config, task);
  if (run.latestCheckpoint() === undefined) return { training, update: 0 };
  const { path, update } = run.readCheckpoint();
  const bytes = readFileSync(path);
  const { config, progress } = readCheckpoint(bytes, path);
  const refuse = (reason: string): never => {
    throw new InnerloopError({ kind: 'file', path, reason, hint: 'move it away to go on from an earlier one' });
  };
  if (progress.update !== update) refuse(`its name says update ${update}, its contents say ${progress.update}`);
  if (JSON.stringify(config) !== JSON.stringify(training.config)) refuse('its configuration is not that of run.json');
  if (!withinLevels(progress, training.task.levels.length)) refuse('its curriculum is beyond the last level');
  await openAgent(bytes, { name: path, ...(task && { task }) }); // its tensors fit
  return { bytes, training, update };
}
