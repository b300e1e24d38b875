// Many small line charts side by side on the same axes, as SVG text: for comparing more curves than one chart can hold.

import { niceTicks } from './chartLayout.ts';
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
  type Point,
  TEXT,
  text,
  textWidth,
  widen,
  xml,
} from './svgParts.ts';

export interface PanelLine {
  readonly colour: string;
  readonly points: readonly Point[];
  readonly band?: Band;
  /** A thin line, for what is only there to compare with. */
  readonly faint?: boolean;
}

export interface Panel {
  readonly title: string;
  readonly lines: readonly PanelLine[];
  /** Dashed horizontal lines: ceilings. */
  readonly references?: readonly { readonly y: number; readonly colour: string; readonly dash?: string }[];
}

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  /** As SVG's `stroke-dasharray`; absent is a whole line. */
  readonly dash?: string;
}

export interface PanelGrid {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly panels: readonly Panel[];
  readonly legend: readonly LegendEntry[];
  /** Default: all that is shown, rounded outwards. */
  readonly yDomain?: readonly [low: number, high: number];
  /** Default: all that is shown. */
  readonly xDomain?: readonly [low: number, high: number];
  /** Pixels; default 860. */
  readonly width?: number;
}

const COLUMNS = 3;
const PANEL_HEIGHT = 190;
const GAP = 22;
/** Above a panel for its title, below for its ticks. */
const HEAD = 24;
const FOOT = 24;

/** The grid as a complete SVG document, panels in reading order. Lines without a finite point are left out. */
export function panelGrid(grid: PanelGrid): string {
  const { legend, panels, title, width = 860, xLabel, yLabel } = grid;
  const lines = panels.flatMap((panel) => panel.lines);
  const xs = lines.flatMap(({ points }) => points.map(([x]) => x)).filter(Number.isFinite);
  const ys = [
    ...lines.flatMap(({ band = [], points }) => [...points.map(([, y]) => y), ...band.flatMap(([, ...ends]) => ends)]),
    ...panels.flatMap(({ references = [] }) => references.map(({ y }) => y)),
  ].filter(Number.isFinite);
  const [xLow, xHigh] = widen(grid.xDomain ?? (xs.length > 0 ? extent(xs) : [0, 1]));
  const yTicks = niceTicks(...widen(grid.yDomain ?? (ys.length > 0 ? extent(ys) : [0, 1])), 4);
  const [yLow, yHigh] = grid.yDomain ?? [yTicks[0]!, yTicks.at(-1)!];
  const columns = Math.min(COLUMNS, panels.length);
  const left = Math.ceil(Math.max(...yTicks.map((tick) => textWidth(label(tick))))) + 18;
  const panelWidth = (width - left - 20 - (columns - 1) * GAP) / columns;
  const legendRows = layOut(legend, width - left - 20);
  const top = 44 + legendRows.length * 20 + 18;
  const rows = Math.ceil(panels.length / columns);
  const height = top + rows * (HEAD + PANEL_HEIGHT + FOOT) + 26;
  // As many as there is room for, the widest label over all of them, so that those of two panels stay apart, too.
  const shownTicks = (count: number) => niceTicks(xLow, xHigh, count).filter((x) => x >= xLow && x <= xHigh);
  const widest = Math.max(...shownTicks(4).map((x) => tickWidth(label(x))));
  const xTicks = shownTicks(Math.max(1, Math.min(panelWidth / 55, panelWidth / (1.5 * widest + 10))));
  const plot = PANEL_HEIGHT;
  const px = (x: number) => ((x - xLow) / (xHigh - xLow)) * panelWidth;
  const py = (y: number) => plot - ((y - yLow) / (yHigh - yLow)) * plot;

  const panel = ({ lines, references = [], title: name }: Panel, index: number): string => {
    const column = index % columns;
    const x = left + column * (panelWidth + GAP);
    const y = top + Math.floor(index / columns) * (HEAD + PANEL_HEIGHT + FOOT) + HEAD;
    return [
      `<g transform="translate(${fix(x)} ${fix(y)})">\n`,
      text(0, -8, name, `font-weight="500"${textWidth(name) > panelWidth ? ' font-size="11"' : ''}`),
      ...yTicks
        .filter((tick) => tick >= yLow && tick <= yHigh)
        .flatMap((tick) => [
          `<path d="M0 ${fix(py(tick))}H${fix(panelWidth)}" stroke="${GRID}"/>\n`,
          column === 0 ? text(-8, py(tick) + 4.5, label(tick), `fill="${FAINT}" text-anchor="end"`) : '',
        ]),
      ...xTicks.map((tick) => {
        // What would reach into the next panel ends with its own.
        const half = tickWidth(label(tick)) / 2;
        const over = px(tick) + half > panelWidth + GAP / 2 - 4;
        const anchor = over ? 'end' : 'middle';
        const at = over ? panelWidth + GAP / 2 - 4 : px(tick);
        return text(at, plot + 17, label(tick), `fill="${FAINT}" text-anchor="${anchor}" font-size="${TICK}"`);
      }),
      // An inner picture cuts off what lies beyond it.
      `<svg x="0" y="-2" width="${fix(panelWidth + 2)}" height="${plot + 4}" viewBox="0 -2 ${fix(panelWidth + 2)} ${plot + 4}"`,
      ' stroke-linejoin="round">\n',
      ...lines.map(({ band, colour }) => bandPath(band, px, py, xml(colour))),
      ...references.map(
        ({ colour, dash = DASH, y }) =>
          `<path d="M0 ${fix(py(y))}H${fix(panelWidth)}" stroke="${xml(colour)}" stroke-dasharray="${xml(dash)}"/>\n`,
      ),
      ...lines.map(({ colour, faint, points }) => {
        const stroke = `stroke="${xml(colour)}" stroke-width="${faint ? 1 : 2}"`;
        return `<path d="${linePath(points, px, py)}" fill="none" ${stroke}/>\n`;
      }),
      '</svg>\n</g>\n',
    ].join('');
  };

  return [
    openDocument(title, width, height),
    text(left, 22, title, 'font-size="16" font-weight="600"'),
    ...legendRows.flatMap((row, i) => row.map(({ x, ...entry }) => legendEntry(left + x, 46 + i * 20, entry))),
    text(left, top - 4, yLabel, `fill="${FAINT}"`),
    text((left + width - 20) / 2, height - 10, xLabel, `fill="${FAINT}" text-anchor="middle"`),
    ...panels.map(panel),
    '</svg>\n',
  ].join('');
}

/** Size of the ticks' labels. */
const TICK = 11;
const tickWidth = (words: string): number => (textWidth(words) * TICK) / TEXT;

const SWATCH = 22;
const DASH = '4 4';

function legendEntry(x: number, y: number, { colour, dash, name }: LegendEntry): string {
  const stroke = dash === undefined ? 'stroke-width="3"' : `stroke-dasharray="${xml(dash)}"`;
  return `<path d="M${fix(x)} ${y - 4}h${SWATCH - 4}" stroke="${xml(colour)}" ${stroke}/>\n${text(x + SWATCH, y, name, '')}`;
}

/** Entries in rows that are no wider than `width`. */
function layOut<T extends { readonly name: string }>(
  entries: readonly T[],
  width: number,
): (T & { readonly x: number })[][] {
  const rows: (T & { readonly x: number })[][] = [];
  let x = 0;
  for (const entry of entries) {
    const needed = SWATCH + textWidth(entry.name) + 18;
    if (rows.length === 0 || x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ ...entry, x });
    x += needed;
  }
  return rows;
}
