// The same problem with other operands, where its task has a notation for problems: a donor can then be made to show the
// very names that its host shows.

import type { Problem, Task } from '../../tasks/task.ts';
import { symbols } from '../../tasks/task.ts';

/**
 * `problem` with `names.get(operand)` for each operand that has another name.
 * @returns `undefined` where the task cannot be told of it: without a notation, or where operands have places of their own.
 */
export function renamed(task: Task, problem: Problem, names: ReadonlyMap<number, number>): Problem | undefined {
  if (!task.parse) return undefined;
  const shown = task.context(problem).map((token) => names.get(token) ?? token);
  let other: Problem;
  try {
    other = task.parse(symbols(task, shown).join(' '), problem.level);
  } catch {
    return undefined;
  }
  const context = task.context(other);
  const same = context.length === shown.length && context.every((token, i) => token === shown[i]);
  return same && other.level === problem.level ? other : undefined;
}

/** The operands among `tokens`, each once, in the order in which they come. */
export function operandsOf(task: Task, tokens: Iterable<number>): number[] {
  return [...new Set(tokens)].filter((token) => task.vocabulary[token]!.kind === 'operand');
}
