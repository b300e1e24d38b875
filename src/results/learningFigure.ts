// Learning curves of a part: a panel for each group, a line for each level, ceilings dashed.

import { PALETTE } from '../formats/svgChart.ts';
import { type LegendEntry, type Panel, type PanelLine, panelGrid } from '../formats/svgPanels.ts';
import type { PartAnalysis, Stratum } from './analysis.ts';
import { ceilingWords } from './ceilings.ts';
import type { Axis, Curve } from './curves.ts';
import { type Figure, measureOf, scaleOf, withIntervals } from './figure.ts';

/** The curves behind the figures, for the table of numbers. */
export interface DrawnCurve extends Curve {
  readonly group: string;
  readonly stratum: Stratum;
  readonly axis: Axis;
}

const DASHES = ['4 4', '1 3', '9 4'];

/** How a level is told from others: by a colour that a legend explains, or in its panel's title. */
interface Naming {
  colour(curve: DrawnCurve): string;
  title(curve: DrawnCurve): string;
  readonly legend: readonly LegendEntry[];
}

function naming(curves: readonly DrawnCurve[], { groups }: PartAnalysis): Naming {
  const names = [...new Set(curves.flatMap(({ stratum }) => stratum.levels))];
  const longest = Math.max(...curves.map(({ stratum }) => stratum.levels.length));
  const colourAt = (index: number) => PALETTE[index % PALETTE.length]!;
  const several = groups.some(({ strata }) => strata.length > 1);
  const title = ({ group, stratum }: DrawnCurve) => (several ? `${group}, ${stratum.name}` : group);
  if (names.length === longest || names.length <= PALETTE.length) {
    return {
      title,
      colour: ({ level, stratum }) => colourAt(names.indexOf(stratum.levels[level]!)),
      legend: names.map((name, i) => ({ name, colour: colourAt(i) })),
    };
  }
  // More games than colours: each panel says what it is of.
  return {
    colour: ({ level }) => colourAt(level),
    title: (curve) => [...new Set([title(curve), curve.stratum.levels.join(', ')])].join(': '),
    legend: [],
  };
}

interface Drawn {
  readonly lines: PanelLine[];
  readonly references: Map<string, { readonly y: number; readonly colour: string; readonly dash: string }>;
}

export function learning(analysis: PartAnalysis, curves: readonly DrawnCurve[], axis: Axis): Figure {
  const { part } = analysis;
  const scale = scaleOf(analysis);
  const { colour, legend, title } = naming(curves, analysis);
  const known = curves.flatMap(({ stratum }) => stratum.ceilings.validation);
  const ceilings = [...new Set(known.map(({ about }) => about))];
  const panels = new Map<string, Drawn>();
  for (const curve of curves) {
    const panel: Drawn = panels.get(title(curve)) ?? { lines: [], references: new Map() };
    panels.set(title(curve), panel);
    panel.lines.push({
      colour: colour(curve),
      points: curve.points.map(({ value, x }) => [x, scale * value]),
      band: curve.points
        .filter(({ low }) => Number.isFinite(low))
        .map(({ high, low, x }) => [x, scale * low, scale * high]),
    });
    for (const { about, levels: bounds } of curve.stratum.ceilings.validation) {
      const y = bounds[curve.level];
      // A ceiling of everything bounds nothing.
      if (y !== null && y !== undefined && y < 1) {
        const dash = DASHES[ceilings.indexOf(about) % DASHES.length]!;
        panel.references.set(`${about} ${curve.level}`, { y: scale * y, colour: colour(curve), dash });
      }
    }
  }
  const seconds = axis === 'seconds';
  const svg = panelGrid({
    title: `${part.title}: learning curves against ${axis}`,
    xLabel: seconds ? 'seconds of training' : 'episodes',
    yLabel: `${measureOf(analysis)} (validation)`,
    panels: [...panels].map(
      ([name, { lines, references }]): Panel => ({
        ...{ title: name, lines },
        references: [...references.values()],
      }),
    ),
    legend: [...legend, ...ceilings.map((name, i) => ({ name, colour: '#656d76', dash: DASHES[i % DASHES.length]! }))],
    ...(part.measure === 'solved' && { yDomain: [0, 100] as const }),
    xDomain: [0, Math.max(...curves.flatMap(({ points }) => points.map(({ x }) => x)))],
  });
  const intervals = withIntervals(
    '95 % intervals',
    curves.flatMap(({ points }) => points),
  );
  const caption = [
    `Interquartile mean over runs at each level${intervals}; a run that has ended stays where it was.`,
    ...(ceilings.length > 0
      ? [`Dashed, in a level’s colour: ceilings. ${ceilingWords(known, 'of these evaluations')}`]
      : []),
    ...(seconds ? ['Seconds of processor time, evaluations included.'] : []),
  ].join(' ');
  return { file: `${axis}.svg`, svg, alt: `${part.title}: learning curves of each entry against ${axis}`, caption };
}
