// Which level each lane of an update gets. A curriculum sees outcomes only, and its state is plain data.

import type { Random } from '../core/random.ts';

export interface Curriculum {
  /** Writes a level for every lane of update `update` (counted from 1). */
  assign(update: number, levels: Int32Array, random: Random): void;
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

/** Levels 0 to `top` are open. */
export interface CurriculumState {
  readonly top: number;
}

/** The settings of each curriculum, by name. */
export type CurriculumConfig =
  | { readonly name: 'fixed'; readonly schedule: readonly number[]; readonly updatesPerEntry: number }
  | { readonly name: 'mastery'; readonly threshold: number; readonly newestShare: number }
  | { readonly name: 'uniform' };
