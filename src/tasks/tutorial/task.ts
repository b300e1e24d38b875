// `tutorial`: the published task to the letter, defects included, so that anyone can see them.

import { z } from 'zod';
import { digitLabels } from '../digitLabels.ts';
import {
  DIGIT_LEVELS,
  DIGIT_VOCABULARY,
  type DigitProblem,
  describeDigitProblem,
  digitContext,
  digitsOf,
  parseDigitProblem,
  TOKEN,
} from '../digitProblem.ts';
import type { Task } from '../task.ts';
import { STEP_LIMIT, tutorialMachine } from './machine.ts';

export const tutorialOptions = z.strictObject({
  /** Tokens the agent emits: 6 as published; the environment itself reads at most 7. */
  programLimit: z.int().min(1).max(STEP_LIMIT).default(6),
});
export type TutorialOptions = z.output<typeof tutorialOptions>;

export const TUTORIAL_TITLE = 'The published tutorial’s task to the letter: it pays for wrong answers.';

/**
 * The published task. All five digits are drawn at every stage, as published, though only those shown have an effect.
 * As published there are no splits: train, validation and test are the same distribution.
 */
export function tutorialTask(options: Partial<TutorialOptions> = {}): Task<DigitProblem> {
  const { programLimit } = tutorialOptions.parse(options);
  const task = {
    name: 'tutorial',
    title: TUTORIAL_TITLE,
    vocabulary: DIGIT_VOCABULARY,
    start: TOKEN.CTX,
    levels: DIGIT_LEVELS,
    contextLimit: 6,
    padding: TOKEN.EOS,
    programLimit,
    observation: [],
    masked: false,
    sample: (level, _split, random) => ({ level, digits: digitsOf(random.below(100_000), 5) }),
    context: digitContext,
    machine: (lanes) => tutorialMachine(lanes, programLimit),
    describe: describeDigitProblem,
    parse: (text, level) => {
      const { level: stage, digits } = parseDigitProblem(text, level);
      return { level: stage, digits: [...digits, 0, 0].slice(0, 5) };
    },
    example: '3 4 5 6 7',
  } satisfies Task<DigitProblem>;
  return { ...task, labels: digitLabels(task) };
}
