// What probes got right, next to every control: accuracies, the best control, and how far above it the state is.

import type { Interval } from '../../evaluation/statistics.ts';
import type { Resamples, Sums } from './resamples.ts';

/**
 * What a probe reads that the source has to beat: the inputs alone, at step 0 also with columns for those that stand
 * together; an untrained network's state, at step 0 its summary and encoded context too; the state of an agent that was
 * trained without memory, where one is given; or what stands in for answers: a probe of shuffled labels, and the commonest
 * answer.
 */
export const CONTROLS = [
  'inputs',
  'inputs together',
  'untrained',
  'untrained summary',
  'untrained memory',
  'memoryless',
  'shuffled',
  'shuffled summary',
  'shuffled memory',
  'majority',
] as const;
export type Control = (typeof CONTROLS)[number];

/** What a probe reads: the state before a token; at step 0 also what it is made of. */
export const SOURCES = ['state', ...CONTROLS, 'summary', 'memory'] as const;
export type Source = (typeof SOURCES)[number];

/** What was right in some of the episodes that probes are tried on. */
export interface Answer {
  /** [rows] indices of episodes. */
  readonly episodes: readonly number[];
  /** [rows] by what was read: 1 where it was right, or a share. */
  readonly right: Readonly<Partial<Record<Source, Float64Array>>>;
}

/** Accuracies over one cell, or their mean over several. */
export interface Measure {
  /** What is measured: the state, or the encoded context. */
  readonly source: 'state' | 'memory';
  /** Rows, over all cells. */
  readonly rows: number;
  readonly accuracy: { readonly [source in Source]?: number };
  /** The best of the controls. */
  readonly control: Control;
  /** Accuracy of the source above that control: the number to read. */
  readonly selectivity: number;
  /** 95 % of the selectivity, by bootstrap over structures; `null` with too few of them. */
  readonly interval: Interval | null;
  /** 95 % of the source's accuracy. */
  readonly accuracyInterval: Interval | null;
}

/** Keeps the part of an answer that is of some episodes. */
export function within({ episodes, right }: Answer, belongs: (episode: number) => boolean): Answer {
  const rows = episodes.flatMap((episode, row) => (belongs(episode) ? [row] : []));
  const kept = Object.entries(right).map(([source, values]) => [
    source,
    Float64Array.from(rows, (row) => values[row]!),
  ]);
  return { episodes: rows.map((row) => episodes[row]!), right: Object.fromEntries(kept) };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Cells count alike, however many rows they have; `undefined` without any row, or where the source was not asked.
 *
 * @param names of the structures.
 */
export function measure(
  answers: readonly Answer[],
  names: readonly string[],
  resamples: Resamples,
  source: Measure['source'] = 'state',
): Measure | undefined {
  const cells = answers.filter(({ episodes }) => episodes.length > 0);
  if (cells.length === 0 || cells.some(({ right }) => !right[source])) return undefined;
  const accuracy: { [source in Source]?: number } = {};
  for (const one of SOURCES) {
    if (cells.some(({ right }) => !right[one])) continue;
    accuracy[one] = cells.reduce((sum, { right }) => sum + mean(right[one]!), 0) / cells.length;
  }
  const control = CONTROLS.reduce((best, one) => (accuracy[one]! > accuracy[best]! ? one : best));
  const sums = (value: (right: Answer['right'], row: number) => number): Sums[] =>
    cells.map(({ episodes, right }) =>
      resamples.sums(
        episodes.map((_, row) => value(right, row)),
        episodes.map((episode) => names[episode]!),
      ),
    );
  return {
    source,
    rows: cells.reduce((sum, { episodes }) => sum + episodes.length, 0),
    accuracy,
    control,
    selectivity: accuracy[source]! - accuracy[control]!,
    interval: resamples.interval(sums((right, row) => right[source]![row]! - right[control]![row]!)),
    accuracyInterval: resamples.interval(sums((right, row) => right[source]![row]!)),
  };
}
