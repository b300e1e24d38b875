// The curricula by name.

import { lookUp } from '../core/errors.ts';
import type { Curriculum, CurriculumConfig } from './curriculum.ts';
import { fixed } from './fixed.ts';
import { learnability } from './learnability.ts';
import { learningProgress } from './learningProgress.ts';
import { mastery } from './mastery.ts';
import { replay } from './replay.ts';
import { uniform } from './uniform.ts';

type Table = {
  readonly [N in CurriculumConfig['name']]: (
    config: Extract<CurriculumConfig, { name: N }>,
    levels: number,
  ) => Curriculum;
};

/** To add a curriculum: a file beside this one, its settings in curriculum.ts, its state in state.ts, and one line here. */
export const CURRICULA: Table = { fixed, mastery, uniform, learningProgress, learnability, replay };

/** @param levels how many the task has. */
export function createCurriculum(config: CurriculumConfig, levels: number): Curriculum {
  const create = lookUp('curriculum', config.name, CURRICULA) as (config: CurriculumConfig, n: number) => Curriculum;
  return create(config, levels);
}
