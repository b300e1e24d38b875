// A problem of `countdown`: numbers, a target that they reach, and which sets of numbers may be trained on.

import type { Random } from '../../core/random.ts';
import { fnv1a, splitOfHash } from '../holdOut.ts';
import type { Problem, Split } from '../task.ts';
import { apply, OPERATORS } from './search.ts';

export const LARGEST_NUMBER = 12;
export const LARGEST_TARGET = 200;

export interface CountdownProblem extends Problem {
  /** From 1 to 12, ascending, repeats allowed. */
  readonly numbers: readonly number[];
  /** From 1 to 200. */
  readonly target: number;
}

/** Whether problems ask for `value`. */
export const isTarget = (value: number): boolean => value >= 1 && value <= LARGEST_TARGET;

/** The split that a set of numbers belongs to, with all its targets: a fifth of the sets is held out, by a hash. */
export const splitOf = (ascending: readonly number[]): Split => splitOfHash(fnv1a(ascending.join()));

/**
 * Draws `count` independent numbers and applies them in that order by independent operators, until the value is a
 * target and the set of numbers is of `split`. So a target that many programs reach is asked for more often.
 */
export function drawProblem(level: number, count: number, split: Split, random: Random): CountdownProblem {
  for (;;) {
    const numbers: number[] = [];
    let value = 0;
    for (let i = 0; i < count; i++) {
      const number = 1 + random.below(LARGEST_NUMBER);
      value = i === 0 ? number : apply(random.below(OPERATORS), value, number);
      numbers.push(number);
    }
    if (!isTarget(value)) continue;
    numbers.sort((a, b) => a - b);
    if (splitOf(numbers) === split) return { level, numbers, target: value };
  }
}
