// Opens what a person names as a run: its folder, or one of its checkpoints.

import { readFileSync, statSync } from 'node:fs';
import { onFile } from '../runs/fileErrors.ts';
import { readCheckpoint, readRunInfo } from '../runs/readRun.ts';
import type { Task } from '../tasks/task.ts';
import { readCheckpoint as parseCheckpoint } from '../training/checkpoint.ts';
import { type Agent, openAgent } from '../training/openAgent.ts';
import { taskOfRun } from './taskFile.ts';

/**
 * The agent of a checkpoint file, or of a run's newest checkpoint.
 * @param own where the task is one's own: the task, or what `--task` says its file is.
 * @throws InnerloopError `file`, and as `taskOfRun` does.
 */
export async function openRun(path: string, own?: Task | string): Promise<Agent> {
  const name = isFile(path) ? path : newestCheckpoint(path);
  const bytes = onFile(name, () => readFileSync(name));
  const task = typeof own === 'object' ? own : await taskOfRun(path, taskNameOf(bytes, name), own);
  return openAgent(bytes, { name, ...(task && { task }) });
}

/** Of a checkpoint, which errors call `name`. */
export const taskNameOf = (bytes: Uint8Array, name: string): string => parseCheckpoint(bytes, name).config.task.name;

function newestCheckpoint(run: string): string {
  readRunInfo(run);
  return readCheckpoint(run).path;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
