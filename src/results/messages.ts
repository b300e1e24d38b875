// What the process of a suite and its workers say to each other.

import type { Config } from '../training/configSchema.ts';

/** Something to train. */
export type Job =
  | { readonly kind: 'run'; readonly path: string; readonly config: Config }
  /** Finds out how many updates `seconds` of processor time are. */
  | { readonly kind: 'pilot'; readonly path: string; readonly config: Config; readonly seconds: number };

export type ToWorker =
  | { readonly type: 'job'; readonly job: Job }
  /** Stop what is being trained, with a checkpoint. */
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  /** `done` of `of`, in updates or seconds. */
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | Ended;

/** How a job ended, if its worker lived to tell. */
export type Ended = {
  readonly type: 'ended';
  /** Seconds of processor time that the worker has had since it began. */
  readonly processor: number;
} & (
  | { readonly how: 'finished' | 'interrupted' }
  /** Another process has the run's folder. */
  | { readonly how: 'busy'; readonly reason: string }
  /** `diverged`: numbers were no longer finite, and would be no more another time. */
  | { readonly how: 'failed'; readonly reason: string; readonly diverged: boolean }
);
