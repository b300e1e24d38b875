// What problems have in common: which look the same to an agent, and which of the test's training may see.

import type { Problem, Task } from '../../tasks/task.ts';
import type { LevelFigures } from './figures.ts';

/** Pairs at the most. */
const PAIRS = 128;

/** Pairs of different problems whose contexts are the same. */
export function alikePairs(task: Task, problems: readonly Problem[]): readonly (readonly [Problem, Problem])[] {
  const first = new Map<string, Problem>();
  const pairs: (readonly [Problem, Problem])[] = [];
  for (const problem of problems) {
    const key = task.context(problem).join();
    const other = first.get(key);
    if (!other) first.set(key, problem);
    else if (JSON.stringify(other) !== JSON.stringify(problem)) pairs.push([other, problem]);
    if (pairs.length === PAIRS) break;
  }
  return pairs;
}

/** By what problems are told apart: their cluster, their context, or where all contexts are the same all that they hold. */
function keyOf(task: Task, problems: readonly Problem[]): (problem: Problem) => string {
  const clusters = problems[0] && task.study?.analyse(problems[0]).cluster;
  if (clusters !== undefined) return (problem) => task.study!.analyse(problem).cluster ?? '';
  const contexts = new Set(problems.slice(0, 1000).map((problem) => task.context(problem).join()));
  return contexts.size > 1 ? (problem) => task.context(problem).join() : (problem) => JSON.stringify(problem);
}

export function leakOf(
  task: Task,
  level: number,
  {
    all,
    test,
    train,
  }: { readonly train: readonly Problem[]; readonly test: readonly Problem[]; readonly all: boolean },
): LevelFigures['leak'] {
  const key = keyOf(task, test);
  const known = new Set(train.map(key));
  const set = task.study?.sets[0];
  return {
    share: test.filter((problem) => known.has(key(problem))).length / test.length,
    all,
    declared: set && set.heldOut(level) !== undefined,
  };
}

/** Levels that draw the same problems from the same stream, by pairs. @param draw problems of a level. */
export function sameLevels(task: Task, draw: (level: number) => readonly Problem[]): (readonly [number, number])[] {
  const shown = task.levels.map((_, level) =>
    draw(level).map((problem) => JSON.stringify([task.context(problem), { ...problem, level: 0 }])),
  );
  return task.levels.flatMap((_, a) =>
    task.levels.flatMap((_, b) =>
      a < b && shown[a]!.every((text, i) => text === shown[b]![i]) ? [[a, b] as const] : [],
    ),
  );
}
