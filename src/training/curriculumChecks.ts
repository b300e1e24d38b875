// What the settings of a curriculum ask of the others, beyond what a schema can say.

import { InnerloopError } from '../core/errors.ts';
import { hasCritic } from './algorithmChecks.ts';
import type { Config } from './configSchema.ts';

/** @param levels how many the task has. @throws InnerloopError on combinations that cannot be. */
export function checkCurriculum({ algorithm, curriculum }: Config, levels: number): void {
  switch (curriculum.name) {
    case 'fixed': {
      const beyond = curriculum.schedule.find((level) => level >= levels);
      if (beyond === undefined) return;
      throw invalid('curriculum.schedule', `levels from 0 to ${levels - 1}`, `${beyond}`);
    }
    case 'mastery':
    case 'uniform':
      return;
    case 'learningProgress':
    case 'learnability':
    case 'replay': {
      if (algorithm.name === 'imitation') {
        const expected = "'fixed', 'mastery' or 'uniform' for imitation, under which every episode is solved";
        throw invalid('curriculum.name', expected, `'${curriculum.name}'`);
      }
      if (curriculum.name === 'replay' && curriculum.score === 'surprise' && !hasCritic(algorithm)) {
        const hint = 'or set algorithm.valueWeight above 0';
        throw invalid('curriculum.score', `'learnability' for ${algorithm.name} without a critic`, "'surprise'", hint);
      }
      return;
    }
    default:
      curriculum satisfies never;
  }
}

function invalid(what: string, expected: string, received: string, hint?: string): InnerloopError {
  return new InnerloopError({ kind: 'invalid', what, expected, received, ...(hint === undefined ? {} : { hint }) });
}
