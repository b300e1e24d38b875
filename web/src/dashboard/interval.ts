// Mean of some runs and how far it may be off.

/** 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom. */
const T = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228],
  ...[2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086],
  ...[2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042],
];
const Z = 1.959964;

/** Beyond the table by the first term of the expansion in 1/df (Abramowitz & Stegun 26.7.5). */
const quantile = (freedom: number): number => T[freedom - 1] ?? Z + (Z ** 3 + Z) / (4 * freedom);

export interface Centre {
  readonly mean: number;
  /** Absent for a single value, of which nothing is known. */
  readonly low?: number;
  readonly high?: number;
}

/** Mean and Student's 95 % interval, mean ± t · s / √n, for a normal quantity (Student 1908). */
export function centre(values: readonly number[]): Centre {
  const { length } = values;
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  if (length < 2) return { mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = quantile(length - 1) * Math.sqrt(squares / (length - 1) / length);
  return { mean, low: mean - half, high: mean + half };
}
