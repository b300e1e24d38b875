// Where the training stands right now, as something that can be taken away.

import type { Training } from 'innerloop';
import type { Checkpoint } from '../state/session.ts';
import { session } from '../state/store.ts';

export interface Moment {
  readonly training: Training;
  readonly checkpoint: Checkpoint;
  /** `calculator-default-seed0`, as the command line would call the run. */
  readonly name: string;
}

/** A worker that answers does so within an update; one that does not is gone. */
const PATIENCE_MILLISECONDS = 5000;

/** @throws Error where nothing has been trained yet. */
export async function moment(): Promise<Moment> {
  const checkpoint = session.live.peek()
    ? await Promise.race([session.takeCheckpoint(), lastKnown()])
    : session.checkpoint.peek();
  // Afterwards: another training may have begun meanwhile, and the checkpoint is then of that one.
  const training = session.training.peek();
  if (!training || !checkpoint) throw new Error('Nothing has been trained yet: train an update or more first.');
  return { training, checkpoint, name: nameOf(training) };
}

export const nameOf = ({ config: { preset, seed, task } }: Training): string => `${task.name}-${preset}-seed${seed}`;

const lastKnown = (): Promise<Checkpoint | undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(session.checkpoint.peek()), PATIENCE_MILLISECONDS));

/** Hands a file to the person. */
export function download(name: string, content: BlobPart, type = 'application/octet-stream'): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it at its leisure.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
