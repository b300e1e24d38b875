// What probes ask of an episode of any task: the tokens to come and how many, and what the task itself tells.

import type { Label } from '../../tasks/labels.ts';
import { type Problem, symbols, type Task } from '../../tasks/task.ts';

/** Most tokens to come that are told apart. */
const MOST = 40;

const REST: Label = {
  name: 'tokens to come',
  kind: 'plan',
  values: Array.from({ length: MOST }, (_, i) => (i + 1 < MOST ? String(i + 1) : `${MOST} or more`)),
};

/** The labels of a task: those that every task has, then its own. */
export const labelsOf = (task: Task): readonly Label[] => [REST, ...(task.labels?.labels ?? [])];

export interface EpisodeLabels {
  /** [labels, steps] indices of values, −1 for none, in the order of `labelsOf`. */
  readonly values: readonly (readonly number[])[];
  /** [steps] what the tokens are called: by the task, else their symbols. */
  readonly tokens: readonly string[];
  /** [labels of places, tokens of the context] as the task tells. */
  readonly places: readonly (readonly number[])[];
}

export function labelEpisode(task: Task, problem: Problem, program: readonly number[]): EpisodeLabels {
  const rest = program.map((_, step) => Math.min(MOST, program.length - step) - 1);
  const own = task.labels?.of(problem, program);
  return {
    values: [rest, ...(own?.values ?? [])],
    tokens: own?.tokens ?? symbols(task, program),
    places: own?.places ?? [],
  };
}

/** What problems must differ in for a probe to be tried on others than those it was made from. */
export function structureOf(task: Task, problem: Problem): string {
  return task.labels?.structure?.(problem) ?? task.study?.analyse(problem).cluster ?? task.context(problem).join();
}
