// Principal components of states (Pearson 1901), by power iteration: two are all that is drawn.

import type { Projection } from './playing.ts';

const ITERATIONS = 300;

/** @param states [points][hidden], at least one. */
export function principal(states: readonly Float32Array[]): Projection {
  const hidden = states[0]!.length;
  const mean = new Float32Array(hidden);
  for (const state of states) for (let i = 0; i < hidden; i++) mean[i]! += state[i]! / states.length;
  const covariance = covarianceOf(states, mean);
  let total = 0;
  for (let i = 0; i < hidden; i++) total += covariance[i * hidden + i]!;
  const first = strongest(covariance, hidden, []);
  const second = strongest(covariance, hidden, [first.axis]);
  const share = (variance: number) => (total > 0 ? variance / total : 0);
  const angle = Float64Array.from(first.axis, (x, i) => Math.atan2(second.axis[i]!, x));
  return {
    mean,
    axes: [first.axis, second.axis],
    explained: [share(first.variance), share(second.variance)],
    // Units that pull the same way in the plane do alike.
    order: Uint16Array.from(angle.keys()).sort((a, b) => angle[a]! - angle[b]!),
  };
}

/** Where a state lies in the plane. */
export function placeOf(state: ArrayLike<number>, { axes, mean }: Projection): [number, number] {
  const place: [number, number] = [0, 0];
  for (let i = 0; i < mean.length; i++) {
    const x = state[i]! - mean[i]!;
    place[0] += x * axes[0][i]!;
    place[1] += x * axes[1][i]!;
  }
  return place;
}

/** [hidden, hidden] */
function covarianceOf(states: readonly Float32Array[], mean: Float32Array): Float64Array {
  const hidden = mean.length;
  const covariance = new Float64Array(hidden * hidden);
  const x = new Float64Array(hidden);
  for (const state of states) {
    for (let i = 0; i < hidden; i++) x[i] = state[i]! - mean[i]!;
    for (let i = 0; i < hidden; i++) {
      const xi = x[i]! / states.length;
      if (xi === 0) continue;
      const row = i * hidden;
      for (let j = 0; j < hidden; j++) covariance[row + j]! += xi * x[j]!;
    }
  }
  return covariance;
}

/** The axis of most variance that is at right angles to `others`; its largest entry is positive. */
function strongest(
  covariance: Float64Array,
  hidden: number,
  others: readonly Float32Array[],
): { axis: Float32Array; variance: number } {
  // Any start that favours no axis will do, as long as it is always the same.
  let v = Float64Array.from({ length: hidden }, (_, i) => 1 + ((i * 7919) % 101) / 101);
  let variance = 0;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next = new Float64Array(hidden);
    for (let i = 0; i < hidden; i++) {
      let sum = 0;
      for (let j = 0; j < hidden; j++) sum += covariance[i * hidden + j]! * v[j]!;
      next[i] = sum;
    }
    for (const other of others) {
      let dot = 0;
      for (let i = 0; i < hidden; i++) dot += next[i]! * other[i]!;
      for (let i = 0; i < hidden; i++) next[i]! -= dot * other[i]!;
    }
    variance = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
    if (variance === 0) return { axis: new Float32Array(hidden), variance };
    v = next.map((x) => x / variance);
  }
  const largest = v.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return { axis: Float32Array.from(v, (x) => x * Math.sign(largest)), variance };
}
