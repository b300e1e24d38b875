// What is known of the runs that are looked at: read from the server a few at a time, and again as they grow. A run that
// is written to is told by the list's events; the rows that are new are then read from where they were left.

import { effect, signal, untracked } from '@preact/signals';
import type { RunDetail, RunMetrics, RunSummary } from 'innerloop';
import { sentence } from '../engine/sentence.ts';
import { readDetail, readMetrics } from './api.ts';
import { connection, runs } from './server.ts';

/** Requests at a time: browsers allow six to a host, one of which is the stream of events. */
const AT_A_TIME = 3;
/** Between two readings of the same run. */
const PAUSE_MILLISECONDS = 700;
/** Rows of a run on the whole; and of a part that was asked for by itself, where every update should be seen. */
const POINTS = { whole: 1000, part: 4000 };
/** Rows that may be added before all are read anew, downsampled. */
const MOST_ADDED = 2000;

export interface Loaded {
  readonly detail?: RunDetail;
  readonly metrics?: RunMetrics;
  /** Why it could not be read. */
  readonly trouble?: string;
}

/** What is wanted: of which runs, which fields of their metrics, within which updates. */
export interface Wanted {
  readonly names: readonly string[];
  readonly fields: readonly string[];
  readonly zoom: readonly [from: number, to: number] | undefined;
}

interface Entry {
  loaded: Loaded;
  /** Of the run's files, when its detail was read. */
  stamp: string;
  /** Of what was wanted, when its metrics were read. */
  key: string;
  readAt: number;
  /** Rows added since then. */
  added: number;
  busy: boolean;
}

const entries = new Map<string, Entry>();
/** Counts what was read. */
export const version = signal(0);
export const loading = signal(false);

export const loadedOf = (name: string): Loaded | undefined => entries.get(name)?.loaded;

/** What of its files could not be read, a sentence each, where the run has been read. */
export const damageOf = (loaded: Loaded | undefined): readonly string[] => [
  ...(loaded?.metrics?.notice === undefined ? [] : [`metrics.jsonl: ${loaded.metrics.notice}`]),
  ...(loaded?.detail?.notices ?? []),
];

const stampOf = ({ modified, status }: RunSummary): string => `${modified} ${status}`;
const keyOf = ({ fields, zoom }: Wanted): string => `${fields.join()} ${zoom?.join('-') ?? ''}`;

/** Keeps `wanted` up to date. @returns how to stop. */
export function load(wanted: { readonly value: Wanted }): () => void {
  let active = 0;
  let before = connection.peek();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const work = (): void => {
    clearTimeout(timer);
    const { names } = wanted.value;
    const now = performance.now();
    let soonest = Infinity;
    for (const name of entries.keys()) if (!names.includes(name) && !entries.get(name)!.busy) entries.delete(name);
    let pending = 0;
    for (const name of names) {
      const summary = runs.peek().get(name);
      if (!summary) continue;
      let entry = entries.get(name);
      if (!entry) {
        entry = { loaded: {}, stamp: '', key: '', readAt: -Infinity, added: 0, busy: false };
        entries.set(name, entry);
      }
      const fresh = entry.stamp === stampOf(summary) && entry.key === keyOf(wanted.value);
      if (fresh || entry.busy) continue;
      pending++;
      const wait = entry.key === keyOf(wanted.value) ? entry.readAt + PAUSE_MILLISECONDS - now : 0;
      if (wait > 0) soonest = Math.min(soonest, wait);
      else if (active < AT_A_TIME) {
        active++;
        void read(name, summary, entry, wanted.value).finally(() => {
          active--;
          version.value++;
          work();
        });
      }
    }
    loading.value = pending > 0 && names.some((name) => !entries.get(name)?.loaded.detail);
    if (soonest < Infinity) timer = setTimeout(work, soonest);
  };
  const stop = effect(() => {
    wanted.value;
    runs.value;
    const now = connection.value;
    // What could not be read from a server that was gone is asked for again.
    if (now === 'connected' && before !== now) {
      for (const entry of entries.values()) if (entry.loaded.trouble) entry.stamp = '';
    }
    before = now;
    if (now === 'connected') untracked(work);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

async function read(name: string, summary: RunSummary, entry: Entry, wanted: Wanted): Promise<void> {
  entry.busy = true;
  const stamp = stampOf(summary);
  const key = keyOf(wanted);
  try {
    const known = entry.stamp === stamp ? entry.loaded.detail : undefined;
    const details = known ? Promise.resolve(known) : readDetail(name);
    const malformed = summary.status === 'malformed';
    // Of what is malformed there may be no metrics, and without a configuration they are not drawn.
    const isDrawn = !malformed || (await details).config !== null;
    const metrics =
      isDrawn &&
      metricsOf(name, entry, key, wanted).catch((error: unknown) => {
        if (malformed) return undefined;
        throw error;
      });
    const [detail, rows] = await Promise.all([details, metrics]);
    entry.loaded = { detail, ...(rows && { metrics: rows }) };
  } catch (error) {
    entry.loaded = { ...entry.loaded, trouble: sentence(error) };
  }
  Object.assign(entry, { busy: false, stamp, key, readAt: performance.now() });
}

async function metricsOf(name: string, entry: Entry, key: string, { fields, zoom }: Wanted): Promise<RunMetrics> {
  const before = entry.loaded.metrics;
  const last = before?.rows[0]?.at(-1);
  if (before && typeof last === 'number' && entry.key === key && entry.added < MOST_ADDED) {
    if (zoom && last >= zoom[1]) return before;
    const to = zoom && { to: zoom[1] };
    // With the row that was the last: a log that was cut or replaced has another one there, and is read anew.
    const after = await readMetrics(name, { fields, from: last, ...to, points: POINTS.part });
    const goesOn = after.fields.join() === before.fields.join() && before.rows.every(endsAs(after.rows));
    const added = after.rows[0]!.length - 1;
    if (goesOn && added === 0) return before;
    if (goesOn) {
      entry.added += added;
      const rows = before.rows.map((column, i) => [...column, ...after.rows[i]!.slice(1)]);
      const total = before.total + after.total - 1;
      return { ...after, rows, total, downsampled: before.downsampled || after.downsampled };
    }
  }
  entry.added = 0;
  if (!zoom) return readMetrics(name, { fields, points: POINTS.whole });
  return readMetrics(name, { fields, from: zoom[0], to: zoom[1], points: POINTS.part });
}

const endsAs =
  (after: RunMetrics['rows']) =>
  (column: RunMetrics['rows'][number], i: number): boolean =>
    column.at(-1) === after[i]![0];
