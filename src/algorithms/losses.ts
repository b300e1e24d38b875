// The algorithms by name. To add one: a file beside this one, its settings in the union, and one line here.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { type A2cConfig, a2c } from './a2c.ts';
import { type GrpoConfig, grpo } from './grpo.ts';
import { imitate } from './imitation.ts';
import type { Losses, Objective } from './objective.ts';
import { type PpoConfig, ppo } from './ppo.ts';
import { type Baselines, type ReinforceConfig, reinforce } from './reinforce.ts';
import { moments } from './returns.ts';
import { type RlooConfig, rloo } from './rloo.ts';

export type AlgorithmConfig =
  | ({ readonly name: 'a2c' } & A2cConfig)
  | ({ readonly name: 'ppo' } & PpoConfig)
  | ({ readonly name: 'grpo' } & GrpoConfig)
  | ({ readonly name: 'rloo' } & RlooConfig)
  | ({ readonly name: 'reinforce' } & ReinforceConfig)
  | { readonly name: 'imitation' };

/** What an algorithm carries from update to update, as plain data. */
export interface AlgorithmState {
  readonly baselines: readonly (number | null)[];
}

export interface Algorithm {
  /** Fixes what the passes over a batch just rolled out have in common. @param update counts from 0. */
  begin(batch: TrajectoryArrays, update: number): Objective;
  /** Everything needed to go on. */
  state: AlgorithmState;
}

export function createAlgorithm(config: AlgorithmConfig): Algorithm {
  let baselines: Baselines = [];
  return {
    begin: (batch, update) => objective(batch, config, update, baselines),
    get state() {
      return { baselines };
    },
    set state(state) {
      baselines = [...state.baselines];
    },
  };
}

function objective(batch: TrajectoryArrays, config: AlgorithmConfig, update: number, baselines: Baselines): Objective {
  switch (config.name) {
    case 'a2c':
      return { losses: (now) => a2c(now, config, update) };
    case 'ppo':
      return ppo(batch, config, update);
    case 'grpo':
      return grpo(batch, config, update);
    case 'rloo':
      return rloo(batch, config, update);
    case 'reinforce':
      return reinforce(batch, config, update, baselines);
    case 'imitation':
      return { losses: imitation };
    default:
      return config satisfies never;
  }
}

function imitation(batch: TrajectoryArrays): Losses {
  const { crossEntropy } = imitate(batch, 1);
  const entropy = moments(batch.entropies, batch.lengths, batch.steps).mean;
  return { policyLoss: crossEntropy, valueLoss: 0, entropy, entropyWeight: 0, uniformWeight: 0 };
}

/** One pass over a whole batch, as a first update has it. @param update counts from 0. */
export function losses(batch: TrajectoryArrays, config: AlgorithmConfig, update: number): Losses {
  return createAlgorithm(config).begin(batch, update).losses(batch);
}
