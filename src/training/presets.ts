// Named configurations of each task. The recipe that works, and every ingredient of it taken away by name.

import type { Config, DeepPartial } from './configSchema.ts';

/** Settings of a preset; `taskOptions` go to the task. */
export type PresetInput = DeepPartial<Omit<Config, 'task' | 'preset'>> & {
  readonly taskOptions?: Readonly<Record<string, unknown>>;
};

export interface Preset {
  /** One sentence for people. */
  readonly about: string;
  readonly config: PresetInput;
}

const constant = (value: number) => ({ from: value, to: value, over: 0 });

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
  optimiser: { rate: 2e-3, decay: { after: 1, to: 1 }, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
  curriculum: { name: 'mastery', threshold: 0.95, newestShare: 0.5 },
  evaluation: { every: 10, problems: 128, testProblems: 2000 },
  stop: { solved: 0.995, evaluations: 2 },
  checkpoint: { every: 50 },
} as const satisfies PresetInput;

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
  optimiser: { rate: 3e-4, decay: { after: 1, to: 1 }, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
  curriculum: { name: 'fixed', schedule: [0, 0, 0, 1, 1, 2], updatesPerEntry: 10 },
  evaluation: { every: 5, problems: 128, testProblems: 1000 },
  stop: null,
  checkpoint: { every: 50 },
} as const satisfies PresetInput;

const recipe = (about: string, change: PresetInput = {}): Preset => ({
  about,
  config: {
    ...RECIPE,
    ...change,
    algorithm: { ...RECIPE.algorithm, ...change.algorithm },
    agent: { ...RECIPE.agent, ...change.agent },
  },
});

/** What reading and compiling an expression takes: an agent that attends and points, hindsight, a falling rate. */
const READER = {
  /** A price per token, and hindsight in other words: with both, programs come out nearly as short as can be. */
  taskOptions: { tokenPrice: 0.05, hindsight: 'equal' },
  seed: 0,
  updates: 8500,
  batch: 192,
  agent: {
    name: 'pointer',
    hidden: 96,
    embedding: 48,
    encoder: 'gru',
    attention: true,
    pointer: true,
    feedback: 32,
    level: true,
  },
  algorithm: {
    name: 'a2c',
    baseline: 'step',
    discount: 1,
    lambda: 0.95,
    policyMean: 'token',
    valueWeight: 0.5,
    entropy: constant(0),
    uniform: { from: 0.3, to: 0.005, over: 6800 },
    normaliseAdvantages: true,
    afterEnd: 'mask',
  },
  hindsight: { weight: 1, byAdvantage: true },
  optimiser: { rate: 2e-3, decay: { after: 0.5, to: 0.1 }, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
  // Low: three operators have few structures to train on, and who knows those by heart waits for ever at a high one.
  curriculum: { name: 'mastery', threshold: 0.5, newestShare: 0.5 },
  evaluation: { every: 50, problems: 100, testProblems: 1000 },
  stop: null,
  checkpoint: { every: 250 },
} as const satisfies PresetInput;

/** `READER` with some settings changed, branch by branch. */
const reader = (about: string, change: PresetInput = {}): Preset => ({
  about,
  config: {
    ...READER,
    ...change,
    taskOptions: { ...READER.taskOptions, ...change.taskOptions },
    agent: { ...READER.agent, ...change.agent },
    hindsight: { ...READER.hindsight, ...change.hindsight },
    algorithm: change.algorithm?.name === 'imitation' ? change.algorithm : { ...READER.algorithm, ...change.algorithm },
  },
});

/** Presets of `expressions` that train for something else than the default: their sizes stand together here. */
const READERS = {
  eight: { updates: 20_000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 16_000 } } },
  digits: { updates: 6000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 4800 } } },
  extrapolate: { updates: 6000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 4800 } } },
  // Most first tokens end an episode here: many episodes find the few that do not, and no price makes the end cheap.
  faults: { updates: 1500, batch: 512, algorithm: { uniform: { from: 0.1, to: 0.01, over: 1200 } } },
} as const satisfies Readonly<Record<string, PresetInput>>;

const FAULTY = { operators: 1, faults: 0.1, tokenPrice: 0 };

const OWN_TASK: Readonly<Record<string, Preset>> = {
  default: recipe('the recipe that solves calculator, with twice the updates', { updates: 1200 }),
};

const PRESETS: Readonly<Record<string, Readonly<Record<string, Preset>>>> = {
  calculator: {
    default: recipe('the recipe that solves all three levels'),
    'entropy-bonus': recipe('an entropy bonus instead of the divergence from uniform', {
      algorithm: { uniform: constant(0), entropy: { from: 0.1, to: 0.01, over: 600 } },
    }),
    'summed-baseline': recipe('the published baseline: one sum of values for the whole episode', {
      algorithm: { baseline: 'summed' },
    }),
    'normalised-advantages': recipe('advantages brought to mean 0 and deviation 1', {
      algorithm: { normaliseAdvantages: true },
    }),
    'no-shaping': recipe('reward for the answer alone, no milestones', { taskOptions: { milestones: 0 } }),
    'fixed-stages': recipe('the published schedule instead of mastery, over the same updates', {
      curriculum: { name: 'fixed', schedule: [0, 0, 0, 1, 1, 2], updatesPerEntry: 100 },
    }),
    'no-curriculum': recipe('all levels from the start', { curriculum: { name: 'uniform' } }),
    'no-memory': recipe('STO and RCL do nothing: level 2 is out of reach', { taskOptions: { memory: false } }),
    'no-masking': recipe('tokens after the answer are made and trained on', { algorithm: { afterEnd: 'train' } }),
    blind: recipe('every row sees the mean context of the batch, as published', { agent: { context: 'batch' } }),
  },
  expressions: {
    default: reader('up to six operators in any order: planning learnt from the problem'),
    eight: reader('up to eight operators', { ...READERS.eight, taskOptions: { operators: 8 } }),
    digits: reader('literal digits, up to four operators: right for these digits is enough', {
      ...READERS.digits,
      taskOptions: { operands: 'digits', operators: 4 },
    }),
    extrapolate: reader('up to four operators, to be tried on more', {
      ...READERS.extrapolate,
      taskOptions: { operators: 4 },
    }),
    'class-split': reader('whole algebraic classes held out instead of structures', {
      taskOptions: { split: 'class' },
    }),
    'faults-open': reader('one operator, keys that fail one time in ten, unseen: at most 0.81', {
      ...READERS.faults,
      taskOptions: { ...FAULTY, loop: 'open' },
    }),
    'faults-closed': reader('one operator, keys that fail one time in ten, seen after each token', {
      ...READERS.faults,
      taskOptions: { ...FAULTY, loop: 'closed' },
    }),
    'no-memory': reader('no STO and RCL: only what a chain from left to right computes is within reach', {
      taskOptions: { memory: 'none' },
    }),
    'no-order': reader('the context as a bag of tokens: their mean instead of a recurrent encoder', {
      agent: { encoder: 'mean' },
    }),
    'no-attention': reader('no attention over the encoded context', { agent: { attention: false } }),
    'no-pointer': reader('operands chosen by name alone, not pointed at in the context', { agent: { pointer: false } }),
    'no-curriculum': reader('all levels from the start', { curriculum: { name: 'uniform' } }),
    'no-shaping': reader('no reward for parts: solved or nothing', { taskOptions: { partial: 0 } }),
    'no-hindsight': reader('reinforcement alone: unsolved programs teach nothing more', { hindsight: { weight: 0 } }),
    'hindsight-only': reader('hindsight alone: rewards train the values, not the policy', {
      algorithm: { policyWeight: 0 },
    }),
    'no-mask': reader('every key may be chosen; one that cannot act costs its token', { taskOptions: { mask: false } }),
    'entropy-bonus': reader('an entropy bonus instead of the divergence from uniform', {
      algorithm: { uniform: constant(0), entropy: { from: 0.05, to: 0.005, over: READER.algorithm.uniform.over } },
    }),
    'closed-loop': reader('the machine’s state seen after each token', { taskOptions: { loop: 'closed' } }),
    supervised: reader('imitation of shortest programs: what a teacher achieves', {
      algorithm: { name: 'imitation' },
      hindsight: { weight: 0, byAdvantage: false },
    }),
  },
  tutorial: {
    default: { about: 'as published, defects included', config: PUBLISHED },
    'own-context': {
      about: 'as published, but every row sees its own problem',
      config: { ...PUBLISHED, agent: { name: 'recurrent', hidden: 96, context: 'padded' } },
    },
    recipe: recipe('the working recipe on the published machine and reward'),
  },
};

/** The presets of a task; one's own task has `default`. */
export function presetsOf(task: string): Readonly<Record<string, Preset>> {
  return Object.hasOwn(PRESETS, task) ? PRESETS[task]! : OWN_TASK;
}
