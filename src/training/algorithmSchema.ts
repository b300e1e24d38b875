// The settings of each algorithm, their ranges, and defaults where a configuration names an algorithm and no more.

import { z } from 'zod';
import { POLICY_MEANS } from '../algorithms/objective.ts';

const count = z.int().min(1);
const share = z.number().min(0).max(1);
const weight = z.number().min(0);
const schedule = z.strictObject({
  from: z.number().min(0),
  to: z.number().min(0),
  /** Updates over which the value moves from `from` to `to`. */
  over: z.int().min(0),
});

const exploration = {
  /** Weight of the mean entropy per token, a bonus. */
  entropy: schedule.default({ from: 0, to: 0, over: 0 }),
  /** Weight of KL(uniform ‖ π) per token. */
  uniform: schedule.default({ from: 0.1, to: 0.01, over: 800 }),
};

/** Several optimiser steps for one batch. */
const passes = {
  /** Times that the batch is gone over. */
  epochs: count.max(64),
  /** Parts that it is cut into at each, at random; every part is an optimiser step. */
  minibatches: count.max(4096),
  /** Estimated KL(π_old ‖ π) per token beyond which an update takes no further step; `null` is never. */
  targetDivergence: z.number().gt(0).nullable().default(null),
  /** The ratio π/π_old counts between 1 − `low` and 1 + `high`. */
  clip: z.strictObject({ low: share, high: z.number().min(0) }).default({ low: 0.2, high: 0.2 }),
};

/** What the policy loss is a mean of; see algorithms/objective.ts. */
const policyMean = z.enum(POLICY_MEANS);
/** Weight of a critic that the policy's gradient does not look at, for what hindsight and self-imitation ask of one. */
const criticWeight = weight.default(0);
/** Episodes of one problem, compared with each other; the batch is a multiple. */
const group = z.int().min(2).max(4096);

export const algorithmSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('a2c'),
    baseline: z.enum(['step', 'summed']),
    discount: share,
    /** λ of generalised advantage estimation; 1 is the Monte Carlo return. */
    lambda: share,
    /** Whether the policy loss is a mean over episodes (of sums over tokens) or over tokens. */
    policyMean: z.enum(['episode', 'token']),
    /** Weight of the policy loss; 0 leaves the policy to the other losses. */
    policyWeight: weight.default(1),
    valueWeight: weight,
    entropy: schedule,
    uniform: schedule,
    normaliseAdvantages: z.boolean(),
    /** Whether tokens after the end of an episode are left out, or made and trained on as published. */
    afterEnd: z.enum(['mask', 'train']),
  }),
  z.strictObject({
    name: z.literal('ppo'),
    discount: share.default(1),
    /** λ of generalised advantage estimation. */
    lambda: share.default(0.95),
    policyMean: policyMean.default('token'),
    valueWeight: weight.default(0.5),
    /** How far a value may move from the one at the rollout; `null` is as far as it likes. */
    valueClip: z.number().gt(0).nullable().default(0.2),
    normaliseAdvantages: z.boolean().default(true),
    ...passes,
    epochs: passes.epochs.default(2),
    minibatches: passes.minibatches.default(2),
    ...exploration,
  }),
  z.strictObject({
    name: z.literal('grpo'),
    group: group.default(8),
    /** Whether a group's advantages are divided by their deviation; not in Dr. GRPO. */
    divideByDeviation: z.boolean().default(true),
    policyMean: policyMean.default('length'),
    valueWeight: criticWeight,
    ...passes,
    epochs: passes.epochs.default(1),
    minibatches: passes.minibatches.default(1),
    ...exploration,
  }),
  z.strictObject({
    name: z.literal('rloo'),
    group: group.default(8),
    policyMean: policyMean.default('token'),
    normaliseAdvantages: z.boolean().default(true),
    valueWeight: criticWeight,
    ...exploration,
  }),
  z.strictObject({
    name: z.literal('reinforce'),
    /** What is taken from a return, by level: nothing, the batch's mean, or the moving average of those before. */
    baseline: z.enum(['none', 'batch', 'moving']).default('moving'),
    /** Share of the moving average that a batch leaves standing. */
    keep: share.default(0.9),
    discount: share.default(1),
    policyMean: policyMean.default('token'),
    normaliseAdvantages: z.boolean().default(true),
    valueWeight: criticWeight,
    ...exploration,
    uniform: schedule.default({ from: 0.2, to: 0.01, over: 800 }),
  }),
  /** Imitates the task's own shortest programs: what reinforcement learning achieves with a teacher. */
  z.strictObject({ name: z.literal('imitation') }),
]);
