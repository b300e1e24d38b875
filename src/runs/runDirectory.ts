// A run on disk, as its writer sees it: a consumer of the training events that loses nothing before the last checkpoint,
// however the process ends.

import { existsSync, mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InnerloopError } from '../core/errors.ts';
import { AppendLog } from './appendLog.ts';
import { removeTemporaries, writeFileAtomic } from './atomic.ts';
import { errorCode, fileError, onFile } from './fileErrors.ts';
import { thinned } from './history.ts';
import { withThisHost } from './host.ts';
import { Lock } from './lock.ts';
import {
  type Checkpoint,
  checkpointPath,
  listCheckpoints,
  RUN_FILES,
  type RunInfo,
  type RunOutcome,
  type RunStatus,
  readCheckpoint,
  readRunInfo,
} from './readRun.ts';

/**
 * What a run directory takes from the training events; the other types pass by. Fields that are not named here are
 * written as they are. The evaluation of an update comes before its checkpoint: else an end between the two would lose it.
 */
export type RunEvent =
  | { readonly type: 'update' | 'evaluation' | 'warning'; readonly update: number }
  | { readonly type: 'checkpoint'; readonly update: number; readonly bytes: Uint8Array }
  | { readonly type: 'finished'; readonly status: Exclude<RunStatus, 'running'> }
  | { readonly type: 'started' | 'levelUnlocked' };

const LOGS = ['metrics', 'evaluations', 'warnings'] as const;

/** How a run directory is kept. */
export interface RunOptions {
  /** How many of the newest checkpoints stay, the final one among them; default 3. */
  readonly keep?: number;
  /** How many of all checkpoints stay besides, spread over the whole run as in `thinned`; default 12. */
  readonly history?: number;
}

/** The one writer of a run directory; holds its lock and its logs until `close`. */
export class RunDirectory {
  readonly path: string;
  private readonly keep: number;
  private readonly history: number;
  private readonly lock: Lock;
  private readonly logs: Logs;
  private current: RunInfo;

  private constructor(path: string, options: RunOptions, lock: Lock, readInfo: () => RunInfo) {
    this.path = path;
    this.keep = options.keep ?? 3;
    this.history = options.history ?? 12;
    this.lock = lock;
    this.current = readInfo();
    this.logs = openLogs(path);
  }

  /**
   * Makes the folder `path`, and those above it that are missing. A failure leaves nothing behind.
   *
   * @throws InnerloopError `conflict` when `path` exists; `file` when it cannot be made; `invalid` for a `keep` below 1 or a `history` below 0.
   */
  static create(
    path: string,
    info: Omit<RunInfo, 'status' | 'outcome' | 'hosts'>,
    options: RunOptions = {},
  ): RunDirectory {
    checkOptions(options);
    const above = missingAbove(path);
    try {
      makeFolders(path);
      try {
        onFile(path, () => mkdirSync(join(path, RUN_FILES.checkpoints)));
        return RunDirectory.locked(path, options, () => {
          const started: RunInfo = { ...info, status: 'running', hosts: withThisHost() };
          writeInfo(path, started);
          return started;
        });
      } catch (error) {
        rmSync(path, { recursive: true, force: true });
        throw error;
      }
    } catch (error) {
      for (const folder of above) removeIfEmpty(folder);
      throw error;
    }
  }

  /**
   * Opens a run to go on with it: repairs what a killed process left (torn lines, temporary files).
   *
   * @throws InnerloopError `file` when it is not a run or is damaged; `conflict` while another process uses it.
   */
  static open(path: string, options: RunOptions = {}): RunDirectory {
    checkOptions(options);
    readRunInfo(path); // before the lock: nothing is written into a folder that is no run
    return RunDirectory.locked(path, options, () => {
      removeTemporaries(path);
      removeTemporaries(join(path, RUN_FILES.checkpoints));
      return readRunInfo(path);
    });
  }

  private static locked(path: string, options: RunOptions, readInfo: () => RunInfo): RunDirectory {
    const lock = Lock.acquire(join(path, RUN_FILES.lock), path);
    try {
      return new RunDirectory(path, options, lock, readInfo);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** `run.json` as it stands. */
  get info(): RunInfo {
    return this.current;
  }

  /** The update of the newest checkpoint, `undefined` before the first. */
  latestCheckpoint(): number | undefined {
    return listCheckpoints(this.path).at(-1);
  }

  /** See `readCheckpoint` in readRun.ts. */
  readCheckpoint(update?: number): Checkpoint {
    return readCheckpoint(this.path, update);
  }

  /**
   * Goes back to the moment after `update` (0: the beginning): later checkpoints and lines are dropped, the status is
   * `running`. Interrupted half-way, it can be done again.
   *
   * @throws InnerloopError `file`.
   */
  resumeFrom(update: number): void {
    // Checkpoints first, newest first: one that stayed behind cut logs would make a gap in them.
    for (const later of listCheckpoints(this.path)
      .filter((at) => at > update)
      .reverse())
      this.removeCheckpoint(later);
    for (const log of Object.values(this.logs)) {
      log.truncateAfter((line) => updateOf(line, log.path) <= update);
    }
    const { version, seed, config } = this.current;
    const hosts = withThisHost(update > 0 ? this.current.hosts : []);
    this.write({ version, seed, config, status: 'running', hosts });
  }

  /**
   * Writes what an event says: a line, a checkpoint, or the end.
   *
   * @throws InnerloopError `file`: a full disk, say. What was there before stays whole.
   */
  record(event: RunEvent): void {
    switch (event.type) {
      case 'update':
        this.logs.metrics.append(fields(event));
        return;
      case 'evaluation':
        this.logs.evaluations.append(fields(event));
        this.flush();
        return;
      case 'warning':
        this.logs.warnings.append(fields(event));
        return;
      case 'checkpoint':
        // Before the checkpoint: going on from it, the lines up to its update must be there.
        this.flush();
        writeFileAtomic(checkpointPath(this.path, event.update), event.bytes);
        this.prune();
        return;
      case 'finished': {
        this.flush();
        const { status } = event;
        const { status: _, ...outcome } = fields(event);
        this.write({ ...this.current, status, outcome });
        return;
      }
      case 'started':
      case 'levelUnlocked':
        return;
      default:
        event satisfies never;
    }
  }

  /** The run has come to an end without a `finished` event: an error, say. */
  fail(outcome: RunOutcome = {}): void {
    this.write({ ...this.current, status: 'failed', outcome });
  }

  /** Flushes the logs, closes them and releases the lock, the last two even when the first fails. */
  close(): void {
    try {
      closeAll(Object.values(this.logs));
    } finally {
      this.lock.release();
    }
  }

  private flush(): void {
    for (const log of Object.values(this.logs)) log.flush();
  }

  private write(info: RunInfo): void {
    writeInfo(this.path, info);
    this.current = info;
  }

  private prune(): void {
    const all = listCheckpoints(this.path);
    const stay = new Set([...thinned(all, this.history), ...all.slice(-this.keep)]);
    for (const old of all) if (!stay.has(old)) this.removeCheckpoint(old);
  }

  private removeCheckpoint(update: number): void {
    const path = checkpointPath(this.path, update);
    onFile(path, () => rmSync(path));
  }
}

type Logs = Readonly<Record<(typeof LOGS)[number], AppendLog>>;

/** @throws InnerloopError `file`; none stays open then. */
function openLogs(run: string): Logs {
  const logs: [string, AppendLog][] = [];
  try {
    for (const name of LOGS) logs.push([name, AppendLog.open(join(run, RUN_FILES[name]))]);
  } catch (error) {
    closeAll(logs.map(([, log]) => log));
    throw error;
  }
  return Object.fromEntries(logs) as Logs;
}

/** All of them, whichever fails; the first error is the one to report. */
function closeAll([first, ...rest]: readonly AppendLog[]): void {
  try {
    first?.close();
  } finally {
    if (rest.length > 0) closeAll(rest);
  }
}

function checkOptions({ history, keep }: RunOptions): void {
  checkCount('keep', keep, 1);
  checkCount('history', history, 0);
}

function checkCount(what: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  throw new InnerloopError({ kind: 'invalid', what, expected: `an integer from ${least}`, received: String(value) });
}

/** The folders above `path` that are not there, deepest first. */
function missingAbove(path: string): readonly string[] {
  const missing: string[] = [];
  for (let at = dirname(resolve(path)); !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.push(at);
  return missing;
}

/** Makes `path` and what is missing above it. @throws InnerloopError `conflict` when `path` exists. */
function makeFolders(path: string): void {
  // One by one: Node's own recursion never ends where the system answers ENOENT to all of them, under /proc say.
  for (const folder of missingAbove(path).toReversed()) {
    onFile(path, () => {
      try {
        mkdirSync(folder);
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
      }
    });
  }
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileError(path, error);
    throw new InnerloopError({ kind: 'conflict', what: `${path} exists`, hint: 'choose another --out or resume it' });
  }
}

/** Best effort, and never a folder in which another run lives by now. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or never made.
  }
}

function writeInfo(run: string, info: RunInfo): void {
  writeFileAtomic(join(run, RUN_FILES.info), `${JSON.stringify(info, null, 2)}\n`);
}

/** The event without its type: what a line holds. */
function fields(event: RunEvent): Readonly<Record<string, unknown>> {
  const { type: _, ...rest } = event;
  return rest;
}

/** The update that a line of a log is about. */
function updateOf(line: unknown, path: string): number {
  const update = typeof line === 'object' && line !== null && 'update' in line ? line.update : undefined;
  if (typeof update === 'number') return update;
  const received = JSON.stringify(line).slice(0, 80);
  const hint = 'restore the file from a copy, or remove that line';
  throw new InnerloopError({
    kind: 'file',
    path,
    reason: `expected an "update" in every line, found ${received}`,
    hint,
  });
}
