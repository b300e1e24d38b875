// Presets of `expressions`: the default, the variants of the task, and every ingredient taken away by name.

import { ALGORITHMS } from './algorithms.ts';
import { constant, type Preset, type PresetInput, presetsFrom } from './preset.ts';
import { READER } from './reader.ts';

/** With a price per token and hindsight in other words, programs come out nearly as short as can be. */
const reader = presetsFrom({ ...READER, taskOptions: { tokenPrice: 0.05, hindsight: 'equal' } });

/**
 * Without a price and with examples as they are traced, programs are longer and more alike: that is what carries over to
 * problems of another length, and to digits, where a short cut for some digits is none for others.
 */
const PLAIN = { operators: 4, tokenPrice: 0, hindsight: 'traced' } as const;

/** Presets of `expressions` that train for something else than the default: their sizes stand together here. */
const READERS = {
  eight: { updates: 20_000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 16_000 } } },
  digits: { updates: 3000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 2400 } } },
  // Nothing that asks more of long problems than of short ones: no level is told, no summary has to hold the context. A
  // low rate, decaying weights and short problems as frequent as long ones keep the agent from learning n ≤ 4 by heart.
  extrapolate: {
    updates: 4000,
    agent: { level: false, summary: false },
    algorithm: { uniform: { from: 0.3, to: 0.1, over: 3200 } },
    optimiser: { rate: 1e-3, decay: { after: 0.3, to: 0.02 }, weightDecay: 0.3 },
    curriculum: { name: 'mastery', threshold: 0.5, newestShare: 0.25 },
  },
  transformer: {
    updates: 1500,
    agent: { name: 'transformer', hidden: 64, layers: 2, heads: 4, inner: 128, level: true },
    algorithm: { uniform: { from: 0.3, to: 0.02, over: 1200 } },
    optimiser: { rate: 1e-3 },
  },
  // Most first tokens end an episode here: many episodes find the few that do not, and no price makes the end cheap.
  faults: { updates: 1500, batch: 512, algorithm: { uniform: { from: 0.1, to: 0.01, over: 1200 } } },
} as const satisfies Readonly<Record<string, PresetInput>>;

const FAULTY = { operators: 1, faults: 0.1, tokenPrice: 0 };

export const EXPRESSIONS: Readonly<Record<string, Preset>> = {
  default: reader('up to six operators in any order: planning learnt from the problem'),
  'think-4': reader('up to four thoughts, for nothing', { taskOptions: { think: 4 } }),
  eight: reader('up to eight operators', { ...READERS.eight, taskOptions: { operators: 8 } }),
  digits: reader('literal digits, up to four operators: right for these digits is enough', {
    ...READERS.digits,
    taskOptions: { ...PLAIN, operands: 'digits' },
  }),
  extrapolate: reader('up to four operators, to be tried on more', {
    ...READERS.extrapolate,
    taskOptions: PLAIN,
  }),
  transformer: reader('up to four operators, read and written as one sequence by a causal transformer', {
    ...READERS.transformer,
    taskOptions: PLAIN,
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
  'learning-progress': reader('levels by how fast success on them changes', {
    curriculum: { name: 'learningProgress' },
  }),
  learnability: reader('levels by p (1 − p), how unsure their success is', { curriculum: { name: 'learnability' } }),
  replay: reader('half of the problems given again, by how unsure their success is', {
    curriculum: { name: 'replay' },
  }),
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
  ...ALGORITHMS,
};
