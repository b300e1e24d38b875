// Presets of `recall`: one for each of the games, easy. The harder ones: `--set task.options.difficulty=medium`.

import { ADAM, constant, type Preset, type PresetInput, presetsFrom } from './preset.ts';

/**
 * Remembering over tens of steps. No answer changes what comes after it, so its own reward is all that it can be
 * credited with: a discount of 0 leaves out what would be noise. Rewards are small, about 1/50: values count for more.
 */
const MEMORY = {
  seed: 0,
  updates: 1000,
  batch: 64,
  agent: { name: 'recurrent', hidden: 96, context: 'row' },
  algorithm: {
    name: 'a2c',
    baseline: 'step',
    discount: 0,
    lambda: 1,
    policyMean: 'token',
    valueWeight: 2,
    entropy: constant(0),
    uniform: { from: 0.1, to: 0.005, over: 800 },
    normaliseAdvantages: true,
    afterEnd: 'mask',
  },
  hindsight: { weight: 0, byAdvantage: false },
  optimiser: {
    rate: 2e-3,
    decay: { after: 0.5, to: 0.1 },
    ...ADAM,
  },
  curriculum: { name: 'uniform' },
  evaluation: { every: 50, problems: 128, testProblems: 2000 },
  stop: { solved: 0.995, evaluations: 2 },
  checkpoint: { every: 250 },
} as const satisfies PresetInput;

const memory = presetsFrom(MEMORY);

/** Games that are learnt slowly train for some minutes. */
const long = (updates: number): PresetInput => ({
  updates,
  algorithm: { uniform: { from: 0.1, to: 0.005, over: 0.8 * updates } },
});

export const RECALL: Readonly<Record<string, Preset>> = {
  default: memory('RepeatPrevious easy: the suit of the card three back'),
  'repeat-first': memory('RepeatFirst easy: the suit of the first card', { taskOptions: { game: 'repeat-first' } }),
  autoencode: memory('Autoencode easy: 52 suits from the last to the first', {
    ...long(20_000),
    taskOptions: { game: 'autoencode' },
  }),
  // Looking back over all that was shown, where a state would have to hold it: a card's place is all there is to find.
  transformer: memory('Autoencode easy by a causal transformer of one layer', {
    updates: 1500,
    taskOptions: { game: 'autoencode' },
    agent: { name: 'transformer', hidden: 64, layers: 1, heads: 8, inner: 128, level: false },
    algorithm: { uniform: { from: 0.1, to: 0.005, over: 1200 } },
    optimiser: { rate: 1e-3 },
  }),
  'count-recall': memory('CountRecall easy: how many of a colour', {
    ...long(20_000),
    taskOptions: { game: 'count-recall' },
  }),
};
