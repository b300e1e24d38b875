// RLOO: REINFORCE with the other episodes of the same problem as the baseline (Kool et al. 2019, "Buy 4 REINFORCE
// samples, get a baseline for free!"; Ahmadian et al. 2024, "Back to basics").

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { episodeReturns, leaveOneOut, spread, zeroSpreadGroups } from './groups.ts';
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

export interface RlooConfig extends Exploration {
  /** Episodes of one problem. */
  readonly group: number;
  readonly policyMean: PolicyMean;
  /** Whether advantages are brought to mean 0 and deviation 1 over the batch. */
  readonly normaliseAdvantages: boolean;
  /** Weight of a critic's loss; the policy's gradient does not look at it, hindsight and self-imitation can. */
  readonly valueWeight: number;
}

/** @param batch its lanes hold group after group. @param update counts from 0. */
export function rloo(batch: TrajectoryArrays, config: RlooConfig, update: number): Objective {
  const { discounts, lengths, rewards, steps } = batch;
  const episodes = episodeReturns(batch);
  const advantages = spread(batch, leaveOneOut(episodes, config.group));
  if (config.normaliseAdvantages) standardise(advantages, lengths, steps);
  const returns = new Float32Array(rewards.length);
  discountedReturns(rewards, discounts, lengths, steps, 1, returns);
  return {
    losses: (now, lanes = allLanes(now)) => ({
      policyLoss: policyGradient(now, lanes, advantages, config.policyMean),
      valueLoss: valueRegression(now, lanes, returns, config.valueWeight),
      entropy: meanOf(now.entropies, now, lanes),
      zeroSpreadGroups: zeroSpreadGroups(episodes, config.group),
      ...exploration(config, update, tokensOf(now, lanes)),
    }),
  };
}
