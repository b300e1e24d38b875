// What probes got right, next to every control: accuracies, the best control, and how far above it the state is.

import type { Interval } from '../../evaluation/statistics.ts';
import type { Resamples, Sums } from './resamples.ts';

/**
 * What a probe reads that the state has to beat: the inputs alone, an untrained network's state, at step 0 its summary and
 * encoded context too, and, of labels of memory, the state of an agent that was trained without; or what stands in for
 * answers: a probe of shuffled labels, and the commonest answer.
 */
export const CONTROLS = [
  'inputs',
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
  /** Rows, over all cells. */
  readonly rows: number;
  readonly accuracy: { readonly [source in Source]?: number };
  /** The best of the controls. */
  readonly control: Control;
  /** Accuracy of the state above that control: the number to read. */
  readonly selectivity: number;
  /** 95 % of the selectivity, by bootstrap over structures; `null` with too few of them. */
  readonly interval: Interval | null;
  /** 95 % of the state's accuracy. */
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

/** Cells count alike, however many rows they have; `undefined` without any row. @param names of the structures. */
export function measure(
  answers: readonly Answer[],
  names: readonly string[],
  resamples: Resamples,
): Measure | undefined {
  const cells = answers.filter(({ episodes }) => episodes.length > 0);
  if (cells.length === 0) return undefined;
  const accuracy: { [source in Source]?: number } = {};
  for (const source of SOURCES) {
    if (cells.some(({ right }) => !right[source])) continue;
    accuracy[source] = cells.reduce((sum, { right }) => sum + mean(right[source]!), 0) / cells.length;
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
    rows: cells.reduce((sum, { episodes }) => sum + episodes.length, 0),
    accuracy,
    control,
    selectivity: accuracy.state! - accuracy[control]!,
    interval: resamples.interval(sums((right, row) => right.state![row]! - right[control]![row]!)),
    accuracyInterval: resamples.interval(sums((right, row) => right.state![row]!)),
  };
}
