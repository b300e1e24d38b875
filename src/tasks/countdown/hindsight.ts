// Hindsight: a program that missed its target is a solved example of the target that it reached.

import type { SolvedExample } from '../task.ts';
import { type CountdownProblem, isTarget, splitOf } from './problem.ts';
import { apply } from './search.ts';
import { isOperator, NUMBERS, operatorOf } from './vocabulary.ts';

/** The value of `program` where it is a whole one over `numbers`; `undefined` where it is not. */
export function programValue(numbers: readonly number[], program: readonly number[]): number | undefined {
  if (program.length !== 2 * numbers.length - 1) return undefined;
  const used: number[] = [];
  let value = 0;
  for (const [i, token] of program.entries()) {
    if (i % 2 === 1) {
      if (!isOperator(token)) return undefined;
      continue;
    }
    if (token >= NUMBERS) return undefined;
    used.push(token + 1);
    value = i === 0 ? token + 1 : apply(operatorOf(program[i - 1]!), value, token + 1);
  }
  return used.sort((a, b) => a - b).join() === numbers.join() ? value : undefined;
}

/** The same numbers with the target that `program` reached, where that is a target and the numbers may be trained on. */
export function hindsight(
  problem: CountdownProblem,
  program: readonly number[],
): SolvedExample<CountdownProblem> | undefined {
  if (splitOf(problem.numbers) !== 'train') return undefined;
  const value = programValue(problem.numbers, program);
  if (value === undefined || value === problem.target || !isTarget(value)) return undefined;
  return { problem: { ...problem, target: value }, program };
}
