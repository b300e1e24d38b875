// Directions in the space of states that tell two kinds of them apart.

import { scaleOf, standardised } from '../probes/features.ts';
import { fitProbe } from '../probes/logistic.ts';
import { unit } from './vectors.ts';

/** `probe`: of a logistic regression's weights; `means`: from the mean of one kind to that of the other. */
export const DIRECTIONS = ['probe', 'means'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Weight of a probe's penalty. */
const PENALTY = 0.01;

/** Unit vectors that lead from states of kind 0 to those of kind 1; both kinds must occur. */
export function directionsOf(
  states: readonly ArrayLike<number>[],
  kinds: readonly (0 | 1)[],
): Record<Direction, Float64Array> {
  const width = states[0]!.length;
  const scale = scaleOf(states, width);
  const { stride, weights } = fitProbe(standardised(states, scale), kinds, { penalty: PENALTY });
  const probe = Float64Array.from(
    scale.deviation,
    (deviation, i) => (weights[i * stride + 1]! - weights[i * stride]!) / deviation,
  );
  const [low, high] = ([0, 1] as const).map((kind) =>
    meanOf(
      states.filter((_, i) => kinds[i] === kind),
      width,
    ),
  );
  return { probe: unit(probe), means: unit(high!.map((value, i) => value - low![i]!)) };
}

/** How far states lie from their mean: the root of the sum of their variances. */
export function spreadOf(states: readonly ArrayLike<number>[]): number {
  const mean = meanOf(states, states[0]!.length);
  let squares = 0;
  for (const state of states) for (let i = 0; i < mean.length; i++) squares += (state[i]! - mean[i]!) ** 2;
  return Math.sqrt(squares / states.length);
}

function meanOf(states: readonly ArrayLike<number>[], width: number): Float64Array {
  const mean = new Float64Array(width);
  for (const state of states) for (let i = 0; i < width; i++) mean[i]! += state[i]! / states.length;
  return mean;
}
