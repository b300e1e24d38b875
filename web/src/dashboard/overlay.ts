// The curves of the selected runs on one picture: a line for each group with the interval of its seeds around it.

import { computed } from '@preact/signals';
import { extra, keep } from '../state/store.ts';
import type { ChartData, ChartSeries } from '../ui/chart/Chart.tsx';
import { SERIES, seriesColour } from '../ui/colours.ts';
import { type Group, groups } from './groups.ts';
import { type Centre, centre } from './interval.ts';
import { version, type Wanted } from './loader.ts';
import { AXES, type Axis, fieldsFor, type Measure, measure, type Points, pointsOf, USUAL } from './measures.ts';
import { opened, pane, selected } from './selection.ts';

/** Points of all lines of a chart together: more would not be drawn within a frame. */
const MOST_POINTS = 16_000;

/** What the charts show, in their order. */
export const charts = computed((): readonly string[] => {
  const asked = (extra.value.charts ?? '').split(',').filter((key) => /^[a-zA-Z]\w*(\.\w+)*$/.test(key));
  return USUAL.map((usual, i) => asked[i] ?? usual);
});

export function setChart(index: number, key: string): void {
  const all = charts.peek().map((present, i) => (i === index ? key : present));
  keep({ charts: all.join() === USUAL.join() ? undefined : all.join() });
}

/** The updates that are looked at alone. */
export const zoom = computed((): readonly [from: number, to: number] | undefined => {
  const [, from, to] = /^(\d{1,12})-(\d{1,12})$/.exec(extra.value.zoom ?? '') ?? [];
  return from !== undefined && Number(from) < Number(to) ? [Number(from), Number(to)] : undefined;
});

export function setZoom(range: readonly [from: number, to: number] | undefined): void {
  keep({ zoom: range && `${Math.max(0, Math.round(range[0]))}-${Math.round(range[1])}` });
}

/** What x counts. */
export const axis = computed((): Axis => AXES.find((one) => one === extra.value.axis) ?? 'update');

export const setAxis = (to: Axis): void => keep({ axis: to === 'update' ? undefined : to });

const wantedText = computed(() => {
  const names = [...new Set([...selected.value, ...(opened.value && pane.value === 'run' ? [opened.value] : [])])];
  const x = axis.value === 'update' ? [] : [axis.value];
  const fields = [...new Set([...charts.value.flatMap(fieldsFor), ...x])];
  return JSON.stringify({ names, fields: fields.length > 0 ? fields : ['reward'], zoom: zoom.value });
});

/** Of the runs that are on view; the same object while nothing of it changes. */
export const wanted = computed((): Wanted => JSON.parse(wantedText.value) as Wanted);

export const overlayVersion = computed(() => [version.value, groups.value, zoom.value, axis.value]);

const DASH = [7, 4];

/** A line for each group, and the edges of its interval where it has some. */
export const overlaySeries = computed((): readonly ChartSeries[] =>
  groups.value.flatMap(({ key, label, members, tag }, i): readonly ChartSeries[] => {
    const colour = seriesColour(i);
    const line: ChartSeries = {
      label: label === key ? label : `${tag} ${label}`,
      colour,
      tag,
      ...(i >= SERIES && { dash: DASH }),
    };
    if (members.length < 2) return [line];
    const edge = { colour, silent: true };
    return [line, { ...edge, label: `${tag} high`, edge: 'high' }, { ...edge, label: `${tag} low`, edge: 'low' }];
  }),
);

export const overlayData = (key: string) => (): ChartData =>
  overlay(groups.peek(), measure(key), zoom.peek(), axis.peek());

export function overlay(
  all: readonly Group[],
  { isShare, key }: Measure,
  range?: readonly [number, number],
  over?: Axis,
): ChartData {
  const curves = all.map(({ members }) =>
    members.map(({ loaded, run }) => ({
      points: pointsOf(loaded, key, range, over),
      // A mean must not jump where one of its runs had solved all and stopped.
      stays: members.length > 1 && run.status !== 'running',
    })),
  );
  const every = curves.flat().map(({ points }) => points);
  const x = gridOf(every, Math.floor(MOST_POINTS / Math.max(4, all.length)));
  const y = curves.flatMap((runs): (number | null)[][] => {
    const columns = runs.map(({ points, stays }) => onGrid(points, x, stays));
    if (columns.length === 1) return columns;
    const [mean, low, high]: [(number | null)[], (number | null)[], (number | null)[]] = [[], [], []];
    for (let row = 0; row < x.length; row++) {
      const values = columns.flatMap((column) => column[row] ?? []);
      const of = values.length > 0 ? band(values) : undefined;
      mean.push(of?.mean ?? null);
      low.push(bounded(of?.low, isShare));
      high.push(bounded(of?.high, isShare));
    }
    return [mean, high, low];
  });
  return { x, y };
}

/** Student's interval of two values is wider than any picture: of two seeds their range is drawn. */
const band = (values: readonly number[]): Centre =>
  values.length === 2 ? { ...centre(values), low: Math.min(...values), high: Math.max(...values) } : centre(values);

const bounded = (value: number | undefined, isShare: boolean): number | null =>
  value === undefined ? null : isShare ? Math.max(0, Math.min(1, value)) : value;

/** The places on the axis that any of the runs tells of; of very many, equal spans. */
export function gridOf(runs: readonly Points[], most: number): readonly number[] {
  const all = new Set<number>();
  for (const { x } of runs) for (const update of x) all.add(update);
  if (all.size <= most) return [...all].sort((a, b) => a - b);
  let [first, last] = [Infinity, -Infinity];
  for (const update of all) {
    if (update < first) first = update;
    if (update > last) last = update;
  }
  const span = (last - first) / most;
  // Whole numbers where they tell the spans apart: there is no half an update, but there is of a second.
  return Array.from({ length: most }, (_, i) =>
    span < 1 ? first + (i + 1) * span : Math.round(first + (i + 1) * span),
  );
}

/**
 * The values of a run at updates of a grid: the mean of what it tells since the update before; where it tells nothing,
 * its last value; `null` before its first, and after its end unless it `stays` where it was.
 */
export function onGrid({ x, y }: Points, grid: readonly number[], stays: boolean): (number | null)[] {
  let at = 0;
  let last: number | null = null;
  return grid.map((update) => {
    const ended = at === x.length;
    let sum = 0;
    let count = 0;
    for (; at < x.length && x[at]! <= update; at++) {
      const value = y[at];
      if (value === null || value === undefined) continue;
      sum += value;
      count++;
    }
    if (count > 0) last = sum / count;
    return ended && !stays ? null : last;
  });
}
