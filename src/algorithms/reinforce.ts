// REINFORCE (Williams 1992): returns less a baseline that no network has to learn.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { episodeReturns } from './groups.ts';
import {
  allLanes,
  type Exploration,
  exploration,
  meanOf,
  type Objective,
  type PolicyMean,
  policyGradient,
  tokensOf,
  valueRegression,
} from './objective.ts';
import { discountedReturns, standardise } from './returns.ts';

export interface ReinforceConfig extends Exploration {
  /**
   * What is taken from a return: nothing, the mean episode of the same level in this batch, or its moving average over
   * the batches before.
   */
  readonly baseline: 'none' | 'batch' | 'moving';
  /** Share of the moving average that a batch leaves standing. */
  readonly keep: number;
  /** γ of the returns. */
  readonly discount: number;
  readonly policyMean: PolicyMean;
  /** Whether advantages are brought to mean 0 and deviation 1 over the batch. */
  readonly normaliseAdvantages: boolean;
  /** Weight of a critic's loss; the policy's gradient does not look at it, hindsight and self-imitation can. */
  readonly valueWeight: number;
}

/** By level, the moving average of its episodes' returns; `null` before the first. */
export type Baselines = (number | null)[];

/** @param baselines read, and moved on where they are used. @param update counts from 0. */
export function reinforce(
  batch: TrajectoryArrays,
  config: ReinforceConfig,
  update: number,
  baselines: Baselines,
): Objective {
  const { discounts, lengths, levels, rewards, steps } = batch;
  const returns = new Float32Array(rewards.length);
  discountedReturns(rewards, discounts, lengths, steps, config.discount, returns);
  const baseline = baselineOf(batch, config, baselines);
  const advantages = returns.slice();
  for (const [lane, length] of lengths.entries()) {
    for (let cell = lane * steps; cell < lane * steps + length; cell++) advantages[cell]! -= baseline[levels[lane]!]!;
  }
  if (config.normaliseAdvantages) standardise(advantages, lengths, steps);
  return {
    losses: (now, lanes = allLanes(now)) => ({
      policyLoss: policyGradient(now, lanes, advantages, config.policyMean),
      valueLoss: valueRegression(now, lanes, returns, config.valueWeight),
      entropy: meanOf(now.entropies, now, lanes),
      ...exploration(config, update, tokensOf(now, lanes)),
    }),
  };
}

/** By level, what is taken from the returns of this batch. */
function baselineOf(batch: TrajectoryArrays, config: ReinforceConfig, baselines: Baselines): number[] {
  const means = meanByLevel(batch);
  if (config.baseline === 'none') return means.map(() => 0);
  if (config.baseline === 'batch') return means;
  return means.map((mean, level) => {
    const before = baselines[level] ?? mean;
    // A level without a lane has no mean, and keeps what it has.
    if (!Number.isNaN(mean)) baselines[level] = config.keep * before + (1 - config.keep) * mean;
    return before;
  });
}

/** By level, the mean return of its episodes; NaN where it has none. */
export function meanByLevel(batch: TrajectoryArrays): number[] {
  const returns = episodeReturns(batch);
  const levels = batch.levels.reduce((most, level) => Math.max(most, level + 1), 0);
  const [sums, counts] = [new Array<number>(levels).fill(0), new Array<number>(levels).fill(0)];
  for (const [lane, level] of batch.levels.entries()) {
    sums[level]! += returns[lane]!;
    counts[level]!++;
  }
  return sums.map((sum, level) => sum / counts[level]!);
}
