// Every level from the start, equally often: no curriculum.

import type { Curriculum, CurriculumConfig } from './curriculum.ts';

export function uniform(_config: Extract<CurriculumConfig, { name: 'uniform' }>, levels: number): Curriculum {
  return {
    assign(_update, { levels: lanes }, random) {
      for (let lane = 0; lane < lanes.length; lane++) lanes[lane] = random.below(levels);
    },
    evaluated: () => undefined,
    complete: true,
    state: { top: levels - 1 },
  };
}
