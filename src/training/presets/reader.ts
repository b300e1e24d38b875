// What tasks start from whose problems have to be read.

import { ADAM, constant, type PresetInput } from './preset.ts';

/** What reading and compiling takes: an agent that attends and points, hindsight, a falling rate. */
export const READER = {
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
    summary: true,
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
  optimiser: {
    rate: 2e-3,
    decay: { after: 0.5, to: 0.1 },
    ...ADAM,
  },
  // Low: three operators have few structures to train on, and who knows those by heart waits for ever at a high one.
  curriculum: { name: 'mastery', threshold: 0.5, newestShare: 0.5 },
  evaluation: { every: 50, problems: 100, testProblems: 1000 },
  stop: null,
  checkpoint: { every: 250 },
} as const satisfies PresetInput;
