// Shares and differences with intervals by bootstrap over structures: what a criterion reads.

import type { Random } from '../core/random.ts';
import { bootstrap } from '../evaluation/bootstrap.ts';
import type { Interval } from '../evaluation/statistics.ts';
import { type Criterion, FEWEST_STRUCTURES, judge, untold } from './section.ts';

/** What came of one problem, with and without the control. */
export interface Trial {
  /** Trials of one structure resemble each other: they are drawn together. */
  readonly structure: string;
  readonly number: number;
  readonly control: number;
}

/** What came of the control where it has problems of its own. */
export type ControlTrial = Pick<Trial, 'structure' | 'control'>;

export interface Estimated {
  readonly number: number;
  /** `null` with fewer than `FEWEST_STRUCTURES` structures. */
  readonly interval: Interval | null;
  readonly control: number;
  /** `number` less `control`. */
  readonly selectivity: { readonly number: number; readonly interval: Interval | null };
}

interface Sums {
  readonly count: number;
  readonly number: number;
  readonly control: number;
}

/**
 * Means over all trials, with percentile intervals over structures; `undefined` without any trial.
 *
 * @param apart the control's trials where they are not those of the number: structures of both are drawn by themselves.
 */
export function estimate(
  trials: readonly Trial[],
  random: Random,
  apart?: readonly ControlTrial[],
): Estimated | undefined {
  if (trials.length === 0) return undefined;
  const own = sumsOf(trials);
  const means = (all: readonly Sums[]): [number, number] => {
    let [count, number, control] = [0, 0, 0];
    for (const sums of all) {
      count += sums.count;
      number += sums.number;
      control += sums.control;
    }
    return [number / count, control / count];
  };
  const both = ([all, others = all]: readonly (readonly Sums[])[]): [number, number] => [
    means(all!)[0],
    means(others!)[1],
  ];
  const statistic = (drawn: readonly (readonly Sums[])[]) => {
    const [number, control] = both(drawn);
    return [number, number - control];
  };
  const strata = apart ? [own, sumsOf(apart.map((one) => ({ ...one, number: 0 })))] : [own];
  const [interval, above] = bootstrap([strata], (one) => statistic(one!), { random, resamples: RESAMPLES });
  const [number, control] = both(strata);
  const few = own.length < FEWEST_STRUCTURES;
  return {
    number,
    interval: few ? null : interval!,
    control,
    selectivity: { number: number - control, interval: few ? null : above! },
  };
}

const RESAMPLES = 1000;

/** By structure. */
function sumsOf(trials: readonly Trial[]): Sums[] {
  const structures = new Map<string, Sums>();
  for (const { control, number, structure } of trials) {
    const sums = structures.get(structure) ?? { count: 0, number: 0, control: 0 };
    structures.set(structure, {
      count: sums.count + 1,
      number: sums.number + number,
      control: sums.control + control,
    });
  }
  return [...structures.values()];
}

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

/**
 * `number` above `control` against `threshold`; of fewer than `FEWEST_STRUCTURES` it cannot be told.
 *
 * @param apart as of `estimate`.
 */
export function criterion(
  { control, ...asked }: Asked,
  trials: readonly Trial[],
  threshold: number,
  random: Random,
  apart?: readonly ControlTrial[],
): Criterion {
  const found = estimate(trials, random, apart);
  if (!found) {
    return {
      ...asked,
      number: null,
      interval: null,
      control: { name: control, number: null },
      ...untold('there was nothing to measure'),
    };
  }
  const { interval, number, selectivity } = found;
  return {
    ...asked,
    number,
    interval,
    control: { name: control, number: found.control },
    ...(selectivity.interval && { selectivity: { ...selectivity, interval: selectivity.interval } }),
    ...judge(selectivity.interval, threshold),
  };
}
