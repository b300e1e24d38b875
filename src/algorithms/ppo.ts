// PPO: several steps on minibatches of one batch, each token's ratio clipped (Schulman et al. 2017), with generalised
// advantages. As in common implementations (Huang et al. 2022, "The 37 implementation details of PPO"), but advantages
// are brought to mean 0 and deviation 1 over the batch, not each minibatch, and fixed when it has been rolled out.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
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
import { generalisedAdvantages, standardise } from './returns.ts';
import { type Clip, clippedPolicy } from './surrogate.ts';

export interface PpoConfig extends Exploration {
  /** γ of the returns. */
  readonly discount: number;
  /** λ of generalised advantage estimation. */
  readonly lambda: number;
  readonly policyMean: PolicyMean;
  readonly clip: Clip;
  readonly valueWeight: number;
  /** How far a value may move from the one at the rollout; `null` is as far as it likes. */
  readonly valueClip: number | null;
  /** Whether advantages are brought to mean 0 and deviation 1 over the batch. */
  readonly normaliseAdvantages: boolean;
}

/** @param update counts from 0. */
export function ppo(batch: TrajectoryArrays, config: PpoConfig, update: number): Objective {
  const { discounts, lengths, logProbs, rewards, steps } = batch;
  const values = batch.values.slice();
  const advantages = new Float32Array(rewards.length);
  generalisedAdvantages(rewards, discounts, values, lengths, steps, config.discount, config.lambda, advantages);
  const returns = advantages.map((advantage, cell) => advantage + values[cell]!);
  if (config.normaliseAdvantages) standardise(advantages, lengths, steps);
  const old = { logProbs: logProbs.slice(), advantages };
  const valueClip = config.valueClip === null ? undefined : { old: values, range: config.valueClip };
  return {
    losses: (now, lanes = allLanes(now)) => ({
      ...clippedPolicy(now, lanes, old, config.clip, config.policyMean),
      valueLoss: valueRegression(now, lanes, returns, config.valueWeight, valueClip),
      entropy: meanOf(now.entropies, now, lanes),
      ...exploration(config, update, tokensOf(now, lanes)),
    }),
  };
}
