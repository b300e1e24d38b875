// A chart in words.

import type { ChartData, ChartSeries } from './Chart.tsx';

/** Rows of the table that stands for a picture. */
const ROWS = 12;

type Format = (value: number | null) => string;

/** A place on the axis of x: seconds need no more than a tenth. */
export const place = (x: number | undefined): number => Math.round(10 * (x ?? 0)) / 10;

/** The last values. */
export function summary(series: readonly ChartSeries[], { x, y, said: words = y }: ChartData, format: Format): string {
  if (x.length === 0) return 'no data yet';
  const last = series.flatMap(({ label, silent }, i) =>
    silent ? [] : [`${label} ${format(words[i]?.findLast((value) => value !== null) ?? null)}`],
  );
  return `at ${place(x.at(-1))}, ${last.join(', ')}`;
}

/** The values of one point; a series without one there shows its last before it. */
export function readout(
  series: readonly ChartSeries[],
  { y, said: words = y }: ChartData,
  at: number,
  format: Format,
): string {
  const values = series.flatMap(({ label, silent }, i) => {
    if (silent) return [];
    const column = words[i] ?? [];
    let from = at;
    while (from > 0 && (column[from] === null || column[from] === undefined)) from--;
    return [`${label} ${format(column[from] ?? null)}`];
  });
  return values.join(' · ');
}

/** Indices of points where some series has a value, spread over all of those, the first and the last among them. */
export function rowsOf(series: readonly ChartSeries[], { said, x, y }: ChartData): number[] {
  const columns = (said ?? y).filter((_, i) => !series[i]?.silent);
  const known = [...x.keys()].filter((row) => columns.some((column) => (column[row] ?? null) !== null));
  const rows = Math.min(ROWS, known.length);
  // Each at least one further than the one before it: none comes twice.
  return Array.from({ length: rows }, (_, i) => known[Math.round((i * (known.length - 1)) / Math.max(1, rows - 1))]!);
}
