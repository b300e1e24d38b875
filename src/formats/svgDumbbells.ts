// What was measured beside what it is compared with, one row each, as SVG text: a ring for the control, a dot with its
// interval for the number, and the distance between them as a line.

import { niceTicks } from './chartLayout.ts';
import { extent, FAINT, fix, GRID, label, openDocument, PALETTE, text, textWidth, widen } from './svgParts.ts';

export interface DumbbellRow {
  readonly name: string;
  /** Written at the right end: a verdict, in a word or two. */
  readonly note?: string;
  /** `null` where nothing was measured. */
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly control: number | null;
}

export interface DumbbellChart {
  readonly title: string;
  readonly xLabel: string;
  readonly rows: readonly DumbbellRow[];
  /** What a dot and a ring are. */
  readonly names: { readonly value: string; readonly control: string };
  /** Default: all that is shown and 0 to 1. */
  readonly xDomain?: readonly [low: number, high: number];
  /** Pixels; default 720. */
  readonly width?: number;
}

const ROW = 42;
const SIDE = 14;

/** The chart as a complete SVG document; names stand above their rows, so that it can be as narrow as a phone. */
export function dumbbellChart(chart: DumbbellChart): string {
  const { names, rows, title, width = 720, xLabel } = chart;
  const shown = [0, 1].concat(
    rows.flatMap(({ control, interval, value }) => [control, value, interval?.low, interval?.high]).filter(measured),
  );
  const domain = chart.xDomain ?? extent(shown);
  const right = width - SIDE;
  const ticks = niceTicks(...widen(domain), Math.max(2, (right - SIDE) / 90));
  const [low, high] = chart.xDomain ?? [ticks[0]!, ticks.at(-1)!];
  const top = 64;
  const bottom = top + rows.length * ROW + 4;
  const px = (x: number) => SIDE + ((Math.min(high, Math.max(low, x)) - low) / (high - low)) * (right - SIDE);
  const [blue, orange] = PALETTE;
  return [
    openDocument(title, width, bottom + 44),
    text(SIDE, 20, title, 'font-size="15" font-weight="600"'),
    `<circle cx="${SIDE + 5}" cy="40" r="5" fill="${blue}"/>\n`,
    text(SIDE + 16, 44.5, names.value, ''),
    ring(SIDE + 16 + textWidth(names.value) + 24, 40, orange),
    text(SIDE + 16 + textWidth(names.value) + 35, 44.5, names.control, ''),
    ...ticks
      .filter((tick) => tick >= low && tick <= high)
      .flatMap((tick) => [
        `<path d="M${fix(px(tick))} ${top}V${bottom}" stroke="${GRID}"/>\n`,
        text(px(tick), bottom + 16, label(tick), `fill="${FAINT}" text-anchor="middle"`),
      ]),
    text((SIDE + right) / 2, bottom + 36, xLabel, `fill="${FAINT}" text-anchor="middle"`),
    ...rows.map((row, i) => drawn(row, top + i * ROW, right, px)),
    '</svg>\n',
  ].join('');
}

const measured = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

const ring = (x: number, y: number, colour: string): string =>
  `<circle cx="${fix(x)}" cy="${fix(y)}" r="4.5" fill="none" stroke="${colour}" stroke-width="2.5"/>\n`;

function drawn(
  { control, interval, name, note, value }: DumbbellRow,
  y: number,
  right: number,
  px: (x: number) => number,
): string {
  const [blue, orange] = PALETTE;
  const at = y + 28;
  // An edge in the ground's colour, by which the page's lines do not run through letters.
  const halo = 'stroke="#fff" stroke-width="4" paint-order="stroke" stroke-linejoin="round"';
  const parts = [text(SIDE, y + 16, name, halo)];
  if (note !== undefined) parts.push(text(right, y + 16, note, `text-anchor="end" font-weight="600" ${halo}`));
  if (!measured(value)) return parts.join('');
  if (measured(control)) {
    parts.push(`<path d="M${fix(px(control))} ${at}H${fix(px(value))}" stroke="${FAINT}" stroke-width="1.5"/>\n`);
  }
  if (interval !== null) {
    const from = px(interval.low);
    const wide = fix(Math.max(2, px(interval.high) - from));
    parts.push(
      `<rect x="${fix(from)}" y="${at - 6}" width="${wide}" height="12" rx="3" fill="${blue}" fill-opacity=".28"/>\n`,
    );
  }
  parts.push(`<circle cx="${fix(px(value))}" cy="${at}" r="5" fill="${blue}"/>\n`);
  if (measured(control)) parts.push(ring(px(control), at, orange));
  return parts.join('');
}
