// Stratified bootstrap: how far a statistic of several runs might have come out otherwise with other seeds (Efron 1979;
// stratified by task as in Agarwal et al. 2021 and its library rliable). Its own stream, so that an interval is the same
// whoever computes it.

import type { Random } from '../core/random.ts';
import { quantileOfSorted } from './aggregates.ts';
import type { Interval } from './statistics.ts';

/** The runs of one method by stratum. A run is whatever the statistic reads: a score, a curve. */
export type Strata<T> = readonly (readonly T[])[];

export interface BootstrapOptions {
  readonly random: Random;
  /** Resamples; default 2,000. */
  readonly resamples?: number;
  /** Of the interval; default 0.95. */
  readonly coverage?: number;
}

/**
 * Percentile intervals of several statistics on the same resamples. In each, every stratum's runs are drawn anew from
 * its own, as many as there are, with replacement; methods and strata independently of each other.
 *
 * @param methods one, or several for a statistic that compares them; no stratum is empty.
 * @param statistic as many numbers each time.
 */
export function bootstrap<T>(
  methods: readonly Strata<T>[],
  statistic: (...methods: readonly Strata<T>[]) => readonly number[],
  { coverage = 0.95, random, resamples = 2000 }: BootstrapOptions,
): Interval[] {
  if (methods.some((strata) => strata.length === 0 || strata.some((runs) => runs.length === 0))) {
    throw new Error('innerloop: a bootstrap of nothing');
  }
  const width = statistic(...methods).length;
  const columns = Array.from({ length: width }, () => new Float64Array(resamples));
  for (let i = 0; i < resamples; i++) {
    // A stream each, so that more resamples begin with the same ones.
    const draw = random.fold(i);
    const drawn = methods.map((strata) => strata.map((runs) => Array.from(runs, () => runs[draw.below(runs.length)]!)));
    const values = statistic(...drawn);
    for (let column = 0; column < width; column++) columns[column]![i] = values[column]!;
  }
  const tail = (1 - coverage) / 2;
  return columns.map((values) => {
    values.sort();
    return { low: quantileOfSorted(values, tail), high: quantileOfSorted(values, 1 - tail) };
  });
}
