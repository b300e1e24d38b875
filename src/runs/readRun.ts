// What a run directory holds, for whoever only reads it (eval, explain, a dashboard): no lock is needed, and the run may
// be going on.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InnerloopError } from '../core/errors.ts';
import { checkDigest } from '../formats/digest.ts';
import { checkpointName, parseRunInfo, RUN_FILES, type RunInfo, updateOfName } from '../formats/runInfo.ts';
import { assertFinite, readSafetensors, type Safetensors } from '../formats/safetensors.ts';
import { readLog } from './appendLog.ts';
import { errorCode, fileError, onFile } from './fileErrors.ts';

export {
  type Host,
  RUN_FILES,
  RUN_STATUSES,
  type RunInfo,
  type RunOutcome,
  type RunStatus,
} from '../formats/runInfo.ts';

/** A checkpoint read and found complete and as it was written, with finite values only. What it means is up to training. */
export interface Checkpoint extends Safetensors {
  readonly update: number;
  readonly path: string;
}

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
  return parseRunInfo(text, path);
}

/** The updates that have a checkpoint, ascending. */
export function listCheckpoints(run: string): readonly number[] {
  const folder = join(run, RUN_FILES.checkpoints);
  return onFile(folder, () => readdirSync(folder))
    .map(updateOfName)
    .filter((update) => update !== undefined)
    .sort((a, b) => a - b);
}

/** `checkpoints/NNNNNN.safetensors` of the run. */
export function checkpointPath(run: string, update: number): string {
  return join(run, RUN_FILES.checkpoints, checkpointName(update));
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

/** The lines of `warnings.jsonl`, streamed; `undefined` where the run is of a time when none were kept. */
export function readWarnings(run: string): Generator<unknown, void, undefined> | undefined {
  const path = join(run, RUN_FILES.warnings);
  return existsSync(path) ? readLog(path) : undefined;
}

function parse(bytes: Uint8Array, path: string): Safetensors {
  const contents = readSafetensors(bytes, path);
  checkDigest(contents, path);
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
