// Presets of `routes`: the default, what thinking is worth, links that fail, and what a teacher achieves.

import type { Preset, PresetInput } from './preset.ts';
import { READER, reader } from './reader.ts';

const UPDATES = 6000;

/** The reader's recipe without its options of another task. */
function routes(about: string, change: PresetInput = {}): Preset {
  const { config } = reader(about, {
    updates: UPDATES,
    algorithm: { policyWeight: 0.2, uniform: { from: 0.1, to: 0.005, over: 0.8 * UPDATES } },
    curriculum: { name: 'uniform' },
    evaluation: { ...READER.evaluation, problems: 300 },
    ...change,
    // How many links the cheapest route has is for the agent to find out.
    agent: { level: false, ...change.agent },
  });
  return { about, config: { ...config, taskOptions: { ...change.taskOptions } } };
}

export const ROUTES: Readonly<Record<string, Preset>> = {
  default: routes('cheapest routes of up to three links, half of them traps, without a thought'),
  'think-4': routes('up to four thoughts, for nothing', { taskOptions: { think: 4 } }),
  'think-8': routes('up to eight thoughts, for nothing', { taskOptions: { think: 8 } }),
  'think-priced': routes('up to eight thoughts, a hundredth of the reward each', {
    taskOptions: { think: 8, thinkPrice: 0.01 },
  }),
  failing: routes('links that fail with stated probabilities, seen after each token', {
    taskOptions: { failing: true },
  }),
  'level-told': routes('the agent is told how many links the cheapest route has', { agent: { level: true } }),
  'no-hindsight': routes('reinforcement alone: unsolved programs teach nothing more', { hindsight: { weight: 0 } }),
  supervised: routes('imitation of cheapest routes: what a teacher achieves', {
    algorithm: { name: 'imitation' },
    hindsight: { weight: 0, byAdvantage: false },
  }),
};
