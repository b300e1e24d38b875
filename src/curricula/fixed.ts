// The published schedule: one level at a time, by the clock, whatever has been learned.

import type { Curriculum, CurriculumConfig } from './curriculum.ts';

/** Level `schedule[i]` for `updatesPerEntry` updates each; the last entry stays. */
export function fixed(config: Extract<CurriculumConfig, { name: 'fixed' }>, levels: number): Curriculum {
  const { schedule, updatesPerEntry } = config;
  const state = { top: levels - 1 };
  return {
    assign(update, { levels: lanes }) {
      const entry = Math.min(schedule.length - 1, Math.floor((update - 1) / updatesPerEntry));
      lanes.fill(Math.min(levels - 1, schedule[entry]!));
    },
    evaluated: () => undefined,
    complete: true,
    state,
  };
}
