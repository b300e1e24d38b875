// Presets of `calculator`: the recipe that works, and every ingredient of it taken away by name.

import { constant, type Preset } from './preset.ts';
import { recipe } from './recipe.ts';

export const CALCULATOR: Readonly<Record<string, Preset>> = {
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
  'learning-progress': recipe('levels by how fast success on them changes', {
    curriculum: { name: 'learningProgress' },
  }),
  learnability: recipe('levels by p (1 − p), how unsure their success is', { curriculum: { name: 'learnability' } }),
  replay: recipe('half of the problems given again, by how unsure their success is', {
    curriculum: { name: 'replay' },
  }),
  'no-memory': recipe('STO and RCL do nothing: level 2 is out of reach', { taskOptions: { memory: false } }),
  'no-masking': recipe('tokens after the answer are made and trained on', { algorithm: { afterEnd: 'train' } }),
  blind: recipe('every row sees the mean context of the batch, as published', { agent: { context: 'batch' } }),
};
