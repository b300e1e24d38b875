// Figures that several sections draw: lines on one small panel, and matrices, all as wide as a phone.

import { matrixChart } from '../../../formats/svgMatrix.ts';
import { panelGrid } from '../../../formats/svgPanels.ts';
import { PALETTE } from '../../../formats/svgParts.ts';
import type { Figure, Table } from '../html.ts';

/** Pixels of a small figure. */
export const WIDTH = 348;
/** Of what is only there to compare with. */
const GREY = '#8b949e';

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number | null])[];
  /** 95 % about the points, drawn as a band. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
  /** A control: thin and grey, all under one name. */
  readonly control?: boolean;
}

export interface Lines {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  /** What the grey lines are; default `controls`. */
  readonly controls?: string;
  /** Default: 0 to 1, and below where a line goes there. */
  readonly yDomain?: readonly [low: number, high: number];
  readonly caption: string;
  readonly table?: Table;
}

/** Nothing where no line has a point. */
export function linesFigure({
  caption,
  controls = 'controls',
  lines,
  table,
  title,
  xLabel,
  yDomain,
  yLabel,
}: Lines): Figure[] {
  const shown = lines.flatMap(({ points, ...line }) => {
    const some = points.flatMap(([x, y]) => (y === null ? [] : [[x, y] as const]));
    return some.length > 0 ? [{ ...line, points: some }] : [];
  });
  if (shown.length === 0) return [];
  const least = Math.min(
    0,
    ...shown.flatMap(({ band = [], points }) => [...points.map(([, y]) => y), ...band.map(([, low]) => low)]),
  );
  let next = 0;
  const coloured = shown.map((line) => ({
    ...line,
    colour: line.control ? GREY : PALETTE[next++ % PALETTE.length]!,
  }));
  const svg = panelGrid({
    title,
    xLabel,
    yLabel,
    width: WIDTH,
    panels: [
      {
        title: '',
        lines: coloured.map(({ band, colour, control, points }) => ({
          colour,
          points,
          ...(band && { band }),
          ...(control && { faint: true }),
        })),
      },
    ],
    legend: [
      ...coloured.flatMap(({ colour, control, name }) => (control ? [] : [{ name, colour }])),
      ...(coloured.some(({ control }) => control) ? [{ name: controls, colour: GREY }] : []),
    ],
    yDomain: yDomain ?? [least, 1],
  });
  return [{ svg, caption, ...(table && { table }) }];
}

export interface Matrix {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly cells: readonly { readonly row: number; readonly column: number; readonly value: number }[];
  readonly caption: string;
  readonly table: Table;
}

/** From row 0 and column 0 to the last that has a cell; nothing without cells. */
export function matrixFigure({ caption, cells, table, ...words }: Matrix): Figure[] {
  if (cells.length === 0) return [];
  const upTo = (last: number) => Array.from({ length: last + 1 }, (_, i) => String(i));
  const rows = upTo(Math.max(...cells.map(({ row }) => row)));
  const columns = upTo(Math.max(...cells.map(({ column }) => column)));
  const values = rows.map((): (number | null)[] => columns.map(() => null));
  for (const { column, row, value } of cells) values[row]![column] = value;
  return [{ svg: matrixChart({ ...words, rows, columns, values, width: WIDTH }), caption, table }];
}

/** Mean of `value` over `cells`, each as often as it has problems; `null` without any. */
export function pooled<T>(cells: readonly T[], weight: (cell: T) => number, value: (cell: T) => number): number | null {
  const total = cells.reduce((sum, cell) => sum + weight(cell), 0);
  return total > 0 ? cells.reduce((sum, cell) => sum + weight(cell) * value(cell), 0) / total : null;
}

/** What `all` has of `key`, each once, in order. */
export const distinct = <T, K extends string | number>(all: readonly T[], key: (one: T) => K): K[] => [
  ...new Set(all.map(key)),
];
