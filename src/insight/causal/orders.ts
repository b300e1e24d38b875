// Expressions of two parts that either can be computed first: a choice that is the agent's own, and right both ways.

import { shortestProgram } from '../../tasks/expressions/compile.ts';
import { tokenLimit } from '../../tasks/expressions/options.ts';
import type { ExpressionProblem } from '../../tasks/expressions/problem.ts';
import { MINUS, operatorCount } from '../../tasks/expressions/structure.ts';
import { CELLS, SYMBOLS } from '../../tasks/expressions/vocabulary.ts';
import type { Problem, Task } from '../../tasks/task.ts';

/** Which part a program begins with: the left one or the right one. */
export type Side = 0 | 1;

/** A problem whose parts can be computed in either order. */
export interface OrderChoice {
  readonly problem: Problem;
  /** Operands of the left part; all others are the right part's. */
  readonly left: ReadonlySet<number>;
}

/** `undefined` where the task has no such problems, or this is none. */
export function orderChoice(task: Task, problem: Problem): OrderChoice | undefined {
  if (task.name !== 'expressions' || !task.vocabulary.some(({ symbol }) => symbol === 'x0')) return undefined;
  if (!task.machine(1).tamper) return undefined;
  const { labels, structure } = problem as ExpressionProblem;
  if (structure.charCodeAt(0) === MINUS) return undefined;
  const end = endOfPart(structure, 1);
  const [left, right] = [structure.slice(1, end), structure.slice(end)];
  if (left === 'x' || right === 'x' || !rightInOrder(left, right) || !rightInOrder(right, left)) return undefined;
  return { problem, left: new Set(labels.slice(0, operatorCount(left) + 1)) };
}

/** Which part's operands the first operation is of; `undefined` where it is of both, or there is none. */
export function sideOf({ left }: OrderChoice, program: readonly number[]): Side | undefined {
  const [a, b] = program.filter((token) => token < SYMBOLS);
  if (a === undefined || b === undefined || left.has(a) !== left.has(b)) return undefined;
  return left.has(a) ? 0 : 1;
}

/** Whether there is a right program that computes `first`, keeps it, computes `second` and recalls: within the limit. */
function rightInOrder(first: string, second: string): boolean {
  const [one, other] = [shortestProgram(first, CELLS), shortestProgram(second, CELLS - 1)];
  if (!one || !other) return false;
  // Both end with ANS: in their place stand STO, and an operator, RCL and the ANS of the whole.
  return one.length + other.length + 2 <= tokenLimit(operatorCount(first) + operatorCount(second) + 1);
}

/** Where the part that begins at `from` ends. */
function endOfPart(structure: string, from: number): number {
  let at = from;
  for (let open = 1; open > 0; at++) open += structure[at] === 'x' ? -1 : 1;
  return at;
}
