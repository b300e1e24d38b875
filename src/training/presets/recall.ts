// Presets of `recall`: one for each of the games, easy; `taskOptions` of the same names give the harder ones.

import { changedAlgorithm, constant, type Preset, type PresetInput } from './preset.ts';

/** Remembering over tens of steps. */
const MEMORY = {
  seed: 0,
  updates: 3000,
  batch: 192,
  agent: { name: 'recurrent', hidden: 96, context: 'row' },
  algorithm: {
    name: 'a2c',
    baseline: 'step',
    discount: 0.99,
    lambda: 0.95,
    policyMean: 'token',
    valueWeight: 0.5,
    entropy: constant(0),
    uniform: { from: 0.1, to: 0.005, over: 2400 },
    normaliseAdvantages: true,
    afterEnd: 'mask',
  },
  hindsight: { weight: 0, byAdvantage: false },
  optimiser: {
    rate: 2e-3,
    decay: { after: 0.5, to: 0.1 },
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
    clip: 1,
  },
  curriculum: { name: 'uniform' },
  evaluation: { every: 50, problems: 128, testProblems: 2000 },
  stop: { solved: 0.995, evaluations: 2 },
  checkpoint: { every: 250 },
} as const satisfies PresetInput;

/** `MEMORY` with some settings changed, branch by branch. */
const memory = (about: string, change: PresetInput = {}): Preset => ({
  about,
  config: {
    ...MEMORY,
    ...change,
    agent: { ...MEMORY.agent, ...change.agent },
    algorithm: changedAlgorithm(MEMORY.algorithm, change.algorithm),
    optimiser: { ...MEMORY.optimiser, ...change.optimiser },
  },
});

export const RECALL: Readonly<Record<string, Preset>> = {
  default: memory('RepeatPrevious easy: the suit of the card three back'),
  'repeat-first': memory('RepeatFirst easy: the suit of the first card', { taskOptions: { game: 'repeat-first' } }),
  autoencode: memory('Autoencode easy: 52 suits from the last to the first', { taskOptions: { game: 'autoencode' } }),
  'count-recall': memory('CountRecall easy: how many of a colour', { taskOptions: { game: 'count-recall' } }),
};
