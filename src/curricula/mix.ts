// From what levels are worth to how often each is practised.

import type { Random } from '../core/random.ts';
import type { Outcomes } from './curriculum.ts';
import type { Tallies } from './state.ts';

/**
 * Shares that sum to 1: `floor` of them spread equally, so that no level is ever lost sight of, the rest proportional to
 * `weights` ≥ 0 (equal where all are 0).
 */
export function shares(weights: readonly number[], floor: number): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const equal = 1 / weights.length;
  return weights.map((weight) => floor * equal + (1 - floor) * (sum > 0 ? weight / sum : equal));
}

/** Writes a level for every problem, each drawn by `shares`. */
export function drawLevels(levels: Int32Array, shares: readonly number[], random: Random): void {
  for (let i = 0; i < levels.length; i++) {
    let left = random.uniform();
    let level = 0;
    while (level < shares.length - 1 && left >= shares[level]!) left -= shares[level++]!;
    levels[i] = level;
  }
}

/** By level, the lanes of an update and how many of them were solved. */
export function tally({ draws, solved }: Outcomes, levels: number): Tallies {
  const counts = { lanes: new Array<number>(levels).fill(0), solved: new Array<number>(levels).fill(0) };
  for (const [lane, level] of draws.levels.entries()) {
    counts.lanes[level]!++;
    counts.solved[level]! += solved[lane]!;
  }
  return counts;
}
