// Presets of `routes`: the default, what thinking is worth, links that fail, and what a teacher achieves.

import { type Preset, presetsFrom } from './preset.ts';
import { READER } from './reader.ts';

/** Less than five minutes on one core. */
const UPDATES = 6000;

const routes = presetsFrom({
  ...READER,
  updates: UPDATES,
  // How many links the cheapest route has is for the agent to find out.
  agent: { ...READER.agent, level: false },
  algorithm: { ...READER.algorithm, uniform: { from: 0.05, to: 0.005, over: 0.8 * UPDATES } },
  curriculum: { name: 'uniform' },
  evaluation: { ...READER.evaluation, problems: 300 },
});

/**
 * Only places that a link leads to may be named. Without that, reinforcement finds that naming the goal at once solves
 * the lowest level, and needs a thousand updates to leave that again.
 */
const MASKED = { mask: true } as const;

export const ROUTES: Readonly<Record<string, Preset>> = {
  default: routes('cheapest routes of up to three links, half of them traps; links alone may be named', {
    taskOptions: MASKED,
  }),
  'think-4': routes('up to four thoughts, for nothing', { taskOptions: { ...MASKED, think: 4 } }),
  'think-8': routes('up to eight thoughts, for nothing', { taskOptions: { ...MASKED, think: 8 } }),
  'think-priced': routes('up to eight thoughts, a hundredth of the reward each', {
    taskOptions: { ...MASKED, think: 8, thinkPrice: 0.01 },
  }),
  failing: routes('links that fail with stated probabilities, seen after each token', {
    taskOptions: { ...MASKED, failing: true },
  }),
  'no-mask': routes('a missing link ends the episode: at first the agent names the goal at once'),
  'no-hindsight': routes('reinforcement alone: unsolved programs teach nothing more', {
    taskOptions: MASKED,
    hindsight: { weight: 0 },
  }),
  supervised: routes('imitation of cheapest routes, where a missing link ends the episode: what a teacher achieves', {
    algorithm: { name: 'imitation' },
    hindsight: { weight: 0, byAdvantage: false },
  }),
};
