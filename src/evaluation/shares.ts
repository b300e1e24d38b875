// Shares and means over the problems of one level, and over those of each group that a task tells apart.

import type { Analysis } from '../tasks/study.ts';
import { clusteredMean, clusteredShare, type Estimate, gather } from './clusters.ts';
import type { Interval } from './statistics.ts';

/** A share of problems with its 95 % interval. */
export interface Share {
  readonly problems: number;
  readonly share: number;
  readonly interval: Interval;
}

/** A mean over problems with its 95 % interval. */
export interface Mean extends Estimate {
  readonly problems: number;
}

type Clustered = { readonly cluster?: string };

export const clustersOf = (analyses: readonly Clustered[]) => analyses.map(({ cluster }) => cluster);

/** Of a value from 0 to 1 for each problem. */
export function share(values: readonly number[], analyses: readonly Clustered[]): Share {
  const sum = values.reduce((all, value) => all + value, 0);
  return {
    problems: values.length,
    share: values.length > 0 ? sum / values.length : 0,
    interval: clusteredShare(gather(values, clustersOf(analyses))),
  };
}

/** Of any value for each problem; `null` without problems. */
export function mean(values: readonly number[], analyses: readonly Clustered[]): Mean | null {
  if (values.length === 0) return null;
  return { ...clusteredMean(gather(values, clustersOf(analyses))), problems: values.length };
}

/** By name of a group or ceiling, `score` of which problems belong to it. */
export function byName<T>(
  analyses: readonly Analysis[],
  kind: 'groups' | 'ceilings',
  score: (member: readonly boolean[], name: string) => T,
): Record<string, T> {
  const names = Object.keys(analyses[0]?.[kind] ?? {});
  const members = (name: string) => analyses.map((analysis) => analysis[kind][name]!);
  return Object.fromEntries(names.map((name) => [name, score(members(name), name)]));
}

/** `score` of the values and analyses of each group's problems. */
export function byGroup<T>(
  values: readonly number[],
  analyses: readonly Analysis[],
  score: (values: readonly number[], analyses: readonly Analysis[]) => T,
): Record<string, T> {
  return byName(analyses, 'groups', (member) =>
    score(
      values.filter((_, i) => member[i]),
      analyses.filter((_, i) => member[i]),
    ),
  );
}
