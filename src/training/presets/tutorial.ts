// Presets of `tutorial`.

import { ADAM, constant, type Preset, type PresetInput } from './preset.ts';
import { recipe } from './recipe.ts';

/** The tutorial as published: 60 updates through six stages of ten, with every defect. */
const PUBLISHED = {
  seed: 0,
  updates: 60,
  batch: 192,
  agent: { name: 'recurrent', hidden: 96, context: 'batch' },
  algorithm: {
    name: 'a2c',
    baseline: 'summed',
    discount: 1,
    lambda: 1,
    policyMean: 'episode',
    valueWeight: 0.5,
    entropy: constant(0.01),
    uniform: constant(0),
    normaliseAdvantages: false,
    afterEnd: 'train',
  },
  hindsight: { weight: 0, byAdvantage: false },
  optimiser: {
    rate: 3e-4,
    decay: { after: 1, to: 1 },
    ...ADAM,
  },
  curriculum: { name: 'fixed', schedule: [0, 0, 0, 1, 1, 2], updatesPerEntry: 10 },
  evaluation: { every: 5, problems: 128, testProblems: 1000 },
  stop: null,
  checkpoint: { every: 50 },
} as const satisfies PresetInput;

export const TUTORIAL: Readonly<Record<string, Preset>> = {
  default: { about: 'as published, defects included', config: PUBLISHED },
  'own-context': {
    about: 'as published, but every row sees its own problem',
    config: { ...PUBLISHED, agent: { name: 'recurrent', hidden: 96, context: 'padded' } },
  },
  recipe: recipe('the working recipe on the published machine and reward'),
};
