// The clauses of the task contract on labels.

import { demand, same } from './demand.ts';
import type { Label, Labels } from './labels.ts';
import type { Problem, Task } from './task.ts';

interface Played {
  readonly problem: Problem;
  readonly program: readonly number[];
}

/** Puts `labels` through the contract, on whole episodes. */
export function checkLabels(
  task: Task,
  { labels, of, places = [], structure }: Labels<Problem>,
  played: readonly Played[],
): void {
  demand(
    new Set([...labels, ...places].map(({ name }) => name)).size === labels.length + places.length,
    task,
    'names of labels differ',
  );
  for (const { name, values } of [...labels, ...places])
    demand(values.length >= 2, task, `label ${name} has at least two values`);
  for (const { problem, program } of played) {
    const labelled = of(problem, program);
    demand(same(of(structuredClone(problem), program), labelled), task, 'labels are a pure function of the episode');
    demand(labelled.tokens.length === program.length, task, 'every token of an episode is called something');
    const check = (asked: readonly Label[], told: readonly (readonly number[])[], count: number, where: string) => {
      demand(told.length === asked.length, task, `an episode has values for every label of its ${where}s`);
      for (const [i, { name, values }] of asked.entries()) {
        const some = told[i]!;
        const known = (value: number) => Number.isInteger(value) && value >= -1 && value < values.length;
        demand(some.length === count, task, `label ${name} has a value for every ${where}`);
        demand(some.every(known), task, `label ${name} is within −1 to ${values.length - 1}, not ${some.join()}`);
      }
    };
    check(labels, labelled.values, program.length, 'step');
    check(places, labelled.places ?? [], task.context(problem).length, 'place');
    demand(structure?.(problem) !== '', task, 'a structure has a name');
  }
}
