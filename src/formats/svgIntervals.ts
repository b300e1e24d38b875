// Estimates with their intervals, one a row, as SVG text: what several methods come to, and how sure that is.

import { niceTicks } from './chartLayout.ts';
import { extent, FAINT, fix, GRID, label, openDocument, PALETTE, text, textWidth, widen } from './svgParts.ts';

export interface IntervalRow {
  readonly name: string;
  readonly value: number;
  /** Neither a number where there is no interval. */
  readonly low: number;
  readonly high: number;
  /** What the estimate is of, drawn as faint marks: a run each, say. */
  readonly points?: readonly number[];
}

export interface IntervalChart {
  readonly title: string;
  readonly xLabel: string;
  readonly rows: readonly IntervalRow[];
  /** Default: all that is shown, rounded outwards to ticks. */
  readonly xDomain?: readonly [low: number, high: number];
  /** Dashed vertical lines. */
  readonly references?: readonly { readonly x: number; readonly label: string }[];
  /** Pixels; default 720. */
  readonly width?: number;
}

const ROW = 26;

/** The chart as a complete SVG document. A value that is not finite leaves its row empty. */
export function intervalChart(chart: IntervalChart): string {
  const { references = [], rows, title, width = 720, xLabel } = chart;
  const shown = [
    ...rows.flatMap(({ high, low, points = [], value }) => [high, low, value, ...points]),
    ...references.map(({ x }) => x),
  ].filter(Number.isFinite);
  const left = Math.ceil(Math.max(0, ...rows.map(({ name }) => textWidth(name)))) + 26;
  const right = width - 30;
  const ticks = niceTicks(
    ...widen(chart.xDomain ?? (shown.length > 0 ? extent(shown) : [0, 1])),
    Math.max(2, (right - left) / 90),
  );
  const [low, high] = chart.xDomain ?? [ticks[0]!, ticks.at(-1)!];
  const top = references.length > 0 ? 62 : 44;
  const bottom = top + rows.length * ROW + 8;
  const height = bottom + 52;
  const px = (x: number) => left + ((Math.min(high, Math.max(low, x)) - low) / (high - low)) * (right - left);
  return [
    openDocument(title, width, height),
    text(14, 22, title, 'font-size="16" font-weight="600"'),
    ...ticks
      .filter((tick) => tick >= low && tick <= high)
      .flatMap((tick) => [
        `<path d="M${fix(px(tick))} ${top}V${bottom}" stroke="${GRID}"/>\n`,
        text(px(tick), bottom + 18, label(tick), `fill="${FAINT}" text-anchor="middle"`),
      ]),
    text((left + right) / 2, height - 12, xLabel, `fill="${FAINT}" text-anchor="middle"`),
    ...references.flatMap(({ label: words, x }) => [
      `<path d="M${fix(px(x))} ${top - 4}V${bottom}" stroke="${FAINT}" stroke-dasharray="5 4"/>\n`,
      text(px(x), top - 10, words, `fill="${FAINT}" text-anchor="middle"`),
    ]),
    ...rows.map((row, i) => drawn(row, top + (i + 0.5) * ROW + 4, left, px)),
    '</svg>\n',
  ].join('');
}

function drawn(
  { high, low, name, points = [], value }: IntervalRow,
  y: number,
  left: number,
  px: (x: number) => number,
): string {
  const [blue, orange] = PALETTE;
  const words = text(left - 12, y + 4.5, name, 'text-anchor="end"');
  if (!Number.isFinite(value)) return words;
  const from = px(low);
  return [
    words,
    Number.isFinite(from)
      ? `<rect x="${fix(from)}" y="${fix(y - 6)}" width="${fix(Math.max(2, px(high) - from))}" height="12" fill="${blue}" fill-opacity=".28"/>\n`
      : '',
    ...points.map((x) => `<circle cx="${fix(px(x))}" cy="${fix(y)}" r="2.5" fill="${blue}" fill-opacity=".55"/>\n`),
    `<path d="M${fix(px(value))} ${fix(y - 9)}v18" stroke="${orange}" stroke-width="2.5"/>\n`,
  ].join('');
}
