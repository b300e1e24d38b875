// Line charts as SVG text, for learning curves in a README: no library, no script, the same text everywhere.

import { InnerloopError } from '../core/errors.ts';
import { niceTicks, spread } from './chartLayout.ts';
import {
  type Band,
  bandPath,
  extent,
  FAINT,
  fix,
  GRID,
  label,
  linePath,
  openDocument,
  PALETTE,
  type Point,
  type Scale,
  text,
  textWidth,
  widen,
  xml,
} from './svgParts.ts';

export { PALETTE, xml } from './svgParts.ts';

export type ChartPoint = Point;

export interface ChartSeries {
  /** Written at the end of the line. */
  readonly name: string;
  /** Any CSS colour; default: the next of Okabe and Ito's. */
  readonly colour?: string;
  /** In order of x. A y that is not finite breaks the line. */
  readonly points: readonly ChartPoint[];
  /** What the line varies within (quantiles over seeds, say): [x, low, high], finite, in order of x. */
  readonly band?: Band;
}

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly ChartSeries[];
  /** Default: all that is shown, rounded outwards to ticks. What lies beyond is cut off. */
  readonly yDomain?: readonly [low: number, high: number];
  /** Dashed horizontal lines: a ceiling, a threshold. */
  readonly references?: readonly { readonly y: number; readonly label: string }[];
  /** Pixels; default 720 × 400. */
  readonly width?: number;
  readonly height?: number;
}

/** Between two names. */
const LINE = 18;

/**
 * The chart as a complete SVG document with a white ground, readable on light and dark pages. Each line is named at its
 * end, names moved apart where they would overlap.
 *
 * @throws InnerloopError `invalid` when there is no finite point to show, or a domain or size is not a range.
 */
export function lineChart(chart: LineChart): string {
  const { title, xLabel, yLabel, series, references = [], width = 720, height = 400 } = chart;
  const xs = series.flatMap(({ points, band = [] }) => [...points, ...band].map(([x]) => x)).filter(Number.isFinite);
  const shown = [
    ...series.flatMap(({ points, band = [] }) => [...points.map(([, y]) => y), ...band.flatMap(([, ...ys]) => ys)]),
    ...references.map(({ y }) => y),
  ].filter(Number.isFinite);
  if (xs.length === 0 || shown.length === 0) throw invalid('series', 'at least one finite point', 'none');

  const nameWidth = Math.max(...series.map(({ name }) => textWidth(name)));
  const [xLow, xHigh] = widen(extent(xs));
  const right = Math.ceil(nameWidth) + 26;
  const top = 52;
  const bottom = height - 52;
  const yTicks = niceTicks(...(checkDomain(chart.yDomain) ?? widen(extent(shown))), Math.max(2, (bottom - top) / 55));
  const [yLow, yHigh] = chart.yDomain ?? [yTicks[0]!, yTicks.at(-1)!];
  const left = Math.ceil(Math.max(...yTicks.map((tick) => textWidth(label(tick))))) + 22;
  if (!(width - left - right >= 100) || !(bottom - top >= 50)) {
    throw invalid('size of a chart', 'room for its lines beside their names', `${width} × ${height} pixels`);
  }
  const px = (x: number) => left + ((x - xLow) / (xHigh - xLow)) * (width - right - left);
  const py = (y: number) => bottom - ((y - yLow) / (yHigh - yLow)) * (bottom - top);
  const xTicks = niceTicks(xLow, xHigh, Math.max(2, (width - right - left) / 90)).filter(
    (x) => x >= xLow && x <= xHigh,
  );

  const colour = (index: number) => xml(series[index]!.colour ?? PALETTE[index % PALETTE.length]!);
  return [
    openDocument(title, width, height),
    text(left, 22, title, 'font-size="16" font-weight="600"'),
    text(left, top - 12, yLabel, `fill="${FAINT}"`),
    text((left + width - right) / 2, height - 12, xLabel, `fill="${FAINT}" text-anchor="middle"`),
    ...yTicks
      .filter((y) => y >= yLow && y <= yHigh)
      .flatMap((y) => [
        `<path d="M${left} ${fix(py(y))}H${width - right}" stroke="${GRID}"/>\n`,
        text(left - 8, py(y) + 4.5, label(y), `fill="${FAINT}" text-anchor="end"`),
      ]),
    `<path d="M${left} ${fix(py(yLow))}H${width - right}" stroke="${FAINT}"/>\n`,
    ...xTicks.flatMap((x) => [
      `<path d="M${fix(px(x))} ${bottom}v5" stroke="${FAINT}"/>\n`,
      text(px(x), bottom + 20, label(x), `fill="${FAINT}" text-anchor="middle"`),
    ]),
    // An inner picture cuts off what lies beyond it, with no id that two charts in one page would share.
    `<svg x="${left}" y="${top - 2}" width="${width - right - left + 2}" height="${bottom - top + 4}" `,
    `viewBox="${left} ${top - 2} ${width - right - left + 2} ${bottom - top + 4}" stroke-linejoin="round">\n`,
    ...series.map(({ band }, i) => bandPath(band, px, py, colour(i))),
    ...references.map(({ y }) => {
      return `<path d="M${left} ${fix(py(y))}H${width - right}" stroke="${FAINT}" stroke-dasharray="5 4"/>\n`;
    }),
    ...series.map(({ points }, i) => {
      return `<path d="${linePath(points, px, py)}" fill="none" stroke="${colour(i)}" stroke-width="2"/>\n`;
    }),
    '</svg>\n',
    ...references
      .filter(({ y }) => y >= yLow && y <= yHigh)
      .map(({ y, label: words }) => {
        // At the right, where curves have mostly settled; a white edge keeps it readable before one that has not.
        const halo = 'stroke="#fff" stroke-width="4" paint-order="stroke" stroke-linejoin="round"';
        const beneath = py(y) - top < LINE; // no room above
        return text(width - right - 6, py(y) + (beneath ? 16 : -6), words, `fill="${FAINT}" text-anchor="end" ${halo}`);
      }),
    ...names(series, px, py, width - right, top, bottom, colour),
    '</svg>\n',
  ].join('');
}

/** The series' names beside their last points, moved apart; a line in the series' colour leads to each. */
function names(
  series: readonly ChartSeries[],
  px: Scale,
  py: Scale,
  edge: number,
  top: number,
  bottom: number,
  colour: (index: number) => string,
): string[] {
  const ends = series.flatMap(({ name, points }, index) => {
    const end = points.findLast(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    return end === undefined ? [] : [{ name, index, x: px(end[0]), y: Math.min(bottom, Math.max(top, py(end[1]))) }];
  });
  const places = spread(
    ends.map(({ y }) => y),
    LINE,
    top,
    bottom,
  );
  return ends.flatMap(({ name, index, x, y }, i) => {
    const place = places[i]!;
    const early = x < edge - 1; // ends before the others: dotted from there, so as not to seem to go on
    const lead = `M${fix(x)} ${fix(y)}L${fix(edge + 4)} ${fix(early ? place : y)}L${fix(edge + 14)} ${fix(place)}`;
    const stroke = early ? 'stroke-dasharray="1 4"' : 'stroke-width="2"';
    return [
      `<path d="${lead}" stroke="${colour(index)}" ${stroke} fill="none"/>\n`,
      // In ink: half of the palette is too light for letters.
      text(edge + 18, place + 4.5, name, 'font-weight="500"'),
    ];
  });
}

function checkDomain(domain: LineChart['yDomain']): LineChart['yDomain'] {
  if (domain === undefined || (Number.isFinite(domain[1] - domain[0]) && domain[0] < domain[1])) return domain;
  throw invalid('yDomain', 'two finite numbers, the lower first', `[${domain.join(', ')}]`);
}

function invalid(what: string, expected: string, received: string): InnerloopError {
  return new InnerloopError({ kind: 'invalid', what, expected, received });
}
