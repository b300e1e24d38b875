// Reads a person's own problem: `3 5 7 11 = 98`.

import { InnerloopError } from '../../core/errors.ts';
import { type CountdownOptions, numbersAt } from './options.ts';
import { type CountdownProblem, isTarget, LARGEST_NUMBER, LARGEST_TARGET } from './problem.ts';
import { findProgram } from './search.ts';

/**
 * Numbers apart by spaces or commas, `=` and the target; how many numbers there are chooses the level.
 * @throws InnerloopError on anything else, on as many numbers as no level has, and on a target out of reach.
 */
export function parseCountdown(text: string, level: number | undefined, options: CountdownOptions): CountdownProblem {
  const refuse = (expected: string, hint?: string): never => {
    throw new InnerloopError({
      kind: 'invalid',
      what: 'problem',
      expected,
      received: `"${text}"`,
      ...(hint && { hint }),
    });
  };
  const [left, right, ...rest] = text.split('=').map((part) => part.split(/[\s,]+/).filter((word) => word !== ''));
  const words = [...(left ?? []), ...(right ?? [])];
  if (right?.length !== 1 || rest.length > 0 || !words.every((word) => /^[0-9]{1,3}$/.test(word))) {
    refuse('numbers, = and a target, as in "3 5 7 = 56"');
  }
  const numbers = left!.map(Number).sort((a, b) => a - b);
  const target = Number(right![0]);
  if (!numbers.every((number) => number >= 1 && number <= LARGEST_NUMBER)) {
    refuse(`numbers from 1 to ${LARGEST_NUMBER}`);
  }
  if (!isTarget(target)) refuse(`a target from 1 to ${LARGEST_TARGET}`);
  const least = level === undefined ? options.fewest : numbersAt(level, options);
  const most = level === undefined ? options.numbers : least;
  if (numbers.length < least || numbers.length > most) {
    const range = least === most ? `${least}` : `${least} to ${most}`;
    refuse(`${range} numbers`, level === undefined ? 'options fewest and numbers of the task set how many' : undefined);
  }
  if (findProgram(numbers, target) === undefined) {
    refuse('a target that the numbers reach', 'every number is used once, by +, − and × from left to right');
  }
  return { level: numbers.length - options.fewest, numbers, target };
}
