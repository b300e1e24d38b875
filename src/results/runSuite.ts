// A suite from its table to its page: pilots where they are needed, every run that is not finished yet, then the numbers.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InnerloopError } from '../core/errors.ts';
import { writeFileAtomic } from '../runs/atomic.ts';
import { onFile } from '../runs/fileErrors.ts';
import { Lock } from '../runs/lock.ts';
import { createTask } from '../tasks/table.ts';
import { analysePart } from './analysis.ts';
import { collect, type RunResult, readPilots } from './collect.ts';
import { curvesOfPart, figuresOf } from './figures.ts';
import { curvesCsv, estimatesCsv, levelsCsv, regretCsv, runsCsv } from './numbers.ts';
import { pageOf } from './page.ts';
import { type PlannedRun, pilotsOf, runsOf, weightOf } from './plan.ts';
import { Pool, type PoolEvent, type PoolStatus, type TaskEnd } from './pool.ts';
import { locate, stateOf } from './runFolder.ts';
import type { Suite } from './suite.ts';

export interface TrainSuiteOptions {
  /** Where the runs live. */
  readonly folder: string;
  readonly version: string;
  readonly workers: number;
  readonly signal: AbortSignal;
  tell(event: SuiteEvent): void;
}

export type SuiteEvent =
  | { readonly type: 'planned'; readonly what: 'pilots' | 'runs'; readonly of: number; readonly done: number }
  /** About once a second, with whatever else has happened. */
  | { readonly type: 'status'; readonly status: PoolStatus }
  | PoolEvent;

/** What came of training a suite. */
export interface Trained {
  readonly results: readonly RunResult[];
  readonly interrupted: boolean;
  /** Of the workers; absent when there was nothing to train. */
  readonly usage?: Pool['usage'];
}

const STATUS_MILLISECONDS = 1000;

/**
 * Trains whatever of `suite` is not finished in `folder`.
 *
 * @throws InnerloopError `conflict` while another process trains there; whatever is wrong with the suite's settings.
 */
export async function trainSuite(suite: Suite, options: TrainSuiteOptions): Promise<Trained> {
  const { folder, signal, tell, version } = options;
  const pilots = pilotsOf(suite, version);
  if (pilots.length === 0) runsOf(suite, version, new Map()); // what is wrong with an entry is said before anything is made
  onFile(folder, () => mkdirSync(folder, { recursive: true }));
  const lock = Lock.acquire(join(folder, 'lock'), folder);
  const pool = new Pool({ ...options, tell });
  const timer = setInterval(() => tell({ type: 'status', status: pool.status }), STATUS_MILLISECONDS);
  try {
    const known = readPilots(folder, pilots, version);
    const open = pilots.filter(({ path }) => !known.has(path));
    if (open.length > 0) {
      tell({ type: 'planned', what: 'pilots', of: pilots.length, done: pilots.length - open.length });
      const tasks = open.map(({ config, name, path, seconds }) => ({
        ...{ name: `pilot ${name}`, kind: `pilot ${seconds}`, weight: seconds },
        job: { kind: 'pilot', config, seconds, path: join(folder, path) } as const,
      }));
      for (const [name, end] of await pool.run(tasks)) {
        if (end.how === 'finished') continue;
        const hint = 'without it nobody knows how many updates its budget is; the same command tries again';
        throw new InnerloopError({ kind: 'conflict', what: `${name} failed (${end.reason})`, hint });
      }
      if (signal.aborted) return { results: [], interrupted: true, usage: pool.usage };
    }
    const runs = runsOf(suite, version, readPilots(folder, pilots, version)).map((run) => locate(folder, run, version));
    return await trainRuns(runs, pool, options);
  } finally {
    clearInterval(timer);
    pool.dismiss();
    lock.release();
  }
}

const nameOf = ({ entry, part, seed }: PlannedRun): string => `${part.name}/${entry.name}, seed ${seed}`;

async function trainRuns(runs: readonly PlannedRun[], pool: Pool, options: TrainSuiteOptions): Promise<Trained> {
  const { folder, signal, tell } = options;
  const sizeOf = (run: PlannedRun) => {
    const { name, options } = run.config.task;
    return {
      kind: `${run.part.name}/${run.entry.name}`,
      weight: weightOf(run.config, createTask(name, options).programLimit),
    };
  };
  const states = runs.map((run) => ({ run, state: stateOf(join(folder, run.path)) }));
  for (const { run, state } of states) if (state.status === 'finished') pool.learn(sizeOf(run), state.outcome.seconds);
  const open = states.flatMap(({ run, state }) => (state.status === 'open' ? [run] : []));
  tell({ type: 'planned', what: 'runs', of: runs.length, done: runs.length - open.length });
  const ends: ReadonlyMap<string, TaskEnd> =
    open.length === 0
      ? new Map()
      : await pool.run(
          open.map((run) => ({
            ...{ name: nameOf(run), ...sizeOf(run) },
            job: { kind: 'run', path: join(folder, run.path), config: run.config } as const,
          })),
        );
  const reasons = new Map(
    open.flatMap((run): [string, string][] => {
      const end = ends.get(nameOf(run));
      return end?.how === 'failed' ? [[run.path, end.reason]] : [];
    }),
  );
  const results = collect(folder, runs, reasons);
  const interrupted = signal.aborted && results.some(({ status }) => status === 'missing');
  return { results, interrupted, ...(open.length > 0 && { usage: pool.usage }) };
}

/** What stands in `folder`, with nothing trained. Runs of entries whose pilots are missing are not known. */
export function readSuite(suite: Suite, folder: string, version: string): RunResult[] {
  const pilots = pilotsOf(suite, version);
  const runs = runsOf(suite, version, readPilots(folder, pilots, version));
  return collect(
    folder,
    runs.map((run) => locate(folder, run, version)),
  );
}

/** Writes the page, the tables and the pictures into `out`. @returns the page's path. */
export function writeReport(suite: Suite, results: readonly RunResult[], out: string, command: string): string {
  onFile(out, () => mkdirSync(out, { recursive: true }));
  const parts = suite.parts.map((part) => {
    const analysis = analysePart(part, results);
    const curves = curvesOfPart(analysis);
    return { analysis, curves, figures: figuresOf(analysis, curves) };
  });
  const page = join(out, 'README.md');
  const write = (file: string, text: string) => writeFileAtomic(join(out, file), text);
  for (const { file, svg } of parts.flatMap(({ figures }) => figures)) write(file, svg);
  write('runs.csv', runsCsv(results));
  write('levels.csv', levelsCsv(results));
  const regret = regretCsv(results);
  if (regret !== undefined) write('regret.csv', regret);
  write('estimates.csv', estimatesCsv(parts.map(({ analysis }) => analysis)));
  const drawn = parts.flatMap(({ analysis, curves }) => curves.map((curve) => ({ part: analysis.part.name, curve })));
  write('curves.csv', curvesCsv(drawn));
  // Last: a page speaks of files that are there.
  write('README.md', pageOf({ suite, parts, results, command }));
  return page;
}
