// Presets of `countdown`: the default, the open loop, and what hindsight and the curriculum are worth.

import { type Preset, presetsFrom } from './preset.ts';
import { READER } from './reader.ts';

/** Less than five minutes on one core. */
const UPDATES = 9000;

const countdown = presetsFrom({
  ...READER,
  updates: UPDATES,
  algorithm: { ...READER.algorithm, uniform: { from: 0.1, to: 0.005, over: 0.8 * UPDATES } },
  evaluation: { ...READER.evaluation, problems: 300 },
});

export const COUNTDOWN: Readonly<Record<string, Preset>> = {
  default: countdown('three and four numbers, the value held seen after each token'),
  'open-loop': countdown('nothing is seen: the agent reckons in its own state', { taskOptions: { loop: 'open' } }),
  'from-two': countdown('a level of two numbers comes first', { taskOptions: { fewest: 2 } }),
  'four-only': countdown('four numbers from the start, and nothing else', { taskOptions: { fewest: 4 } }),
  'no-curriculum': countdown('both levels from the start', { curriculum: { name: 'uniform' } }),
  'no-hindsight': countdown('reinforcement alone: a program that missed its target teaches nothing more', {
    hindsight: { weight: 0 },
  }),
  supervised: countdown('imitation of the first program that exhaustive search finds', {
    algorithm: { name: 'imitation' },
    hindsight: { weight: 0, byAdvantage: false },
  }),
};
