// `calculator`: the tutorial's tokens, problems and printed targets, with a machine on which its claims can be true.

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
  problemsOf,
  shownDigits,
  TOKEN,
} from '../digitProblem.ts';
import type { Split, Task } from '../task.ts';
import { calculatorMachine } from './machine.ts';

export const calculatorOptions = z.strictObject({
  /** Whether `STO` and `RCL` work; false is the ablation without memory. */
  memory: z.boolean().default(true),
  /** Weight of the share of milestones passed in the reward; 0 is no shaping. */
  milestones: z.number().min(0).default(1),
});
export type { CalculatorOptions } from './machine.ts';

export const CALCULATOR_TITLE = 'The tutorial’s three targets on a machine with a real memory: solved means right.';

const CONTEXT_LENGTH = 6;

/** Tokens an episode may take: one more than the program that is right at the last level. */
export const CALCULATOR_PROGRAM_LIMIT = 8;

/**
 * The split that a problem belongs to: eight, one and one parts in ten of the digit tuples of a level, by a hash
 * (MurmurHash3's finaliser), so that no problem that is reported on was trained on.
 */
export function splitOf({ level, digits }: DigitProblem): Split {
  let hash = level + 1;
  for (let i = 0; i < shownDigits(level); i++) hash = hash * 10 + digits[i]!;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  const part = ((hash ^ (hash >>> 16)) >>> 0) % 10;
  if (part < 8) return 'train';
  return part === 8 ? 'validation' : 'test';
}

/** The repaired task. Its problems hold only the digits they show. */
export function calculatorTask(options: Partial<z.output<typeof calculatorOptions>> = {}): Task<DigitProblem> {
  const parsed = calculatorOptions.parse(options);
  const task = {
    name: 'calculator',
    title: CALCULATOR_TITLE,
    vocabulary: DIGIT_VOCABULARY,
    start: TOKEN.CTX,
    levels: DIGIT_LEVELS,
    contextLimit: CONTEXT_LENGTH,
    padding: TOKEN.EOS,
    programLimit: CALCULATOR_PROGRAM_LIMIT,
    observation: [],
    masked: false,
    sample(level, split, random) {
      const shown = shownDigits(level);
      for (;;) {
        const problem = { level, digits: digitsOf(random.below(problemsOf(level)), shown) };
        if (splitOf(problem) === split) return problem;
      }
    },
    // Filled up here, and so part of what is seen: its length tells nothing and there is no padding to leave out.
    context: (problem) => [...digitContext(problem), TOKEN.EOS, TOKEN.EOS].slice(0, CONTEXT_LENGTH),
    machine: (lanes) => calculatorMachine(lanes, CALCULATOR_PROGRAM_LIMIT, parsed),
    describe: describeDigitProblem,
    parse: parseDigitProblem,
    example: '3 4 5 6 7',
  } satisfies Task<DigitProblem>;
  return { ...task, labels: digitLabels(task) };
}
