// Statistics with their intervals, by a bootstrap over runs.

import { Random } from '../core/random.ts';
import { middleMean } from '../evaluation/aggregates.ts';
import { bootstrap } from '../evaluation/bootstrap.ts';
import type { Interval } from '../evaluation/statistics.ts';

/** With an interval that is not a number where a stratum has but one run: there is no telling then. */
export interface Estimated extends Interval {
  readonly value: number;
}

/** Resamples of every interval. */
export const RESAMPLES = 5000;
/** Folds of the evaluation stream that no evaluation uses. */
const BOOTSTRAP = 0xb007;

/** The stream of all resamples: the same runs have the same intervals, whoever computes them. */
export const bootstrapStream = (): Random => Random.stream(0, 'evaluation').fold(BOOTSTRAP);

/** Interquartile mean of every column of several runs. */
export const columnMeans = (runs: readonly (readonly number[])[]): number[] =>
  runs[0]!.map((_, column) => middleMean(runs.map((run) => run[column]!)));

/** A statistic with its intervals. */
export function estimated<T>(
  methods: readonly (readonly (readonly T[])[])[],
  statistic: (...methods: readonly (readonly (readonly T[])[])[]) => readonly number[],
): Estimated[] {
  const values = statistic(...methods);
  if (methods.some((strata) => strata.some((runs) => runs.length < 2))) {
    return values.map((value) => ({ value, low: Number.NaN, high: Number.NaN }));
  }
  const intervals = bootstrap(methods, statistic, { random: bootstrapStream(), resamples: RESAMPLES });
  return intervals.map((interval, i) => ({ value: values[i]!, ...interval }));
}
