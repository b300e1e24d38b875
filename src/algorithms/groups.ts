// Episodes of one problem, compared with each other: groups of lanes that follow each other in the batch.

import type { TrajectoryArrays } from '../agents/trajectories.ts';

/** [lanes] undiscounted reward of each episode. */
export function episodeReturns({ lanes, lengths, rewards, steps }: TrajectoryArrays): Float32Array {
  const returns = new Float32Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    let sum = 0;
    for (let cell = lane * steps; cell < lane * steps + lengths[lane]!; cell++) sum += rewards[cell]!;
    returns[lane] = sum;
  }
  return returns;
}

/** What TRL adds to the deviation. */
const DEVIATION_FLOOR = 1e-4;

/**
 * A_i = R_i − mean of the group's R; divided by their sample deviation (n − 1, + 1e-4) where asked, as GRPO was
 * published (Shao et al. 2024, eq. 21; deviation and floor as TRL's), and not in Dr. GRPO (Liu et al. 2025).
 */
export function groupAdvantages(returns: Float32Array, group: number, divide: boolean): Float32Array {
  const advantages = new Float32Array(returns.length);
  for (let first = 0; first < returns.length; first += group) {
    const members = returns.subarray(first, first + group);
    const mean = members.reduce((sum, value) => sum + value, 0) / group;
    const squares = members.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const scale = divide ? 1 / (Math.sqrt(squares / (group - 1)) + DEVIATION_FLOOR) : 1;
    for (let i = 0; i < group; i++) advantages[first + i] = same(members) ? 0 : (members[i]! - mean) * scale;
  }
  return advantages;
}

/**
 * A_i = R_i − mean of the R of the others in the group: an unbiased baseline (Kool et al. 2019; Ahmadian et al. 2024,
 * eq. 8).
 */
export function leaveOneOut(returns: Float32Array, group: number): Float32Array {
  const advantages = new Float32Array(returns.length);
  for (let first = 0; first < returns.length; first += group) {
    const members = returns.subarray(first, first + group);
    const sum = members.reduce((total, value) => total + value, 0);
    for (let i = 0; i < group; i++) {
      advantages[first + i] = same(members) ? 0 : members[i]! - (sum - members[i]!) / (group - 1);
    }
  }
  return advantages;
}

/** Groups whose episodes all earned the same: their advantages are 0. */
export function zeroSpreadGroups(returns: Float32Array, group: number): number {
  let groups = 0;
  for (let first = 0; first < returns.length; first += group) {
    if (same(returns.subarray(first, first + group))) groups++;
  }
  return groups;
}

const same = (members: Float32Array): boolean => members.every((value) => value === members[0]);

/** [lanes, steps] each episode's advantage at each of its tokens. */
export function spread(batch: TrajectoryArrays, advantages: Float32Array): Float32Array {
  const { lanes, lengths, steps } = batch;
  const cells = new Float32Array(lanes * steps);
  for (let lane = 0; lane < lanes; lane++) {
    cells.fill(advantages[lane]!, lane * steps, lane * steps + lengths[lane]!);
  }
  return cells;
}
