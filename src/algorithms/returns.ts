// Returns and baselines over one batch of trajectories. All arrays are [lanes, steps], lane by lane.

/**
 * Monte Carlo returns: G_t = r_{t+1} + γ d_{t+1} G_{t+1} (Sutton & Barto 2018, eq. 3.9), written over `lengths[lane]`
 * steps of each lane; cells beyond are left untouched.
 */
export function discountedReturns(
  rewards: Float32Array,
  discounts: Float32Array,
  lengths: Int32Array,
  steps: number,
  gamma: number,
  returns: Float32Array,
): void {
  for (let lane = 0; lane < lengths.length; lane++) {
    let g = 0;
    for (let t = lengths[lane]! - 1; t >= 0; t--) {
      const cell = lane * steps + t;
      g = rewards[cell]! + gamma * discounts[cell]! * g;
      returns[cell] = g;
    }
  }
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, eq. 16): A_t = δ_t + γλ d_{t+1} A_{t+1} with
 * δ_t = r_{t+1} + γ d_{t+1} v_{t+1} − v_t, written over `lengths[lane]` steps of each lane.
 */
export function generalisedAdvantages(
  rewards: Float32Array,
  discounts: Float32Array,
  values: Float32Array,
  lengths: Int32Array,
  steps: number,
  gamma: number,
  lambda: number,
  advantages: Float32Array,
): void {
  for (let lane = 0; lane < lengths.length; lane++) {
    let advantage = 0;
    let next = 0;
    for (let t = lengths[lane]! - 1; t >= 0; t--) {
      const cell = lane * steps + t;
      const discount = gamma * discounts[cell]!;
      const error = rewards[cell]! + discount * next - values[cell]!;
      advantage = error + discount * lambda * advantage;
      advantages[cell] = advantage;
      next = values[cell]!;
    }
  }
}

/** Mean and standard deviation (divided by n) of the cells that count. */
export function moments(values: Float32Array, lengths: Int32Array, steps: number): { mean: number; deviation: number } {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let lane = 0; lane < lengths.length; lane++) {
    for (let t = 0; t < lengths[lane]!; t++) {
      const value = values[lane * steps + t]!;
      count++;
      sum += value;
      squares += value * value;
    }
  }
  const mean = count > 0 ? sum / count : 0;
  return { mean, deviation: count > 0 ? Math.sqrt(Math.max(0, squares / count - mean * mean)) : 0 };
}

const DEVIATION_FLOOR = 1e-5;

/** What brings the cells that count to mean 0 and deviation 1: x ↦ (x − mean) · scale. */
export function standardisation(
  values: Float32Array,
  lengths: Int32Array,
  steps: number,
): { mean: number; scale: number } {
  const { deviation, mean } = moments(values, lengths, steps);
  return { mean, scale: 1 / (deviation + DEVIATION_FLOOR) };
}

/** Brings the cells that count to mean 0 and deviation 1, in place. */
export function standardise(values: Float32Array, lengths: Int32Array, steps: number): void {
  const { mean, scale } = standardisation(values, lengths, steps);
  for (const [lane, length] of lengths.entries()) {
    for (let cell = lane * steps; cell < lane * steps + length; cell++) values[cell] = (values[cell]! - mean) * scale;
  }
}

/** A coefficient that moves linearly from `from` to `to` over `over` updates and then stays; update counts from 0. */
export interface LinearSchedule {
  readonly from: number;
  readonly to: number;
  readonly over: number;
}

export function scheduled({ from, to, over }: LinearSchedule, update: number): number {
  return update >= over ? to : from + (to - from) * (update / over);
}
