// `run.json`: what a run folder says of itself.

import { InnerloopError } from '../core/errors.ts';

/** `running` without a live lock is a run that was killed. */
export const RUN_STATUSES = ['running', 'interrupted', 'finished', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What the last event of a run said. */
export interface RunOutcome {
  /** SHA-256 of the parameters, hex. */
  readonly hash?: string;
  readonly updates?: number;
  readonly [more: string]: unknown;
}

/** What trains a run: how many updates a second takes depends on it, no bit does. */
export interface Host {
  /** `v24.21.0` */
  readonly node: string;
  /** Make of the processor, as the system tells it. */
  readonly processor: string;
  /** That this process may use. */
  readonly cores: number;
}

/** `run.json`. */
export interface RunInfo {
  /** innerloop's version that made the run. */
  readonly version: string;
  readonly seed: number;
  /** The whole configuration as plain data; training parses it. */
  readonly config: unknown;
  readonly status: RunStatus;
  /** All that have trained it, in order; absent of runs that were trained in a page or before this was kept. */
  readonly hosts?: readonly Host[];
  /** Absent while running. */
  readonly outcome?: RunOutcome;
}

/** The files of a run directory. */
export const RUN_FILES = {
  info: 'run.json',
  metrics: 'metrics.jsonl',
  evaluations: 'evaluations.jsonl',
  warnings: 'warnings.jsonl',
  checkpoints: 'checkpoints',
  lock: 'lock',
} as const;

/** `NNNNNN.safetensors` of an update. */
export const checkpointName = (update: number): string => `${String(update).padStart(6, '0')}.safetensors`;

/** The update of a checkpoint by its file's name; `undefined` where it is no such name. */
export function updateOfName(name: string): number | undefined {
  const digits = /^(\d{6,})\.safetensors$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** @param path of the text, for messages. @throws InnerloopError `file` when it is damaged. */
export function parseRunInfo(text: string, path: string): RunInfo {
  const damaged = (reason: string) =>
    new InnerloopError({ kind: 'file', path, reason, hint: 'restore it from a copy or train the run again' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged('it is not a JSON object');
  const { version, seed, config, status, outcome } = value as Partial<Record<keyof RunInfo, unknown>>;
  if (typeof version !== 'string') throw damaged('expected a text under "version"');
  if (!Number.isSafeInteger(seed) || (seed as number) < 0) throw damaged('expected an integer from 0 under "seed"');
  if (config === undefined) throw damaged('expected the configuration under "config"');
  if (!(RUN_STATUSES as readonly unknown[]).includes(status)) {
    throw damaged(`expected one of ${RUN_STATUSES.join(', ')} under "status"`);
  }
  if (outcome !== undefined && (typeof outcome !== 'object' || outcome === null)) {
    throw damaged('expected an object under "outcome"');
  }
  return value as RunInfo;
}
