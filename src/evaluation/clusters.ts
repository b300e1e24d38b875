// Estimates from problems that come in clusters: structures of which each is tried with several operands, say.

import { type Interval, wilson, Z } from './statistics.ts';

/** What came of the problems of one cluster. */
export interface Cluster {
  readonly problems: number;
  /** Sum over its problems: of those solved, or of any other quantity. */
  readonly sum: number;
}

/** A mean with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly interval: Interval;
}

/** Sums of `values` by cluster; a problem without a cluster is one by itself. */
export function gather(values: readonly number[], names: readonly (string | undefined)[]): Cluster[] {
  const clusters = new Map<string | number, Cluster>();
  for (const [i, value] of values.entries()) {
    const name = names[i] ?? i;
    const { problems, sum } = clusters.get(name) ?? { problems: 0, sum: 0 };
    clusters.set(name, { problems: problems + 1, sum: sum + value });
  }
  return [...clusters.values()];
}

/**
 * Variance of the ratio Σs / Σm over C clusters of m problems with sums s, by linearisation:
 * C / (C − 1) · Σ(s − r·m)² / (Σm)² (Cochran 1977, Sampling Techniques, section 2.11, without the correction for finite
 * populations).
 */
export function ratioVariance(clusters: readonly Cluster[]): number {
  const { problems, sum } = total(clusters);
  const ratio = sum / problems;
  const count = clusters.length;
  const squares = clusters.reduce((all, cluster) => all + square(cluster.sum - ratio * cluster.problems), 0);
  return ((count / (count - 1)) * squares) / square(problems);
}

/**
 * 95 % interval of a share: Wilson's with the effective number of problems N / deff in place of N, where the design
 * effect deff ≥ 1 is the clusters' variance over the binomial one (Korn & Graubard 1998, Survey Methodology 24(2);
 * with Wilson's score: Franco, Little, Louis & Slud 2019, J. Survey Statistics and Methodology 7(3)). Where all
 * problems came out alike, or are of one cluster, nothing shows how much those of a cluster resemble each other, and
 * they are taken to be one: N² / Σm². With one problem in every cluster it is Wilson's own.
 */
export function clusteredShare(clusters: readonly Cluster[]): Interval {
  const { problems, sum } = total(clusters);
  if (clusters.length === problems) return wilson(sum, problems);
  const share = sum / problems;
  const binomial = (share * (1 - share)) / problems;
  const effective =
    binomial === 0 || clusters.length < 2
      ? square(problems) / clusters.reduce((all, cluster) => all + square(cluster.problems), 0)
      : problems / Math.max(1, ratioVariance(clusters) / binomial);
  return wilson(share * effective, effective);
}

/** Mean over all problems, ± 1.96 standard errors by `ratioVariance`; the interval of one cluster is the whole line. */
export function clusteredMean(clusters: readonly Cluster[]): Estimate {
  const { problems, sum } = total(clusters);
  const mean = sum / problems;
  if (clusters.length < 2) {
    return { mean, interval: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY } };
  }
  const half = Z * Math.sqrt(ratioVariance(clusters));
  return { mean, interval: { low: mean - half, high: mean + half } };
}

const square = (x: number): number => x * x;

function total(clusters: readonly Cluster[]): Cluster {
  let problems = 0;
  let sum = 0;
  for (const cluster of clusters) {
    problems += cluster.problems;
    sum += cluster.sum;
  }
  return { problems, sum };
}
