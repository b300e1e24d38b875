// What a training tells, as it happens. Every consumer (terminal, run directory, page, sweep) reads this one stream;
// events survive structured cloning.

import type { PricedScore } from '../evaluation/accuracy.ts';
import type { Config } from './configSchema.ts';

export type TrainEvent =
  | {
      readonly type: 'started';
      readonly config: Config;
      /** How many numbers are trained. */
      readonly parameters: number;
      /** The last update already done: 0, or that of the checkpoint resumed from. */
      readonly update: number;
      readonly threads: number;
    }
  | UpdateEvent
  | EvaluationEvent
  | { readonly type: 'levelUnlocked'; readonly update: number; readonly level: number; readonly name: string }
  | { readonly type: 'checkpoint'; readonly update: number; readonly bytes: Uint8Array }
  | WarningEvent
  | FinishedEvent;

/** What a monitor saw, or anything else that a person should know of. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly update: number;
  /** One sentence, with the number and what it was held against. */
  readonly message: string;
  /** `note` where nothing is amiss; absent: `warning`. */
  readonly severity?: 'warning' | 'note';
  readonly kind?:
    | 'inputBlindness'
    | 'fixedProgram'
    | 'entropyCollapse'
    | 'rewardSpreadCollapse'
    | 'gradientSpike'
    | 'zeroSpreadGroups';
  /** The level that it is about, by name. */
  readonly level?: string;
  readonly value?: number;
  readonly threshold?: number;
  /** What to do about it. */
  readonly hint?: string;
}

export interface UpdateEvent {
  readonly type: 'update';
  /** Counts from 1. */
  readonly update: number;
  /** Episodes so far. */
  readonly episodes: number;
  /** Seconds of training so far, earlier sessions included. */
  readonly seconds: number;
  /** Lanes given to each level. */
  readonly lanes: readonly number[];
  /** Share of those that were solved while exploring; `null` where a level had no lane. */
  readonly solved: readonly (number | null)[];
  /** Mean reward per episode. */
  readonly reward: number;
  /** Standard deviation of the episodes' rewards around the mean of their level. */
  readonly rewardSpread: number;
  /** Mean tokens per episode that took part in the losses. */
  readonly tokens: number;
  readonly policyLoss: number;
  readonly valueLoss: number;
  /** Mean entropy of the policy, in nats per token. */
  readonly entropy: number;
  /** Groups whose episodes all earned the same, and so taught nothing; absent where groups are not compared. */
  readonly zeroSpreadGroups?: number;
  /** How far the policy went in one update; absent where no ratio is clipped. */
  readonly surrogate?: {
    /** Optimiser steps taken. */
    readonly steps: number;
    /** Share of tokens whose ratio was clipped, mean over the steps. */
    readonly clipped: number;
    /** Estimate of KL(π_old ‖ π) per token, in nats, before the last step or the one that it forbade. */
    readonly divergence: number;
  };
  /** Unsolved programs that were learnt as solved examples of something else, and their cross-entropy per token. */
  readonly hindsight: { readonly examples: number; readonly crossEntropy: number } | null;
  /**
   * Episodes of the past that were learnt again, at each optimiser step; the share of their tokens that earned more than
   * the critic expects, and their cross-entropy per token. Absent without self-imitation.
   */
  readonly selfImitation?: { readonly episodes: number; readonly better: number; readonly crossEntropy: number };
  /** Global norm before clipping. */
  readonly gradientNorm: number;
}

/** Greedy play on the validation split, which curricula and tuning may look at. */
export interface EvaluationEvent {
  readonly type: 'evaluation';
  readonly update: number;
  readonly episodes: number;
  readonly seconds: number;
  readonly levels: readonly PricedScore[];
}

export interface FinishedEvent {
  readonly type: 'finished';
  /** `interrupted` when the caller's signal stopped it; a checkpoint was told just before. */
  readonly status: 'finished' | 'interrupted';
  /** SHA-256 of the parameters in state-dict order, little-endian float32, in hexadecimal. */
  readonly hash: string;
  readonly updates: number;
  readonly episodes: number;
  readonly seconds: number;
  /** Greedy play on fresh problems of the test split; empty when interrupted. */
  readonly levels: readonly PricedScore[];
}
