// Opens what a person names as a run: its folder, or one of its checkpoints.

import { readFileSync, statSync } from 'node:fs';
import { onFile } from '../runs/fileErrors.ts';
import { readCheckpoint, readRunInfo } from '../runs/readRun.ts';
import { type Agent, openAgent } from '../training/openAgent.ts';

/** The agent of a checkpoint file, or of a run's newest checkpoint. @throws InnerloopError `file`. */
export async function openRun(path: string): Promise<Agent> {
  const checkpoint = isFile(path) ? path : newestCheckpoint(path);
  const bytes = onFile(checkpoint, () => readFileSync(checkpoint));
  return openAgent(bytes, { name: checkpoint });
}

function newestCheckpoint(run: string): string {
  readRunInfo(run);
  return readCheckpoint(run).path;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
