// Shares and differences with intervals by bootstrap over structures: what a criterion reads.

import type { Random } from '../core/random.ts';
import { bootstrap } from '../evaluation/bootstrap.ts';
import type { Interval } from '../evaluation/statistics.ts';
import type { Problem, Task } from '../tasks/task.ts';
import { type Criterion, judge } from './section.ts';

/** What came of one problem, with and without the control. */
export interface Trial {
  /** Trials of one cluster resemble each other: they are drawn together. */
  readonly cluster: string;
  readonly number: number;
  readonly control: number;
}

export interface Estimated {
  readonly number: number;
  readonly interval: Interval;
  readonly control: number;
  /** `number` less `control`. */
  readonly selectivity: { readonly number: number; readonly interval: Interval };
}

/** The structure of a problem, as its task's study names it; else what the agent is shown. */
export function clusterOf(task: Task, problem: Problem): string {
  return task.study?.analyse(problem).cluster ?? `${problem.level}: ${task.context(problem).join(' ')}`;
}

interface Sums {
  readonly count: number;
  readonly number: number;
  readonly control: number;
}

/** Means over all trials, with percentile intervals over clusters; `undefined` without any. */
export function estimate(trials: readonly Trial[], random: Random): Estimated | undefined {
  if (trials.length === 0) return undefined;
  const clusters = new Map<string, Sums>();
  for (const { cluster, control, number } of trials) {
    const sums = clusters.get(cluster) ?? { count: 0, number: 0, control: 0 };
    clusters.set(cluster, {
      count: sums.count + 1,
      number: sums.number + number,
      control: sums.control + control,
    });
  }
  const means = (all: readonly Sums[]): [number, number] => {
    let [count, number, control] = [0, 0, 0];
    for (const sums of all) {
      count += sums.count;
      number += sums.number;
      control += sums.control;
    }
    return [number / count, control / count];
  };
  const statistic = ([all]: readonly (readonly Sums[])[]) => {
    const [number, control] = means(all!);
    return [number, number - control];
  };
  const strata = [[...clusters.values()]];
  const [interval, above] = bootstrap([strata], (one) => statistic(one!), { random, resamples: RESAMPLES });
  const [number, control] = means(strata[0]!);
  return {
    number,
    interval: interval!,
    control,
    selectivity: { number: number - control, interval: above! },
  };
}

const RESAMPLES = 1000;

/** `items` in runs of up to `size`, in order. */
export function batches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** `items` by name, in the order of their first. */
export function grouped<T, K>(items: Iterable<T>, name: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = name(item);
    const some = groups.get(key);
    if (some) some.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** What a criterion says, but for what was measured. */
export interface Asked {
  readonly id: string;
  readonly question: string;
  /** What `Trial.control` is of. */
  readonly control: string;
  readonly rule: string;
}

/** Trials below which nothing is said. */
export const LEAST_TRIALS = 20;

/** `number` above `control` against `threshold`; with fewer than `LEAST_TRIALS` it cannot be told. */
export function criterion(
  { control, ...asked }: Asked,
  trials: readonly Trial[],
  threshold: number,
  random: Random,
): Criterion {
  const found = estimate(trials, random);
  if (!found) {
    return {
      ...asked,
      number: null,
      interval: null,
      control: { name: control, number: null },
      verdict: 'cannot be told',
    };
  }
  const { interval, number, selectivity } = found;
  return {
    ...asked,
    number,
    interval,
    control: { name: control, number: found.control },
    selectivity,
    verdict: trials.length < LEAST_TRIALS ? 'cannot be told' : judge(selectivity.interval, threshold),
  };
}
