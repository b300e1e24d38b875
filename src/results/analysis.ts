// The statistics of one part of a suite, group by group.

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
import { createTask } from '../tasks/table.ts';
import type { Ceiling } from '../training/ceilings.ts';
import { ceilingsOf } from './ceilings.ts';
import type { RunResult } from './collect.ts';
import { columnMeans, type Estimated, estimated } from './intervals.ts';
import { type RegretEstimate, regretsOf } from './regret.ts';
import { groupsOf, type Part } from './suite.ts';

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
  /** Where the task counts it: what choices cost, by level and kind of problem. */
  readonly regrets: readonly RegretEstimate[];
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
  /** From below the lowest score to above the highest, with all scores that profiles speak of: nothing changes between. */
  readonly thresholds: readonly number[];
}

export function analysePart(part: Part, results: readonly RunResult[]): PartAnalysis {
  const own = results.filter(({ run }) => run.part.name === part.name);
  const thresholds = thresholdsFor(scoresOf(own, part), part);
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

const scoresOf = (results: readonly RunResult[], part: Part): number[] =>
  results.filter(({ status }) => status !== 'missing').map((result) => scoreOf(result, part));

/** What an axis of scores spans: all of them, with some air, within what is possible. */
export function spanOf(scores: readonly number[], { best, worst }: Part): readonly [low: number, high: number] {
  const [low, high] = scores.length > 0 ? [Math.min(...scores), Math.max(...scores)] : [worst, best];
  // Of scores that hardly differ little air would show nothing but noise.
  const air = Math.max(0.08 * (high - low), 0.005 * (best - worst));
  return [Math.max(Math.min(worst, low), low - air), Math.min(Math.max(best, high), high + air)];
}

function thresholdsFor(scores: readonly number[], part: Part): number[] {
  return [...new Set([...spanOf(scores, part), ...scores])].sort((a, b) => a - b);
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
  const stratum = { name, levels, results, ceilings, regrets: regretsOf(levels, results) };
  if (runs.length === 0) return { ...stratum, perLevel: [] };
  return { ...stratum, perLevel: estimated([[runs]], ([drawn]) => columnMeans(drawn!)) };
}

/** What the others are compared with; `undefined` where nothing is. */
export const baselineOf = ({ baseline }: Part, groups: readonly Group[]): Group | undefined =>
  baseline === null ? undefined : (groups.find(({ name }) => name === baseline) ?? groups[0]);

/** Strata by name that both groups have, with the same levels: of other games no score is higher. */
export function sharedStrata(group: Group, base: Group): string[] {
  const same = (a: Stratum, b: Stratum) => a.name === b.name && a.levels.join('\n') === b.levels.join('\n');
  return group.strata.filter((stratum) => base.strata.some((one) => same(stratum, one))).map(({ name }) => name);
}

/** Of every group over the baseline, on the strata that both have. */
function improvementsOf(part: Part, groups: readonly Group[]): Improvement[] {
  const base = baselineOf(part, groups);
  return groups.flatMap((group) => {
    if (base === undefined || group === base || !group.statistics || !base.statistics) return [];
    const shared = sharedStrata(group, base);
    if (shared.length === 0) return [];
    const scoresOn = ({ statistics, strata }: Group) =>
      shared.map((name) => statistics!.scores[strata.findIndex((stratum) => stratum.name === name)]!);
    const compare = (x: Scores, y: Scores) => [probabilityOfImprovement(x, y)];
    const [probability] = estimated([scoresOn(group), scoresOn(base)], compare);
    return [{ group: group.name, over: base.name, probability: probability! }];
  });
}
