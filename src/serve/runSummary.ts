// What the list says of one run, from as few files as will do: `run.json`, and the last lines of the logs where that does
// not tell the end.

import { lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSummary } from '../formats/runApi.ts';
import { isLocked } from '../runs/lock.ts';
import { RUN_FILES, type RunInfo, readRunInfo } from '../runs/readRun.ts';
import { isInside } from './inside.ts';
import { lastLine } from './logFile.ts';
import { Refusal, reasonOf } from './refusal.ts';

/** A run that was looked at; looking again is cheap while its files are as they were. */
export interface Examined {
  readonly summary: RunSummary;
  readonly stamp: string;
  /** It may change without its files' times telling: it is running, or was written just now. */
  readonly unsettled: boolean;
}

/** File systems tell times no finer than this (FAT). */
const TIME_GRAIN = 2000; // milliseconds

const LARGEST_INFO = 1 << 24; // bytes

/** @param root a real path. @returns `undefined` when the folder `path` is no run, not even a broken one. */
export function examine(root: string, path: string, name: string, before?: Examined): Examined | undefined {
  const [info, metrics] = [RUN_FILES.info, RUN_FILES.metrics].map((file) => look(join(path, file)));
  if (!info && !metrics && !look(join(path, RUN_FILES.checkpoints))) return undefined;
  const stamp = `${stampOf(info)} ${stampOf(metrics)}`;
  if (before?.stamp === stamp && !before.unsettled) return before;
  // Being made: the lock comes first.
  if (!info && isHeld(path)) return undefined;
  const modified = Math.max(info?.mtimeMs ?? 0, metrics?.mtimeMs ?? 0);
  const times = { started: Math.min(metrics?.birthtimeMs || modified, modified), modified };
  const summary = summarise(root, path, name, times, metrics);
  return { summary, stamp, unsettled: summary.status === 'running' || modified > Date.now() - TIME_GRAIN };
}

const look = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });
const stampOf = (stats: Stats | undefined): string => (stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : '-');

type Times = Pick<RunSummary, 'started' | 'modified'>;

function summarise(root: string, path: string, name: string, times: Times, metrics: Stats | undefined): RunSummary {
  let known = unknown(name, times);
  try {
    requireFile(root, path, RUN_FILES.info);
    const info = inFile(RUN_FILES.info, () => readRunInfo(path));
    known = { ...known, ...configured(info) };
    const status = info.status === 'running' && !isHeld(path) ? 'interrupted' : info.status;
    if (metrics || status !== 'running') requireFile(root, path, RUN_FILES.metrics);
    return { ...known, status, ...progress(path, info) };
  } catch (error) {
    return { ...known, status: 'malformed', reason: reasonOf(error) ?? String(error) };
  }
}

const unknown = (name: string, times: Times): Omit<RunSummary, 'status'> => ({
  ...{ name, task: '', preset: '', algorithm: '', curriculum: '', agent: '', seed: null, update: 0, updates: 0 },
  ...{ accuracy: null, levels: [], seconds: 0, episodesPerSecond: null, ...times },
});

/** A folder that cannot be looked into. */
export function broken(name: string, reason: string): Examined {
  const summary: RunSummary = { ...unknown(name, { started: 0, modified: 0 }), status: 'malformed', reason };
  return { summary, stamp: '', unsettled: true };
}

/** @throws Refusal when `file` of the run is not a plain one, or a link to one elsewhere. */
export function requireFile(root: string, path: string, file: string): void {
  const place = join(path, file);
  const found = look(place);
  if (!found) throw new Refusal(422, `it has no ${file}`);
  if (found.isSymbolicLink() && !isInside(root, place))
    throw new Refusal(422, `${file} is a link that leads out of the served folder`);
  // A named pipe, also by way of a link, would keep the reader waiting.
  const stats = statSync(place);
  if (!stats.isFile()) throw new Refusal(422, `${file} is not a file`);
  if (file === RUN_FILES.info && stats.size > LARGEST_INFO)
    throw new Refusal(422, `${file} is far too large to be one`);
}

/** Whether a live process holds the run. */
export function isHeld(path: string): boolean {
  const lock = join(path, RUN_FILES.lock);
  try {
    return look(lock)?.isFile() === true && isLocked(lock);
  } catch {
    return false; // not ours to read
  }
}

/** Runs `action`, whose failures are put down to `file` of the run. */
function inFile<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const reason = reasonOf(error);
    throw reason === undefined ? error : new Refusal(422, `${file}: ${reason}`);
  }
}

/** What `run.json` says was asked for. @throws Refusal where it does not. */
function configured({ config, seed }: RunInfo): Partial<RunSummary> & Pick<RunSummary, 'updates'> {
  return {
    ...{ task: text(config, 'task', 'name'), preset: text(config, 'preset'), agent: text(config, 'agent', 'name') },
    ...{ algorithm: text(config, 'algorithm', 'name'), curriculum: text(config, 'curriculum', 'name') },
    ...{ seed, updates: number(at(config, 'updates'), `"config.updates" of ${RUN_FILES.info}`) },
  };
}

function text(config: unknown, ...path: readonly string[]): string {
  const value = at(config, ...path);
  if (typeof value === 'string') return value;
  throw new Refusal(422, `expected a text under "config.${path.join('.')}" of ${RUN_FILES.info}`);
}

function number(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Refusal(422, `expected a number under ${where}`);
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key) ? Reflect.get(found, key) : undefined;
  }
  return found;
}

/** How far it has come: by its outcome, or else by the last lines of its logs. */
function progress(path: string, { outcome, status }: RunInfo): Partial<RunSummary> {
  const failure = status === 'failed' && typeof outcome?.error === 'string' ? { reason: outcome.error } : {};
  const told = status === 'finished' || status === 'interrupted';
  const last = told ? outcome : lastOf(path, RUN_FILES.metrics);
  if (last === undefined) return failure;
  const where = (key: string): string => (told ? `"outcome.${key}" of ${RUN_FILES.info}` : lastLineOf(key));
  const update = number(at(last, told ? 'updates' : 'update'), where(told ? 'updates' : 'update'));
  const seconds = number(at(last, 'seconds'), where('seconds'));
  const episodes = number(at(last, 'episodes'), where('episodes'));
  const speed = seconds > 0 ? episodes / seconds : null;
  return { update, seconds, episodesPerSecond: speed, ...scores(path, outcome), ...failure };
}

const lastLineOf = (key: string): string => `"${key}" in the last line of ${RUN_FILES.metrics}`;

function scores(path: string, outcome: RunInfo['outcome']): Pick<RunSummary, 'accuracy' | 'levels'> {
  const final = outcome?.levels;
  const levels = Array.isArray(final) && final.length > 0 ? final : at(lastOf(path, RUN_FILES.evaluations), 'levels');
  if (levels === undefined) return { accuracy: null, levels: [] };
  if (!Array.isArray(levels)) throw new Refusal(422, 'expected a list under "levels" of the last evaluation');
  const solved = levels.map((level) => number(at(level, 'solved'), '"solved" of a level of the last evaluation'));
  return { accuracy: meanSolved(solved), levels: solved };
}

export const meanSolved = (solved: readonly number[]): number | null =>
  solved.length === 0 ? null : solved.reduce((sum, share) => sum + share, 0) / solved.length;

/** The last whole line of a log; `undefined` where there is none. @throws Refusal when it is not JSON. */
function lastOf(path: string, file: string): unknown {
  if (look(join(path, file)) === undefined) return undefined;
  const line = inFile(file, () => lastLine(join(path, file)));
  if (line === undefined) return undefined;
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new Refusal(422, `the last line of ${file} is not JSON`);
  }
}
