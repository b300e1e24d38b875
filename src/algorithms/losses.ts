// The algorithms by name. To add one: a file beside this one, its settings in the union, and one line here.

import type { TokenCoefficients } from '../agents/rollout.ts';
import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { type A2cConfig, a2c, type LossReport } from './a2c.ts';
import { imitate } from './imitation.ts';
import { moments } from './returns.ts';

export type AlgorithmConfig = ({ readonly name: 'a2c' } & A2cConfig) | { readonly name: 'imitation' };

/** Writes the loss gradients of every token into the batch. @param update counts from 0. */
export function losses(
  batch: TrajectoryArrays,
  config: AlgorithmConfig,
  update: number,
): TokenCoefficients & LossReport {
  switch (config.name) {
    case 'a2c':
      return a2c(batch, config, update);
    case 'imitation': {
      const { crossEntropy } = imitate(batch, 1);
      const entropy = moments(batch.entropies, batch.lengths, batch.steps).mean;
      return { policyLoss: crossEntropy, valueLoss: 0, entropy, entropyWeight: 0, uniformWeight: 0 };
    }
    default:
      return config satisfies never;
  }
}
