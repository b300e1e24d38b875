// What probes ask of an episode of any task: the tokens to come and how many, and what the task itself tells.

import { Random } from '../../core/random.ts';
import type { Label } from '../../tasks/labels.ts';
import { type Problem, symbols, type Task } from '../../tasks/task.ts';
import { FEWEST_STRUCTURES } from '../section.ts';

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

/**
 * What problems must differ in for a probe to be tried on others than those it was made from: as the task's labels or
 * its study say, else the context. A level of few contexts has no others to generalise to, as where every problem looks
 * the same and the machine alone tells them apart: there a problem stands for itself, by all that it holds.
 */
export function structureOf(task: Task, problem: Problem): string {
  const declared = task.labels?.structure?.(problem) ?? task.study?.analyse(problem).cluster;
  if (declared !== undefined) return declared;
  return hasFewContexts(task, problem.level) ? JSON.stringify(problem) : task.context(problem).join();
}

/** Problems of a level that are looked at. */
const SAMPLE = 256;
/** By task and level; the answer is the same in every report. */
const fewContexts = new WeakMap<Task, Map<number, boolean>>();

/** Whether a level shows fewer different contexts than an interval needs structures. */
function hasFewContexts(task: Task, level: number): boolean {
  const levels = fewContexts.get(task) ?? new Map<number, boolean>();
  fewContexts.set(task, levels);
  const known = levels.get(level);
  if (known !== undefined) return known;
  const random = Random.stream(0, 'evaluation').fold(level);
  const contexts = new Set<string>();
  for (let i = 0; i < SAMPLE && contexts.size < FEWEST_STRUCTURES; i++)
    contexts.add(task.context(task.sample(level, 'train', random.fold(i))).join());
  levels.set(level, contexts.size < FEWEST_STRUCTURES);
  return contexts.size < FEWEST_STRUCTURES;
}
