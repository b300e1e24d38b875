// `countdown`: reach a target with a few numbers, each used once, by +, − and × from left to right.

import type { z } from 'zod';
import type { Random } from '../../core/random.ts';
import type { Level, Split, Task } from '../task.ts';
import { hindsight } from './hindsight.ts';
import { COUNTDOWN_LABELS } from './labels.ts';
import { countdownMachine, OBSERVATION } from './machine.ts';
import { type CountdownOptions, countdownOptions, MOST_NUMBERS, numbersAt, programLength } from './options.ts';
import { parseCountdown } from './parse.ts';
import { type CountdownProblem, drawProblem } from './problem.ts';
import { findProgram } from './search.ts';
import { countdownStudy } from './study.ts';
import { numberToken, programTokens, TOKEN, targetTokens, VOCABULARY } from './vocabulary.ts';

export { countdownOptions } from './options.ts';

export const COUNTDOWN_TITLE = 'Reach a target with a few numbers, each used once, by +, − and × from left to right.';

const EXAMPLES = ['3 7 = 21', '3 5 7 = 56', '2 3 5 11 = 50'];

function levelsOf(options: CountdownOptions): Level[] {
  return Array.from({ length: options.numbers - options.fewest + 1 }, (_, level) => {
    const count = numbersAt(level, options);
    return { name: `k=${count}`, goal: `${count} numbers, one target` };
  });
}

/** The task, with its options' defaults filled in. */
export function countdownTask(options: Partial<z.output<typeof countdownOptions>> = {}): Task<CountdownProblem> {
  const parsed = countdownOptions.parse(options);
  return {
    name: 'countdown',
    title: COUNTDOWN_TITLE,
    vocabulary: VOCABULARY,
    start: TOKEN.START,
    levels: levelsOf(parsed),
    contextLimit: parsed.numbers + 3,
    padding: TOKEN.PAD,
    programLimit: programLength(parsed.numbers),
    observation: parsed.loop === 'closed' ? OBSERVATION : [],
    masked: true,
    sample: (level: number, split: Split, random: Random) =>
      drawProblem(level, numbersAt(level, parsed), split, random),
    context: ({ numbers, target }) => [...numbers.map(numberToken), ...targetTokens(target)],
    machine: (lanes) => countdownMachine(lanes, parsed),
    describe: ({ numbers, target }) => `${numbers.join(' ')} = ${target}`,
    parse: (text, level) => parseCountdown(text, level, parsed),
    example: EXAMPLES[parsed.fewest - 2] ?? '1 2 3 4 5 = 15',
    hindsight,
    teach({ numbers, target }) {
      const chain = findProgram(numbers, target);
      return chain && programTokens(chain.numbers, chain.operators);
    },
    study: countdownStudy(parsed),
    labels: COUNTDOWN_LABELS,
    extended: () => countdownTask({ ...parsed, numbers: MOST_NUMBERS }),
  };
}
