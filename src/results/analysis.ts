// The statistics of one part of a suite, group by group.

import { Random } from '../core/random.ts';
import {
  average,
  interquartileMean,
  meanScore,
  medianScore,
  middleMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
  quantile,
  type Scores,
} from '../evaluation/aggregates.ts';
import { bootstrap } from '../evaluation/bootstrap.ts';
import type { Interval } from '../evaluation/statistics.ts';
import { createTask } from '../tasks/table.ts';
import type { Ceiling } from '../training/ceilings.ts';
import { ceilingsOf } from './ceilings.ts';
import type { RunResult } from './collect.ts';
import { groupsOf, type Part } from './suite.ts';

export interface Estimated extends Interval {
  readonly value: number;
}

export interface Stratum {
  readonly name: string;
  /** Names of the task's levels. */
  readonly levels: readonly string[];
  /** By seed, those that are missing included. */
  readonly results: readonly RunResult[];
  /** By split, averaged over the runs that are shown of it: each has problems of its own. */
  readonly ceilings: { readonly validation: readonly Ceiling[]; readonly test: readonly Ceiling[] };
  /** Of the test split, at each level: the interquartile mean over the runs. Empty without any run. */
  readonly perLevel: readonly Estimated[];
}

export interface Group {
  readonly name: string;
  readonly about: string | undefined;
  readonly strata: readonly Stratum[];
  /** Absent while a stratum has no run. */
  readonly statistics?: {
    readonly scores: Scores;
    readonly iqm: Estimated;
    readonly mean: Estimated;
    readonly median: Estimated;
    readonly gap: Estimated;
    /** Median seconds of a run. */
    readonly seconds: number;
    /** At each of `PartAnalysis.thresholds` the share of runs with a score above it. */
    readonly profile: readonly Estimated[];
  };
}

export interface Improvement {
  readonly group: string;
  readonly over: string;
  readonly probability: Estimated;
}

export interface PartAnalysis {
  readonly part: Part;
  readonly groups: readonly Group[];
  readonly improvements: readonly Improvement[];
  readonly thresholds: readonly number[];
}

/** Resamples of every interval. */
export const RESAMPLES = 5000;
const THRESHOLDS = 100;
/** Folds of the evaluation stream that no evaluation uses. */
const BOOTSTRAP = 0xb007;

/** The stream of all resamples: the same runs have the same intervals, whoever computes them. */
export const bootstrapStream = (): Random => Random.stream(0, 'evaluation').fold(BOOTSTRAP);

export function analysePart(part: Part, results: readonly RunResult[]): PartAnalysis {
  const own = results.filter(({ run }) => run.part.name === part.name);
  const all = own.filter(({ status }) => status !== 'missing').map((result) => scoreOf(result, part));
  const thresholds = thresholdsFor(all, part);
  const groups = groupsOf(part).map((name) =>
    groupOf(
      name,
      part,
      own.filter(({ run }) => run.group === name),
      thresholds,
    ),
  );
  return { part, groups, thresholds, improvements: improvementsOf(part, groups) };
}

/** The mean over the levels that count; the worst there is, of a run that diverged. */
export function scoreOf({ outcome, run }: RunResult, { levels, measure, worst }: Part): number {
  if (outcome === undefined) return worst;
  const names = levelNames(run.config.task);
  const counted = outcome.levels.filter(({ level }) => levels === undefined || levels.includes(names[level]!));
  return average(counted.map((score) => score[measure]));
}

export const levelNames = ({ name, options }: { name: string; options: Readonly<Record<string, unknown>> }): string[] =>
  createTask(name, options).levels.map((level) => level.name);

/** From below the lowest score to the highest. */
function thresholdsFor(scores: readonly number[], { best, worst }: Part): number[] {
  const low = Math.min(worst, ...scores);
  const high = Math.max(best, ...scores);
  return Array.from({ length: THRESHOLDS + 1 }, (_, i) => low + ((high - low) * i) / THRESHOLDS);
}

function groupOf(name: string, part: Part, results: readonly RunResult[], thresholds: readonly number[]): Group {
  const names = [...new Set(results.map(({ run }) => run.stratum))].sort();
  const strata = names.map((stratum) =>
    stratumOf(
      stratum,
      part,
      results.filter(({ run }) => run.stratum === stratum),
    ),
  );
  const about = results[0]?.run.entry.about;
  const group = { name, about, strata };
  const scores = strata.map((stratum) => present(stratum).map((result) => scoreOf(result, part)));
  if (scores.length === 0 || scores.some((runs) => runs.length === 0)) return group;
  const gap = (drawn: Scores) => optimalityGap(drawn, part.best);
  const statistics = (drawn: Scores) => [
    ...[interquartileMean, meanScore, medianScore, gap].map((of) => of(drawn)),
    ...performanceProfile(drawn, thresholds),
  ];
  const [iqm, mean, median, optimality, ...profile] = estimated([scores], statistics);
  const seconds = quantile(
    results.flatMap(({ outcome }) => (outcome ? [outcome.seconds] : [])).concat(results.some(done) ? [] : [Number.NaN]),
    0.5,
  );
  return {
    ...group,
    statistics: { scores, iqm: iqm!, mean: mean!, median: median!, gap: optimality!, profile, seconds },
  };
}

const done = ({ outcome }: RunResult): boolean => outcome !== undefined;

/** Runs that have a learning curve. */
export const evaluated = ({ evaluations }: RunResult): boolean => evaluations.length > 0;

/** Those that count: a run that is missing is no outcome, one that diverged is the worst. */
export const present = ({ results }: Stratum): RunResult[] => results.filter(({ status }) => status !== 'missing');

function stratumOf(name: string, part: Part, results: readonly RunResult[]): Stratum {
  const { config } = results[0]!.run;
  const levels = levelNames(config.task);
  const shown = results.filter(({ status }) => status !== 'missing');
  const ceilingsFor = (split: 'validation' | 'test', runs: readonly RunResult[]) => {
    const configs = (runs.length > 0 ? runs : results).map(({ run }) => run.config);
    return ceilingsOf(configs, part, split, middleMean);
  };
  const ceilings = {
    validation: ceilingsFor('validation', shown.filter(evaluated)),
    test: ceilingsFor('test', shown),
  };
  const runs = shown.map(({ outcome }) =>
    levels.map((_, level) => outcome?.levels[level]?.[part.measure] ?? part.worst),
  );
  if (runs.length === 0) return { name, levels, results, ceilings, perLevel: [] };
  return { name, levels, results, ceilings, perLevel: estimated([[runs]], ([drawn]) => columnMeans(drawn!)) };
}

/** Interquartile mean of every column of several runs. */
export const columnMeans = (runs: readonly (readonly number[])[]): number[] =>
  runs[0]!.map((_, column) => middleMean(runs.map((run) => run[column]!)));

/** A statistic with its intervals. */
function estimated<T>(
  methods: readonly (readonly (readonly T[])[])[],
  statistic: (...methods: readonly (readonly (readonly T[])[])[]) => readonly number[],
): Estimated[] {
  const values = statistic(...methods);
  const intervals = bootstrap(methods, statistic, { random: bootstrapStream(), resamples: RESAMPLES });
  return intervals.map((interval, i) => ({ value: values[i]!, ...interval }));
}

/** Of every group over the baseline, on the strata that both have. */
function improvementsOf({ baseline }: Part, groups: readonly Group[]): Improvement[] {
  const base = groups.find(({ name }) => name === baseline) ?? groups[0]!;
  return groups.flatMap((group) => {
    if (group === base || !group.statistics || !base.statistics) return [];
    const shared = group.strata.map(({ name }) => name).filter((name) => base.strata.some((one) => one.name === name));
    if (shared.length === 0) return [];
    const scoresOn = ({ statistics, strata }: Group) =>
      shared.map((name) => statistics!.scores[strata.findIndex((stratum) => stratum.name === name)]!);
    const compare = (x: Scores, y: Scores) => [probabilityOfImprovement(x, y)];
    const [probability] = estimated([scoresOn(group), scoresOn(base)], compare);
    return [{ group: group.name, over: base.name, probability: probability! }];
  });
}
