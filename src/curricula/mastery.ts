// Mastery: a level opens when the newest one is solved; the earlier ones stay in the mix, so that they are not forgotten.

import { assert } from '../core/assert.ts';
import type { Curriculum, CurriculumConfig } from './curriculum.ts';
import type { CurriculumState } from './state.ts';

/** A lane gets the newest level with probability `newestShare`, else any open level (the newest included) equally. */
export function mastery(config: Extract<CurriculumConfig, { name: 'mastery' }>, levels: number): Curriculum {
  let top = 0;
  return {
    assign(_update, { levels: lanes }, random) {
      for (let lane = 0; lane < lanes.length; lane++) {
        const newest = random.uniform() < config.newestShare;
        lanes[lane] = newest ? top : random.below(top + 1);
      }
    },
    evaluated(solved) {
      if (top === levels - 1 || solved[top]! < config.threshold) return undefined;
      top++;
      return top;
    },
    get complete() {
      return top === levels - 1;
    },
    get state(): CurriculumState {
      return { top };
    },
    set state(state: CurriculumState) {
      assert('top' in state, 'the state is not that of curriculum mastery');
      ({ top } = state);
    },
  };
}
