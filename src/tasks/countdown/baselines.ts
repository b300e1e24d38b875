// Players of `countdown` without learning, to compare agents with.

import type { Random } from '../../core/random.ts';
import type { Baseline, Result } from '../study.ts';
import type { CountdownProblem } from './problem.ts';
import { apply, findProgram, OPERATORS } from './search.ts';

const played = (solved: boolean): Result => ({ solved, reward: solved ? 1 : 0 });

/** The value of a program drawn uniformly from all. */
function randomValue(numbers: readonly number[], random: Random): number {
  const left = [...numbers];
  const take = () => left.splice(random.below(left.length), 1)[0]!;
  let value = take();
  while (left.length > 0) value = apply(random.below(OPERATORS), value, take());
  return value;
}

/**
 * What the greedy heuristic comes to: it starts from the largest number, and then takes the operator and number that
 * bring the value nearest to the target, the smallest number and the first of +, −, × among equals.
 */
export function greedyValue(numbers: readonly number[], target: number): number {
  const left = [...numbers].sort((a, b) => a - b);
  let value = left.pop()!;
  while (left.length > 0) {
    let [best, taken] = [Number.POSITIVE_INFINITY, 0];
    for (const [i, number] of left.entries()) {
      for (let operator = 0; operator < OPERATORS; operator++) {
        const result = apply(operator, value, number);
        if (Math.abs(target - result) < Math.abs(target - best)) [best, taken] = [result, i];
      }
    }
    value = best;
    left.splice(taken, 1);
  }
  return value;
}

export const BASELINES: readonly Baseline<CountdownProblem>[] = [
  {
    name: 'random',
    about: 'one program drawn uniformly from all',
    play: ({ numbers, target }, random) => played(randomValue(numbers, random) === target),
  },
  {
    name: '16 random tries',
    about: 'the best of sixteen programs drawn uniformly',
    play: ({ numbers, target }, random) =>
      played(Array.from({ length: 16 }, () => randomValue(numbers, random)).includes(target)),
  },
  {
    name: 'greedy',
    about: 'from the largest number on, always the step that comes nearest to the target',
    play: ({ numbers, target }) => played(greedyValue(numbers, target) === target),
  },
  {
    name: 'exhaustive',
    about: 'every program is tried',
    play: ({ numbers, target }) => played(findProgram(numbers, target) !== undefined),
  },
];
