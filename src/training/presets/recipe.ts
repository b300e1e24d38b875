// The recipe that solves `calculator`, and what one's own task starts from.

import { ADAM, constant, type PresetInput, presetsFrom } from './preset.ts';

/** The working recipe: per-step critic, a floor under exploration, mastery curriculum, masking after the answer. */
const RECIPE = {
  seed: 0,
  updates: 600,
  batch: 192,
  agent: { name: 'recurrent', hidden: 96, context: 'row' },
  algorithm: {
    name: 'a2c',
    baseline: 'step',
    discount: 1,
    lambda: 1,
    policyMean: 'episode',
    valueWeight: 0.5,
    entropy: constant(0),
    uniform: { from: 0.3, to: 0.02, over: 800 },
    normaliseAdvantages: false,
    afterEnd: 'mask',
  },
  hindsight: { weight: 0, byAdvantage: false },
  optimiser: {
    rate: 2e-3,
    decay: { after: 1, to: 1 },
    ...ADAM,
  },
  curriculum: { name: 'mastery', threshold: 0.95, newestShare: 0.5 },
  evaluation: { every: 10, problems: 128, testProblems: 2000 },
  stop: { solved: 0.995, evaluations: 2 },
  checkpoint: { every: 50 },
} as const satisfies PresetInput;

/** `RECIPE` with some settings changed. */
export const recipe = presetsFrom(RECIPE);
