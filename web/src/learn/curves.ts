// The session's history as the charts want it.

import { computed, signal } from '@preact/signals';
import type { Ceiling } from 'innerloop';
import { boundsOf } from '../state/bounds.ts';
import { METRICS, type Metric } from '../state/session.ts';
import { player, session } from '../state/store.ts';
import { drawnOf } from '../ui/ceilings.ts';
import type { ChartData, ChartLine, ChartMark, ChartSeries } from '../ui/chart/Chart.tsx';
import { seriesColour } from '../ui/colours.ts';
import { tagOf } from '../ui/levels.ts';
import { percent } from '../ui/numbers.ts';

/** The level that a person points at; the others step back. */
export const emphasised = signal<number | null>(null);
export const ceilings = signal<readonly Ceiling[]>([]);

export const levels = computed(() => session.training.value?.task.levels ?? []);

/** Whether anything has been learnt yet. */
export const begun = computed(() => session.latest.value !== undefined);

/** Changes whenever a chart has to be drawn anew. */
export const levelVersion = computed(() => [session.version.value, emphasised.value, ceilings.value]);

/** Asks for the exact bounds of what is trained. @returns how to lose interest. */
export function askForCeilings(): () => void {
  const config = session.training.value?.config;
  let wanted = true;
  ceilings.value = [];
  if (config) {
    // Curves and the table beneath them are of the evaluations.
    player.ask('ceilings', { config, split: 'validation' }).then(
      (answer) => {
        if (wanted) ceilings.value = answer;
      },
      // Without them the curves are the same, and the training says what is wrong with the worker.
      () => undefined,
    );
  }
  return () => {
    wanted = false;
  };
}

/** What stands for each level on a chart: its name where all are short, else its number. */
export const tags = computed(() => {
  const names = levels.value.map(({ name }) => name);
  return names.map((_, level) => tagOf(names, level));
});

const colourOf = (level: number): string =>
  emphasised.value === null || emphasised.value === level ? seriesColour(level) : '--line';

/** For each level its evaluations; behind them what it solves while exploring. */
export const solvedSeries = computed((): readonly ChartSeries[] => [
  ...levels.value.map(({ name }, level) => ({
    label: `exploring, ${name}`,
    colour: colourOf(level),
    width: 1,
    alpha: 0.35,
    silent: true,
  })),
  ...levels.value.map(({ name }, level) => ({
    label: name,
    colour: colourOf(level),
    width: 2.5,
    tag: tags.value[level]!,
  })),
]);

/** Evaluations and updates on the updates' axis: an evaluation stands at the point that its update is in. */
export function solvedData(): ChartData {
  const { evaluations, updates } = session;
  const x = updates.x();
  const count = levels.peek().length;
  const at = evaluations.x();
  const greedy = Array.from({ length: count }, (_, level) => {
    const values = evaluations.y(level);
    const column: (number | null)[] = new Array(x.length).fill(null);
    for (let i = 0, point = 0; i < at.length; i++) {
      while (point < x.length - 1 && x[point]! < at[i]!) point++;
      if (x.length > 0) column[point] = values[i] ?? null;
    }
    return column;
  });
  const exploring = Array.from({ length: count }, (_, level) => updates.y(METRICS.length + count + level));
  return { x, y: [...exploring, ...greedy], lines: ceilingLines(), marks: marks() };
}

function ceilingLines(): readonly ChartLine[] {
  const chosen = emphasised.peek();
  const drawn = drawnOf(session.training.peek()?.config.task.name, ceilings.peek());
  const lines = boundsOf(drawn).filter(({ level }) => chosen === null || chosen === level);
  // Names are drawn while they can be told apart; the table has all of them.
  const named = lines.length <= 3;
  const { length } = levels.peek();
  return lines.map(({ about, level, y }) => ({
    y,
    colour: seriesColour(level),
    label: named ? `${length > 1 ? `${levels.peek()[level]!.name}: ` : ''}${about}, ${percent(y)}` : '',
  }));
}

function marks(kinds?: readonly string[]): readonly ChartMark[] {
  const warnings = session.warnings.peek().filter(({ kind }) => !kinds || (kind !== undefined && kinds.includes(kind)));
  const unlocks = kinds ? [] : session.unlocks.peek();
  return [
    ...unlocks.map(({ name, update }): ChartMark => ({ x: update, kind: 'unlock', label: name })),
    ...warnings.map(
      ({ message, severity, update }): ChartMark => ({
        x: update,
        kind: severity === 'note' ? 'note' : 'warning',
        label: message,
      }),
    ),
  ];
}

/** One metric, with the warnings that are about it. */
export const metricData =
  (metric: Metric, kinds: readonly string[] = []) =>
  (): ChartData => ({
    x: session.updates.x(),
    y: [session.updates.y(METRICS.indexOf(metric))],
    marks: marks(kinds),
  });

/** Shares on top of each other, the highest drawn first so that the lower ones cover it. */
export const mixSeries = computed((): readonly ChartSeries[] =>
  levels.value
    .map(({ name }, level) => ({
      label: name,
      colour: colourOf(level),
      width: 1,
      filled: true,
      tag: tags.value[level]!,
    }))
    .reverse(),
);

export function mixData(): ChartData {
  const { updates } = session;
  const count = levels.peek().length;
  const said = Array.from({ length: count }, (_, level) => updates.y(METRICS.length + level));
  const sums: number[] = new Array(updates.length).fill(0);
  const stacked = said.map((column) =>
    column.map((value, point) => {
      sums[point]! += value ?? 0;
      return sums[point]!;
    }),
  );
  const tagsAt = stacked.map((column, level) => {
    const last = said[level]!.at(-1) ?? 0;
    return last < 0.04 ? null : column.at(-1)! - last / 2;
  });
  return { x: updates.x(), y: stacked.reverse(), said: said.reverse(), tagsAt: tagsAt.reverse() };
}
