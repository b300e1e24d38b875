// What more than one try is worth.

/**
 * Probability that at least one of `k` programs solves the problem, estimated without bias from `samples` ≥ k programs
 * of which `solved` did: 1 − C(n − c, k) / C(n, k) = 1 − Π_{i = n−c+1}^{n} (1 − k / i) (Chen et al. 2021, "Evaluating
 * large language models trained on code", eq. 1 and figure 3).
 */
export function passAtK(samples: number, solved: number, k: number): number {
  if (samples - solved < k) return 1;
  let none = 1;
  for (let i = samples - solved + 1; i <= samples; i++) none *= 1 - k / i;
  return 1 - none;
}
