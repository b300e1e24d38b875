// eˣ by +, −, ×, ÷ alone: JavaScript's own differs between engines in the last bits.

/** 1/k! for k from 13 down to 0, by multiplication. */
const COEFFICIENTS = inverseFactorials(13);
/** Beyond these a double overflows, or is below half of the smallest. */
const [LOWEST, HIGHEST] = [-746, 710];

/**
 * e to the power of `x`: x = k·ln 2 + r with |r| ≤ ½ ln 2, Taylor's series of r, and 2ᵏ by doubling. Relative error below
 * 1e-15 for |x| ≤ 20, exactly 1 at 0; NaN stays NaN.
 */
export function exponential(x: number): number {
  if (x > HIGHEST) return Number.POSITIVE_INFINITY;
  if (x < LOWEST) return 0;
  const k = Math.floor(x / Math.LN2 + 0.5);
  const r = x - k * Math.LN2;
  let sum = 0;
  for (const coefficient of COEFFICIENTS) sum = sum * r + coefficient;
  for (let i = 0; i < k; i++) sum *= 2;
  for (let i = 0; i > k; i--) sum /= 2;
  return sum;
}

function inverseFactorials(highest: number): number[] {
  const coefficients = [1];
  for (let k = 1; k <= highest; k++) coefficients.unshift(coefficients[0]! / k);
  return coefficients;
}
