// Intervals for shares.

/** A share with an interval around it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** z of a two-sided 95 % interval. */
export const Z = 1.959963984540054;

/** Wilson's 95 % score interval of `successes` out of `trials` (Wilson 1927; Brown, Cai & DasGupta 2001, eq. 4). */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (Z / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  // The share lies within; at 0 and 1 it is an end, which rounding must not miss.
  return { low: Math.max(0, Math.min(share, centre - half)), high: Math.min(1, Math.max(share, centre + half)) };
}
