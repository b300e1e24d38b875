// A matrix of numbers as SVG text: what is known of one thing by another, a cell each, with its number written in it.

import { FAINT, fix, openDocument, PALETTE, text, textWidth } from './svgParts.ts';

export interface MatrixChart {
  readonly title: string;
  /** Of the columns. */
  readonly xLabel: string;
  /** Of the rows. */
  readonly yLabel: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** [rows][columns]; `null` where nothing was measured. */
  readonly values: readonly (readonly (number | null)[])[];
  /** How a number is written; default: in hundredths without a unit. */
  readonly write?: (value: number) => string;
  /** The size that has the full colour; default 1. */
  readonly full?: number;
  /** Pixels; default 348. Cells without room for their numbers show colour alone. */
  readonly width?: number;
}

const ROW = 21;
const SMALL = 11;
/** Narrower than this there is no room for a number. */
const NUMBER = 17;
/** Letters on a cell that is more than this share of its colour are white. */
const DARK = 0.55;

/**
 * The matrix as a complete SVG document. Positive numbers stand on blue, negative ones on orange; colour grows with
 * size, so that it reads on any ground.
 */
export function matrixChart({
  columns,
  full = 1,
  rows,
  title,
  values,
  width = 348,
  write = hundredths,
  xLabel,
  yLabel,
}: MatrixChart): string {
  const left = Math.ceil(Math.max(0, ...rows.map((row) => textWidth(row) * (SMALL / 13)))) + 14;
  const cell = (width - left - 4) / Math.max(1, columns.length);
  const top = 66;
  const bottom = top + rows.length * ROW;
  return [
    openDocument(title, width, bottom + 14),
    text(4, 18, title, 'font-size="14" font-weight="600"'),
    text(4, top - 22, yLabel, `fill="${FAINT}" font-size="${SMALL}"`),
    text(width - 4, top - 22, xLabel, `fill="${FAINT}" font-size="${SMALL}" text-anchor="end"`),
    ...columns.map((name, column) =>
      text(left + (column + 0.5) * cell, top - 6, name, `fill="${FAINT}" font-size="${SMALL}" text-anchor="middle"`),
    ),
    ...rows.flatMap((name, row) => [
      text(left - 7, top + (row + 0.5) * ROW + 4, name, `fill="${FAINT}" font-size="${SMALL}" text-anchor="end"`),
      ...columns.map((_, column) =>
        drawn(values[row]?.[column] ?? null, left + column * cell, top + row * ROW, cell, full, write),
      ),
    ]),
    '</svg>\n',
  ].join('');
}

type Write = NonNullable<MatrixChart['write']>;

const hundredths: Write = (value) => String(Math.round(value * 100));

function drawn(value: number | null, x: number, y: number, width: number, full: number, write: Write): string {
  const middle = `font-size="${SMALL}" text-anchor="middle"`;
  if (value === null || !Number.isFinite(value)) return text(x + width / 2, y + 14, '·', `fill="${FAINT}" ${middle}`);
  const share = Math.min(1, Math.abs(value) / full);
  const place = `x="${fix(x + 0.75)}" y="${fix(y + 0.75)}" width="${fix(width - 1.5)}" height="${ROW - 1.5}" rx="2"`;
  const colour = PALETTE[value < 0 ? 1 : 0];
  const ground = `<rect ${place} fill="${colour}" fill-opacity="${fix(share)}"/>\n`;
  if (width < NUMBER) return ground;
  const letters = share > DARK ? `fill="white" ${middle}` : middle;
  return ground + text(x + width / 2, y + 14.5, write(value).replace('-', '−'), letters);
}
