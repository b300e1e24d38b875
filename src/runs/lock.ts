// One process at a time in a run directory. The lock is a file that names its holder; one left by a process that has
// died (kill -9, power cut) is taken over.

import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { InnerloopError } from '../core/errors.ts';
import { removeIfThere, temporaryBeside } from './atomic.ts';
import { errorCode, fileError, onFile } from './fileErrors.ts';

interface Holder {
  readonly pid: number;
  /** When the process began, where the system tells: process ids are used again, this pair is not. */
  readonly start?: string;
  readonly host: string;
  /** Which lock of that process: it may release only what it holds. */
  readonly token: string;
}

/** What stands at a lock's path. Not readable as a holder: being written (see `place`), or torn by a power cut. */
type Found = { readonly holder: Holder } | { readonly holder: undefined; readonly ageSeconds: number };

/** A lock without a readable holder is dead after this long: writing one takes a moment. */
const TORN_SECONDS = 10;
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];

/** A lock held by this process until `release`, or until the process exits. */
export class Lock {
  readonly path: string;
  private readonly token: string;
  private readonly onExit = () => this.release();

  private constructor(path: string, token: string) {
    this.path = path;
    this.token = token;
    process.once('exit', this.onExit);
  }

  /**
   * Takes the lock at `path` without waiting.
   *
   * @param what is locked, for the message: the run's folder.
   * @throws InnerloopError `conflict` naming the live process that holds it; `file` when it cannot be written.
   */
  static acquire(path: string, what: string): Lock {
    const start = processStatus(process.pid)?.start;
    const token = randomBytes(12).toString('hex');
    const holder: Holder = { pid: process.pid, host: hostname(), token, ...(start === undefined ? {} : { start }) };
    for (;;) {
      if (place(path, `${JSON.stringify(holder)}\n`)) return new Lock(path, token);
      const found = read(path);
      if (found === undefined) continue; // released just now
      if (!isDead(found)) throw inUse(found, path, what);
      takeAway(path, what);
    }
  }

  /** Gives the lock back. Best effort: a lock that stays behind is taken over. Releasing twice does nothing. */
  release(): void {
    process.off('exit', this.onExit);
    try {
      if (read(this.path)?.holder?.token === this.token) unlinkSync(this.path);
    } catch {
      // The folder is gone or no longer ours to write.
    }
  }
}

/** Whether a live process holds the lock at `path`, for whoever only looks. @throws InnerloopError `file`. */
export function isLocked(path: string): boolean {
  const found = read(path);
  return found !== undefined && !isDead(found);
}

/**
 * Removes a dead lock. Only who holds the lock `<path>.takeover` may, and looks again first: otherwise a slow process
 * could remove, as dead, the lock that a faster one has just taken. That second lock is recovered in the same way.
 */
function takeAway(path: string, what: string): void {
  const right = Lock.acquire(`${path}.takeover`, what);
  try {
    const found = read(path);
    if (found !== undefined && isDead(found)) onFile(path, () => unlinkSync(path));
  } finally {
    right.release();
  }
}

/** Makes the lock file; false when there is one. A link makes it appear with its contents, never empty. */
function place(path: string, text: string): boolean {
  const temporary = temporaryBeside(path);
  onFile(path, () => writeFileSync(temporary, text, { flag: 'wx' }));
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const code = errorCode(error) ?? '';
    // ENOENT: the process that holds the lock has tidied our temporary file away.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    if (!NO_LINKS.includes(code)) throw fileError(path, error);
  } finally {
    removeIfThere(temporary);
  }
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw fileError(path, error);
  }
}

function read(path: string): Found | undefined {
  try {
    const holder = parse(readFileSync(path, 'utf8'));
    return holder ? { holder } : { holder, ageSeconds: (Date.now() - statSync(path).mtimeMs) / 1000 };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError(path, error);
  }
}

function parse(text: string): Holder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { pid, start, host, token } = (value ?? {}) as Partial<Record<keyof Holder, unknown>>;
  const valid =
    Number.isSafeInteger(pid) && (pid as number) > 0 && typeof host === 'string' && typeof token === 'string';
  return valid && (start === undefined || typeof start === 'string') ? (value as Holder) : undefined;
}

function isDead(found: Found): boolean {
  if (found.holder === undefined) return found.ageSeconds > TORN_SECONDS;
  const { pid, start, host } = found.holder;
  if (host !== hostname()) return false; // nothing is known of another machine's processes
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
  const status = processStatus(pid);
  if (status === undefined) return false;
  return status.ended || (start !== undefined && status.start !== start);
}

/** When a process began, in clock ticks since boot, and whether it only waits to be reaped. Linux only. */
function processStatus(pid: number): { readonly start: string; readonly ended: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the second field is the program's name in parentheses, and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { start: fields[19]!, ended: fields[0] === 'Z' || fields[0] === 'X' };
  } catch {
    return undefined;
  }
}

function inUse({ holder }: Found, path: string, what: string): InnerloopError {
  const by = holder ? `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}` : 'a process';
  const hint = `wait for that process or stop it; if it no longer runs, delete ${path}`;
  return new InnerloopError({ kind: 'conflict', what: `${what} is in use by ${by}`, hint });
}
