// What several runs come to together (Agarwal et al. 2021, "Deep reinforcement learning at the edge of the statistical
// precipice", NeurIPS): defined as its library rliable defines them, whose published test values the tests hold.

/** What the runs of one method came to, by stratum: for each task or configuration a score for every run. */
export type Scores = readonly (readonly number[])[];

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Of at least one value. */
export const average = (values: readonly number[]): number => sum(values) / values.length;

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The value at `share` of the way from the lowest to the highest, linear between neighbours (Hyndman & Fan's type 7). */
export function quantile(values: readonly number[], share: number): number {
  return quantileOfSorted(ascending(values), share);
}

/** `quantile` of values in ascending order. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  return below + 1 < sorted.length ? low + (place - below) * (sorted[below + 1]! - low) : low;
}

/** Mean over the strata of their means. */
export const meanScore = (scores: Scores): number => average(scores.map(average));

/** Median over the strata of their means. */
export const medianScore = (scores: Scores): number => quantile(scores.map(average), 0.5);

/** Mean of the middle half of all runs of all strata: without ⌊n/4⌋ at either end. */
export const interquartileMean = (scores: Scores): number => middleMean(scores.flat());

/** The interquartile mean of plain values. */
export function middleMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4);
  return average(ascending(values).slice(cut, values.length - cut));
}

/** How far all runs stay below `target` in the mean; what lies above it counts as `target`. */
export function optimalityGap(scores: Scores, target = 1): number {
  return target - average(scores.flat().map((score) => Math.min(score, target)));
}

/**
 * P(X > Y): of a run of X and one of Y on the same stratum, how often X's is better, ties counted half (the Mann–Whitney
 * statistic over the number of pairs), in the mean over the strata. 0.5 where they are the same.
 *
 * @param x and `y` the same strata in the same order; the number of runs may differ.
 */
export function probabilityOfImprovement(x: Scores, y: Scores): number {
  if (x.length !== y.length) throw new Error(`innerloop: ${x.length} strata beside ${y.length}`);
  return average(x.map((runs, stratum) => superiority(runs, y[stratum]!)));
}

function superiority(x: readonly number[], y: readonly number[]): number {
  let wins = 0;
  for (const a of x) for (const b of y) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (x.length * y.length);
}

/** Performance profile (score distribution): for each threshold the share of all runs with a score above it. */
export function performanceProfile(scores: Scores, thresholds: readonly number[]): number[] {
  const sorted = ascending(scores.flat());
  return thresholds.map((threshold) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! > threshold) high = middle;
      else low = middle + 1;
    }
    return (sorted.length - low) / sorted.length;
  });
}
