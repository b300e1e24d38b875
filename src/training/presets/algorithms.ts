// The algorithms side by side: presets of `expressions` with up to four operators that differ in the algorithm alone, and
// in updates, so that all take about the same seconds.

import { type Preset, type PresetInput, presetsFrom } from './preset.ts';
import { READER } from './reader.ts';

const reader = presetsFrom({ ...READER, taskOptions: { operators: 4, tokenPrice: 0, hindsight: 'traced' } });

type Algorithm = NonNullable<PresetInput['algorithm']>;

/** The reader's floor under exploration, falling over four fifths of the updates. */
const floor = (updates: number, from = 0.3) => ({ uniform: { from, to: 0.005, over: 0.8 * updates } });

/** @param change of what is neither algorithm nor updates. */
const four = (about: string, updates: number, algorithm: Algorithm, change: PresetInput = {}): Preset =>
  reader(about, {
    ...change,
    updates,
    algorithm: { ...floor(updates), ...algorithm } as Algorithm,
  });

/** A critic beside algorithms that need none, for hindsight: an example counts by how much better it did than expected. */
const CRITIC = { valueWeight: 0.5 } as const;
/** Episodes of one problem. */
const GROUP = { group: 4 } as const;

export const ALGORITHMS: Readonly<Record<string, Preset>> = {
  'a2c-four': four('A2C on up to four operators, the one that the other algorithms are held against', 1500, {
    name: 'a2c',
  }),
  // One epoch of two minibatches: two steps for one rollout. Ratios stay near 1, and the clip hardly ever acts.
  ppo: four('PPO instead of A2C, up to four operators', 1000, { name: 'ppo', epochs: 1, minibatches: 2 }),
  grpo: four('GRPO instead of A2C, up to four operators', 1500, {
    name: 'grpo',
    ...GROUP,
    ...CRITIC,
    policyMean: 'token',
  }),
  rloo: four('RLOO instead of A2C, up to four operators', 1500, {
    name: 'rloo',
    ...GROUP,
    ...CRITIC,
    // Under a floor of 0.3 it fell behind without hindsight, which the others did not.
    ...floor(1500, 0.1),
  }),
  reinforce: four('REINFORCE instead of A2C, up to four operators, each level’s mean return as the baseline', 1500, {
    name: 'reinforce',
    ...CRITIC,
    baseline: 'batch',
  }),
  'self-imitation': four(
    'A2C with self-imitation instead of hindsight, up to four operators',
    1100,
    { name: 'a2c' },
    { hindsight: { weight: 0 }, selfImitation: { weight: 0.5 } },
  ),
};
