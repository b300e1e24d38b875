// Advantage actor-critic on whole episodes (Mnih et al. 2016, without the asynchrony): the working recipe, and the
// published tutorial's form of it.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import type { Losses } from './objective.ts';
import {
  discountedReturns,
  generalisedAdvantages,
  type LinearSchedule,
  moments,
  scheduled,
  standardisation,
} from './returns.ts';

export interface A2cConfig {
  /**
   * `step`: every step's value predicts its return. `summed`: the sum of an episode's values predicts its reward, as
   * published.
   */
  readonly baseline: 'step' | 'summed';
  /** γ of the returns (`step` only). */
  readonly discount: number;
  /** λ of generalised advantage estimation (`step` only); 1 is the Monte Carlo return. */
  readonly lambda: number;
  /** Whether the policy loss is a mean over episodes, of sums over their tokens, or over tokens (`step` only). */
  readonly policyMean: 'episode' | 'token';
  /** Weight of the policy loss (default 1); 0 learns the values alone, beside what other losses teach the policy. */
  readonly policyWeight?: number;
  readonly valueWeight: number;
  /** Weight of the mean entropy per token, a bonus. */
  readonly entropy: LinearSchedule;
  /** Weight of KL(uniform ‖ π) per token, up to a constant: the mean over legal tokens of −log π. */
  readonly uniform: LinearSchedule;
  /** Whether advantages are brought to mean 0 and deviation 1 over the batch (`step` only). */
  readonly normaliseAdvantages: boolean;
}

/** Writes the loss gradients of every token into `batch.weights` and `batch.valueGradients`. */
export function a2c(batch: TrajectoryArrays, config: A2cConfig, update: number): Losses {
  const losses = config.baseline === 'summed' ? summedBaseline(batch, config) : stepBaseline(batch, config);
  const tokens = batch.lengths.reduce((sum, length) => sum + length, 0);
  return {
    ...losses,
    entropy: moments(batch.entropies, batch.lengths, batch.steps).mean,
    entropyWeight: scheduled(config.entropy, update) / tokens,
    uniformWeight: scheduled(config.uniform, update) / tokens,
  };
}

/** advantage_t = G_t − v_t, or its λ-estimate A_t with G_t = A_t + v_t; value loss = mean over tokens of (v_t − G_t)². */
function stepBaseline(batch: TrajectoryArrays, config: A2cConfig) {
  const { discounts, lanes, lengths, logProbs, rewards, steps, valueGradients, values, weights } = batch;
  const advantages = weights;
  const returns = valueGradients;
  const { discount, lambda, policyWeight = 1 } = config;
  if (lambda === 1) discountedReturns(rewards, discounts, lengths, steps, discount, returns);
  else generalisedAdvantages(rewards, discounts, values, lengths, steps, discount, lambda, advantages);
  let tokens = 0;
  for (let lane = 0; lane < lanes; lane++) {
    tokens += lengths[lane]!;
    for (let cell = lane * steps; cell < lane * steps + lengths[lane]!; cell++) {
      if (lambda === 1) advantages[cell] = returns[cell]! - values[cell]!;
      else returns[cell] = advantages[cell]! + values[cell]!;
    }
  }
  // Applied in double precision below: rounding the advantages themselves would move bits.
  const { mean, scale } = config.normaliseAdvantages
    ? standardisation(advantages, lengths, steps)
    : { mean: 0, scale: 1 };
  const count = config.policyMean === 'token' ? tokens : lanes;
  let policyLoss = 0;
  let valueLoss = 0;
  for (let lane = 0; lane < lanes; lane++) {
    for (let cell = lane * steps; cell < lane * steps + lengths[lane]!; cell++) {
      const error = values[cell]! - returns[cell]!;
      const advantage = (advantages[cell]! - mean) * scale;
      policyLoss -= (logProbs[cell]! * advantage) / count;
      valueLoss += (error * error) / tokens;
      weights[cell] = (policyWeight * advantage) / count;
      valueGradients[cell] = (2 * config.valueWeight * error) / tokens;
    }
  }
  return { policyLoss, valueLoss };
}

/** advantage = R − Σ_t v_t for the whole episode; value loss = mean over episodes of its square. */
function summedBaseline(batch: TrajectoryArrays, config: A2cConfig) {
  const { lanes, lengths, logProbs, rewards, steps, valueGradients, values, weights } = batch;
  const { policyWeight = 1 } = config;
  let policyLoss = 0;
  let valueLoss = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const [from, to] = [lane * steps, lane * steps + lengths[lane]!];
    let reward = 0;
    let baseline = 0;
    let logProb = 0;
    for (let cell = from; cell < to; cell++) {
      reward += rewards[cell]!;
      baseline += values[cell]!;
      logProb += logProbs[cell]!;
    }
    const advantage = reward - baseline;
    policyLoss -= (logProb * advantage) / lanes;
    valueLoss += (advantage * advantage) / lanes;
    weights.fill((policyWeight * advantage) / lanes, from, to);
    valueGradients.fill((-2 * config.valueWeight * advantage) / lanes, from, to);
  }
  return { policyLoss, valueLoss };
}
