// The settings of a training and their ranges: a readonly tree, parsed once, with nothing derived written back.

import { z } from 'zod';
import { CONTEXT_VIEWS } from '../agents/actorCritic.ts';
import { REPLAY_SCORES } from '../curricula/curriculum.ts';
import { algorithmSchema } from './algorithmSchema.ts';

const count = z.int().min(1);
const share = z.number().min(0).max(1);

/** Every setting of a training, with its range. Defaults come from the task's presets (presets/). */
export const configSchema = z.strictObject({
  task: z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
  preset: z.string(),
  /** All randomness comes from streams of this number. */
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Updates at the most. */
  updates: count.max(10_000_000),
  /** Episodes per update. */
  batch: count.max(65_536),
  agent: z.discriminatedUnion('name', [
    z.strictObject({ name: z.literal('recurrent'), hidden: count.max(4096), context: z.enum(CONTEXT_VIEWS) }),
    z.strictObject({
      name: z.literal('pointer'),
      hidden: count.max(4096).multipleOf(16),
      embedding: count.max(4096).multipleOf(8),
      encoder: z.enum(['gru', 'mean']),
      attention: z.boolean(),
      pointer: z.boolean(),
      feedback: z.int().min(0).max(4096),
      /** Whether the agent is told the level. */
      level: z.boolean().default(true),
      /** Whether a program begins with a summary of the context. */
      summary: z.boolean().default(true),
    }),
    z.strictObject({
      name: z.literal('transformer'),
      hidden: count.max(4096).multipleOf(8),
      layers: count.max(64),
      heads: count.max(512),
      /** Width of the feed-forward halves. */
      inner: count.max(16_384),
      level: z.boolean().default(true),
    }),
  ]),
  algorithm: algorithmSchema,
  /** Unsolved programs as solved examples of what they do compute, learnt by cross-entropy, where a task can tell. */
  hindsight: z.strictObject({
    /** 0 is no hindsight. */
    weight: z.number().min(0),
    /** Whether a token counts by how much better the example did than the critic expects, or always fully. */
    byAdvantage: z.boolean(),
  }),
  /** Solved episodes of the agent's own past, learnt again where they earned more than the critic expects. */
  selfImitation: z
    .strictObject({
      /** 0 is no self-imitation. */
      weight: z.number().min(0).default(0),
      /** Weight of the critic's part, within it. */
      valueWeight: z.number().min(0).default(0.01),
      /** Episodes remembered; the oldest make room. */
      capacity: count.max(1_000_000).default(4096),
      /** Episodes replayed at every optimiser step. */
      episodes: count.max(65_536).default(96),
    })
    .prefault({}),
  optimiser: z.strictObject({
    rate: z.number().min(0),
    /** The rate is held for a share `after` of the updates, then falls linearly to `to` times itself at the last. */
    decay: z.strictObject({ after: share, to: share }),
    beta1: share.lt(1),
    beta2: share.lt(1),
    epsilon: z.number().min(0),
    /** Decoupled weight decay, as AdamW's. */
    weightDecay: z.number().min(0).default(0),
    /** Limit on the gradient's global norm. */
    clip: z.number().gt(0),
  }),
  curriculum: z.discriminatedUnion('name', [
    z.strictObject({
      name: z.literal('fixed'),
      schedule: z.array(z.int().min(0)).min(1),
      updatesPerEntry: count,
    }),
    z.strictObject({ name: z.literal('mastery'), threshold: share, newestShare: share }),
    z.strictObject({ name: z.literal('uniform') }),
    z.strictObject({
      name: z.literal('learningProgress'),
      /** Updates whose successes the slopes are taken over. */
      window: count.min(2).default(20),
      /** Share of the lanes that is spread equally over the levels. */
      floor: share.gt(0).default(0.2),
    }),
    z.strictObject({
      name: z.literal('learnability'),
      /** Updates over which successes are remembered: each counts 1 − 1/window of the one after it. */
      window: count.default(20),
      /** Share of the lanes that is spread equally over the levels. */
      floor: share.gt(0).default(0.2),
    }),
    z.strictObject({
      name: z.literal('replay'),
      /** Share of the problems that are given again; the others are fresh. */
      replayShare: share.default(0.5),
      /** What makes a problem worth it: mean |return − value|, or p (1 − p) of its tries. */
      score: z.enum(REPLAY_SCORES).default('learnability'),
      /** Problems in the buffer. */
      capacity: count.max(100_000).default(500),
      /** 1/β: problems are drawn by 1 / rank to this power. */
      rankPower: z.int().min(0).max(16).default(1),
      /** ρ: how much is drawn by how long ago a problem was last given, rather than by its rank. */
      staleness: share.default(0.1),
    }),
  ]),
  evaluation: z.strictObject({
    /** Updates between two evaluations on the validation split. */
    every: count,
    /** Validation problems per level. */
    problems: count,
    /** Fresh problems of the test split per level, once at the end. */
    testProblems: count,
  }),
  /** Training ends early once every level is solved at `solved` in `evaluations` evaluations in a row. */
  stop: z.strictObject({ solved: share, evaluations: count }).nullable(),
  checkpoint: z.strictObject({
    /** Updates between two checkpoints. */
    every: count,
  }),
});

/** A parsed configuration. */
export type Config = z.output<typeof configSchema>;

/** What may be left out, at any depth. */
export type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> }
    : T;
