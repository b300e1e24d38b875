// The clauses of the task contract on labels.

import { demand, same } from './demand.ts';
import type { Labels } from './labels.ts';
import type { Problem, Task } from './task.ts';

interface Played {
  readonly problem: Problem;
  readonly program: readonly number[];
}

/** Puts `labels` through the contract, on whole episodes. */
export function checkLabels(task: Task, { labels, of, structure }: Labels<Problem>, played: readonly Played[]): void {
  demand(new Set(labels.map(({ name }) => name)).size === labels.length, task, 'names of labels differ');
  for (const { name, values } of labels) demand(values.length >= 2, task, `label ${name} has at least two values`);
  for (const { problem, program } of played) {
    const labelled = of(problem, program);
    demand(same(of(structuredClone(problem), program), labelled), task, 'labels are a pure function of the episode');
    demand(labelled.tokens.length === program.length, task, 'every token of an episode is called something');
    demand(labelled.values.length === labels.length, task, 'an episode has values for every label');
    for (const [i, { name, values }] of labels.entries()) {
      const some = labelled.values[i]!;
      const known = (value: number) => Number.isInteger(value) && value >= -1 && value < values.length;
      demand(some.length === program.length, task, `label ${name} has a value before every token`);
      demand(some.every(known), task, `label ${name} is within −1 to ${values.length - 1}, not ${some.join()}`);
    }
    demand(structure?.(problem) !== '', task, 'a structure has a name');
  }
}
