// What each lane of an update practises. A curriculum sees outcomes only (`Outcomes`), and its state is plain data.

import type { Random } from '../core/random.ts';
import type { Draws } from './draws.ts';
import type { CurriculumState } from './state.ts';

export interface Curriculum {
  /**
   * Writes the level of every problem of update `update` (counted from 1). They are fresh problems as they come; writing
   * the update and number of an earlier one gives that one again.
   * @param random a stream of this update's own, the only source of chance.
   */
  assign(update: number, draws: Draws, random: Random): void;
  /** Is told what came of the lanes of an update, after each; absent where nothing is made of it. */
  observe?(outcomes: Outcomes): void;
  /**
   * Is told the share of each level that the agent solves greedily on the validation split.
   * @returns the level that this unlocks, if any.
   */
  evaluated(solved: readonly number[]): number | undefined;
  /** Whether every level is in the mix, so that training may be called finished. */
  readonly complete: boolean;
  /** Everything needed to go on, as plain data. */
  state: CurriculumState;
}

/** What came of the lanes of one update, while the agent explored; columns of [lanes]. */
export interface Outcomes {
  readonly update: number;
  /** The problem of each lane; lanes of a group have the same. */
  readonly draws: Draws;
  /** The exact verdict, 0 or 1. */
  readonly solved: ArrayLike<number>;
  /** The sum of the episode's rewards. */
  readonly rewards: ArrayLike<number>;
  /** Mean over the episode's tokens of |return − value|: how far the critic was off, all that is told of the network. */
  readonly surprises: ArrayLike<number>;
}

/** What makes a problem worth another try. */
export const REPLAY_SCORES = ['surprise', 'learnability'] as const;
export type ReplayScore = (typeof REPLAY_SCORES)[number];

/** The settings of each curriculum, by name. */
export type CurriculumConfig =
  | { readonly name: 'fixed'; readonly schedule: readonly number[]; readonly updatesPerEntry: number }
  | { readonly name: 'mastery'; readonly threshold: number; readonly newestShare: number }
  | { readonly name: 'uniform' }
  | { readonly name: 'learningProgress'; readonly window: number; readonly floor: number }
  | { readonly name: 'learnability'; readonly window: number; readonly floor: number }
  | {
      readonly name: 'replay';
      readonly replayShare: number;
      readonly score: ReplayScore;
      readonly capacity: number;
      readonly rankPower: number;
      readonly staleness: number;
    };
