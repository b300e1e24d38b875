// Presets of `expressions`: the default, the variants of the task, and every ingredient taken away by name.

import { constant, type Preset, type PresetInput } from './preset.ts';
import { READER, reader } from './reader.ts';

/** Presets of `expressions` that train for something else than the default: their sizes stand together here. */
const READERS = {
  eight: { updates: 20_000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 16_000 } } },
  digits: { updates: 6000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 4800 } } },
  extrapolate: { updates: 6000, algorithm: { uniform: { from: 0.3, to: 0.01, over: 4800 } } },
  // Most first tokens end an episode here: many episodes find the few that do not, and no price makes the end cheap.
  faults: { updates: 1500, batch: 512, algorithm: { uniform: { from: 0.1, to: 0.01, over: 1200 } } },
} as const satisfies Readonly<Record<string, PresetInput>>;

const FAULTY = { operators: 1, faults: 0.1, tokenPrice: 0 };

export const EXPRESSIONS: Readonly<Record<string, Preset>> = {
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
};
