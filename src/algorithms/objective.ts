// What every algorithm makes of a batch, and the parts that several of them share.

import type { TokenCoefficients } from '../agents/rollout.ts';
import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { type LinearSchedule, scheduled } from './returns.ts';

/** What the losses came to. */
export interface LossReport {
  /** −log π · advantage before its weight, or −surrogate: mean over episodes of sums over tokens, or over tokens. */
  readonly policyLoss: number;
  /** Mean squared error of the baseline: per token, or per episode (A2C's `summed`). */
  readonly valueLoss: number;
  /** Mean per token, in nats. */
  readonly entropy: number;
  /** Groups whose episodes all earned the same, and so teach nothing (algorithms that compare groups). */
  readonly zeroSpreadGroups?: number;
  /** Share of tokens whose ratio was clipped (algorithms that clip). */
  readonly clippedShare?: number;
  /** Estimate of KL(π_old ‖ π) per token, in nats (algorithms that clip). */
  readonly divergence?: number;
}

export type Losses = TokenCoefficients & LossReport;

/** One update's loss, for one pass over its batch or several. */
export interface Objective {
  /**
   * Writes the loss gradients of every token of `lanes`.
   * @param batch holds what the policy and the critic say of these lanes now. @param lanes all of them when absent.
   */
  losses(batch: TrajectoryArrays, lanes?: ArrayLike<number>): Losses;
}

/**
 * What the policy loss is a mean of; n is the number of episodes:
 * - `episode`: sums over an episode's tokens, ÷ n; the whole program is one action.
 * - `token`: all tokens of the batch.
 * - `length`: each episode's mean over its own tokens, ÷ n, as GRPO was published (Shao et al. 2024, eq. 3).
 * - `constant`: sums over tokens, ÷ n·the task's token limit (Dr. GRPO: Liu et al. 2025, "Understanding R1-Zero-like
 *   training"), so that a token counts the same in short programs and long ones.
 */
export const POLICY_MEANS = ['episode', 'token', 'length', 'constant'] as const;
export type PolicyMean = (typeof POLICY_MEANS)[number];

/** What keeps a policy from settling too early. */
export interface Exploration {
  /** Weight of the mean entropy per token, a bonus. */
  readonly entropy: LinearSchedule;
  /** Weight of KL(uniform ‖ π) per token, up to a constant: the mean over legal tokens of −log π. */
  readonly uniform: LinearSchedule;
}

/** @param update counts from 0. @param tokens that the weights are spread over. */
export function exploration({ entropy, uniform }: Exploration, update: number, tokens: number): TokenCoefficients {
  return { entropyWeight: scheduled(entropy, update) / tokens, uniformWeight: scheduled(uniform, update) / tokens };
}

export const allLanes = ({ lanes }: TrajectoryArrays): Int32Array => Int32Array.from({ length: lanes }, (_, i) => i);

export function tokensOf({ lengths }: TrajectoryArrays, lanes: ArrayLike<number>): number {
  let tokens = 0;
  for (let i = 0; i < lanes.length; i++) tokens += lengths[lanes[i]!]!;
  return tokens;
}

/** Mean of the cells of `lanes` that count. */
export function meanOf(values: Float32Array, batch: TrajectoryArrays, lanes: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < lanes.length; i++) {
    const from = lanes[i]! * batch.steps;
    for (let cell = from; cell < from + batch.lengths[lanes[i]!]!; cell++) sum += values[cell]!;
  }
  return sum / tokensOf(batch, lanes);
}

/** The share that one token of an episode of `length` tokens has in the policy loss of `lanes`. */
export function tokenShare(
  mean: PolicyMean,
  batch: TrajectoryArrays,
  lanes: ArrayLike<number>,
): (length: number) => number {
  const episodes = lanes.length;
  switch (mean) {
    case 'episode':
      return () => 1 / episodes;
    case 'token': {
      const share = 1 / tokensOf(batch, lanes);
      return () => share;
    }
    case 'length':
      return (length) => 1 / (episodes * length);
    case 'constant':
      return () => 1 / (episodes * batch.steps);
    default:
      return mean satisfies never;
  }
}

/**
 * REINFORCE's gradient (Williams 1992): −advantage · log π of every token, each with its share.
 * @param advantages [lanes, steps] @returns the loss.
 */
export function policyGradient(
  batch: TrajectoryArrays,
  lanes: ArrayLike<number>,
  advantages: Float32Array,
  mean: PolicyMean,
): number {
  const { lengths, logProbs, steps, weights } = batch;
  const share = tokenShare(mean, batch, lanes);
  let loss = 0;
  for (let i = 0; i < lanes.length; i++) {
    const lane = lanes[i]!;
    const weight = share(lengths[lane]!);
    for (let cell = lane * steps; cell < lane * steps + lengths[lane]!; cell++) {
      loss -= logProbs[cell]! * advantages[cell]! * weight;
      weights[cell] = advantages[cell]! * weight;
    }
  }
  return loss;
}

/** How far a critic may move in one update (Schulman et al.'s PPO code). */
export interface ValueClip {
  /** [lanes, steps] the values when the batch was rolled out. */
  readonly old: Float32Array;
  readonly range: number;
}

/**
 * The mean over tokens of (v − G)², times `weight` in the gradients; with a clip of max((v − G)², (v_clipped − G)²),
 * v_clipped being v held within ±range of the old value.
 * @param returns [lanes, steps] @returns the loss before its weight.
 */
export function valueRegression(
  batch: TrajectoryArrays,
  lanes: ArrayLike<number>,
  returns: Float32Array,
  weight: number,
  clip?: ValueClip,
): number {
  const { lengths, steps, valueGradients, values } = batch;
  const tokens = tokensOf(batch, lanes);
  let loss = 0;
  for (let i = 0; i < lanes.length; i++) {
    const from = lanes[i]! * steps;
    for (let cell = from; cell < from + lengths[lanes[i]!]!; cell++) {
      const error = values[cell]! - returns[cell]!;
      let square = error * error;
      let slope = 2 * error;
      if (clip) {
        const moved = values[cell]! - clip.old[cell]!;
        const held = clip.old[cell]! + Math.max(-clip.range, Math.min(clip.range, moved)) - returns[cell]!;
        if (held * held > square) {
          square = held * held;
          slope = 0;
        }
      }
      loss += square / tokens;
      valueGradients[cell] = (weight * slope) / tokens;
    }
  }
  return loss;
}
