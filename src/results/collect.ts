// What the runs of a suite left in their folders.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { average } from '../evaluation/aggregates.ts';
import { type Host, readEvaluations, readMetrics, readRunInfo, readWarnings } from '../runs/readRun.ts';
import type { EvaluationEvent, FinishedEvent, UpdateEvent, WarningEvent } from '../training/events.ts';
import type { PilotRecord } from './pilot.ts';
import type { Pilot, Piloted, PlannedRun } from './plan.ts';
import { sameConfig, stateOf } from './runFolder.ts';

export type Evaluation = Pick<EvaluationEvent, 'update' | 'episodes' | 'seconds' | 'levels'>;
export type Warning = Omit<WarningEvent, 'type'>;
export type Outcome = Omit<FinishedEvent, 'type' | 'status'>;

/** A run of a suite and what came of it. */
export interface RunResult {
  readonly run: PlannedRun;
  readonly status: 'finished' | 'diverged' | 'missing';
  /** Why it is not finished. */
  readonly reason?: string;
  readonly outcome?: Outcome;
  /** On the validation split, in order. */
  readonly evaluations: readonly Evaluation[];
  /** What the monitors said, in order; absent of runs that kept none. */
  readonly warnings?: readonly Warning[];
  /** What it was trained on; absent of runs that did not keep it. */
  readonly hosts?: readonly Host[];
  /** Share of tokens whose ratio was clipped, mean over the updates; absent where nothing clips. */
  readonly clipped?: number;
}

/** @param reasons of runs that did not get to their end this time, by path. */
export function collect(
  folder: string,
  runs: readonly PlannedRun[],
  reasons: ReadonlyMap<string, string> = new Map(),
): RunResult[] {
  return runs.map((run) => {
    const path = join(folder, run.path);
    const state = stateOf(path);
    switch (state.status) {
      case 'finished':
        return { run, status: 'finished', outcome: state.outcome, ...told(path, run) };
      case 'diverged':
        return { run, status: 'diverged', reason: state.error, ...told(path, run) };
      case 'open':
        return { run, status: 'missing', reason: reasons.get(run.path) ?? 'not trained to its end', evaluations: [] };
      default:
        return state satisfies never;
    }
  });
}

function told(path: string, { config }: PlannedRun): Pick<RunResult, 'evaluations' | 'warnings' | 'hosts' | 'clipped'> {
  const { hosts } = readRunInfo(path);
  const warnings = readWarnings(path) as Iterable<Warning> | undefined;
  const evaluations = [...(readEvaluations(path) as Iterable<Evaluation>)];
  // Metrics are long: they are read only where they tell of clipping.
  const clipped = 'clip' in config.algorithm ? clippedShare(path) : undefined;
  return {
    evaluations,
    ...(warnings && { warnings: [...warnings] }),
    ...(hosts && { hosts }),
    ...(clipped !== undefined && { clipped }),
  };
}

function clippedShare(path: string): number | undefined {
  const shares = [...(readMetrics(path) as Iterable<UpdateEvent>)].flatMap(({ surrogate }) => surrogate?.clipped ?? []);
  return shares.length > 0 ? average(shares) : undefined;
}

/** What the pilots that have been done came to, by their paths. */
export function readPilots(folder: string, pilots: readonly Pilot[], version: string): Map<string, Piloted> {
  const known = new Map<string, Piloted>();
  for (const pilot of pilots) {
    const place = dirname(join(folder, pilot.path));
    const files = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.json')) : [];
    const records = files
      .map((name) => JSON.parse(readFileSync(join(place, name), 'utf8')) as PilotRecord)
      .filter((one) => one.version === version && one.budget === pilot.seconds && sameConfig(one.config, pilot.config));
    for (const { host, updates } of records)
      if (updates !== undefined && host) known.set(pilot.path, { updates, host });
  }
  return known;
}

/** What is not finished, in a line for each entry and reason: `part/entry, seeds 0, 3: why`. */
export function failures(results: readonly RunResult[], status: 'diverged' | 'missing'): string[] {
  const seeds = new Map<string, number[]>();
  for (const { reason, run, status: own } of results) {
    if (own !== status) continue;
    const key = JSON.stringify([`${run.part.name}/${run.entry.name}`, reason]);
    seeds.set(key, [...(seeds.get(key) ?? []), run.seed]);
  }
  return [...seeds].map(([key, list]) => {
    const [name, reason] = JSON.parse(key) as [string, string];
    return `${name}, ${list.length > 1 ? 'seeds' : 'seed'} ${list.join(', ')}: ${reason}`;
  });
}
