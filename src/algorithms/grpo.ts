// GRPO: episodes of one problem compared with each other, under the clipped surrogate (Shao et al. 2024, "DeepSeekMath"),
// with the normalisations that Dr. GRPO takes away (Liu et al. 2025) as options. There is no reference policy to stay
// near: nothing was trained before.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { episodeReturns, groupAdvantages, spread, zeroSpreadGroups } from './groups.ts';
import {
  allLanes,
  type Exploration,
  exploration,
  meanOf,
  type Objective,
  type PolicyMean,
  tokensOf,
  valueRegression,
} from './objective.ts';
import { discountedReturns } from './returns.ts';
import { type Clip, clippedPolicy } from './surrogate.ts';

export interface GrpoConfig extends Exploration {
  /** Episodes of one problem. */
  readonly group: number;
  /** Whether a group's advantages are divided by their deviation; not in Dr. GRPO. */
  readonly divideByDeviation: boolean;
  /** `length` as published, `constant` in Dr. GRPO. */
  readonly policyMean: PolicyMean;
  readonly clip: Clip;
  /** Weight of a critic's loss; the policy's gradient does not look at it, hindsight and self-imitation can. */
  readonly valueWeight: number;
}

/** @param batch its lanes hold group after group. @param update counts from 0. */
export function grpo(batch: TrajectoryArrays, config: GrpoConfig, update: number): Objective {
  const { discounts, lengths, logProbs, rewards, steps } = batch;
  const episodes = episodeReturns(batch);
  const advantages = spread(batch, groupAdvantages(episodes, config.group, config.divideByDeviation));
  const returns = new Float32Array(rewards.length);
  discountedReturns(rewards, discounts, lengths, steps, 1, returns);
  const old = { logProbs: logProbs.slice(), advantages };
  return {
    losses: (now, lanes = allLanes(now)) => ({
      ...clippedPolicy(now, lanes, old, config.clip, config.policyMean),
      valueLoss: valueRegression(now, lanes, returns, config.valueWeight),
      entropy: meanOf(now.entropies, now, lanes),
      zeroSpreadGroups: zeroSpreadGroups(episodes, config.group),
      ...exploration(config, update, tokensOf(now, lanes)),
    }),
  };
}
