// What a run directory holds, for whoever only reads it (eval, explain, a dashboard): no lock is needed, and the run may
// be going on.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InnerloopError } from '../core/errors.ts';
import { assertFinite, readSafetensors, type Safetensors } from '../formats/safetensors.ts';
import { readLog } from './appendLog.ts';
import { errorCode, fileError, onFile } from './fileErrors.ts';

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

/** `run.json`. */
export interface RunInfo {
  /** innerloop's version that made the run. */
  readonly version: string;
  readonly seed: number;
  /** The whole configuration as plain data; training parses it. */
  readonly config: unknown;
  readonly status: RunStatus;
  /** Absent while running. */
  readonly outcome?: RunOutcome;
}

/** A checkpoint read and found complete, with finite values only. What it means is up to training. */
export interface Checkpoint extends Safetensors {
  readonly update: number;
  readonly path: string;
}

/** The files of a run directory. */
export const RUN_FILES = {
  info: 'run.json',
  metrics: 'metrics.jsonl',
  evaluations: 'evaluations.jsonl',
  checkpoints: 'checkpoints',
  lock: 'lock',
} as const;

/** @throws InnerloopError `file`: not a run directory, or its `run.json` is damaged. */
export function readRunInfo(run: string): RunInfo {
  const path = join(run, RUN_FILES.info);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError(path, error);
    const hint = 'name the folder that train printed (runs/…)';
    throw new InnerloopError({ kind: 'file', path: run, reason: `not a run: it has no ${RUN_FILES.info}`, hint });
  }
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

/** The updates that have a checkpoint, ascending. */
export function listCheckpoints(run: string): readonly number[] {
  const folder = join(run, RUN_FILES.checkpoints);
  return onFile(folder, () => readdirSync(folder))
    .map((name) => /^(\d{6,})\.safetensors$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** `checkpoints/NNNNNN.safetensors` of the run. */
export function checkpointPath(run: string, update: number): string {
  return join(run, RUN_FILES.checkpoints, `${String(update).padStart(6, '0')}.safetensors`);
}

/**
 * @param update default: the latest.
 * @throws InnerloopError `file` when there is none, or it is damaged. Another one is never used in silence: the message
 *   names the newest earlier one that reads well.
 */
export function readCheckpoint(run: string, update?: number): Checkpoint {
  const updates = listCheckpoints(run);
  const wanted = update ?? updates.at(-1);
  if (wanted === undefined || !updates.includes(wanted)) {
    const reason =
      wanted === undefined ? 'the run has no checkpoint yet' : `there is no checkpoint of update ${wanted}`;
    const hint = updates.length > 0 ? `it has those of updates ${updates.join(', ')}` : 'train it again';
    throw new InnerloopError({ kind: 'file', path: run, reason, hint });
  }
  const path = checkpointPath(run, wanted);
  const bytes = onFile(path, () => readFileSync(path));
  try {
    return { update: wanted, path, ...parse(bytes, path) };
  } catch (error) {
    if (!(error instanceof InnerloopError) || error.problem.kind !== 'file') throw error;
    const earlier = updates.findLast((candidate) => candidate < wanted && readsWell(checkpointPath(run, candidate)));
    const hint =
      earlier === undefined
        ? 'the run has no earlier checkpoint that reads well: train it again'
        : `move it away to go on from the earlier ${basename(checkpointPath(run, earlier))}, which reads well`;
    throw new InnerloopError({ ...error.problem, hint }, { cause: error });
  }
}

/** The lines of `metrics.jsonl`, one an update, streamed. */
export function readMetrics(run: string): Generator<unknown, void, undefined> {
  return readLog(join(run, RUN_FILES.metrics));
}

/** The lines of `evaluations.jsonl`, streamed. */
export function readEvaluations(run: string): Generator<unknown, void, undefined> {
  return readLog(join(run, RUN_FILES.evaluations));
}

function parse(bytes: Uint8Array, path: string): Safetensors {
  const contents = readSafetensors(bytes, path);
  assertFinite(contents.tensors, path);
  return contents;
}

function readsWell(path: string): boolean {
  try {
    parse(readFileSync(path), path);
    return true;
  } catch {
    return false;
  }
}
