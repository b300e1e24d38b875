// The pictures of one part of a suite.

import { lineChart, PALETTE } from '../formats/svgChart.ts';
import { type IntervalRow, intervalChart } from '../formats/svgIntervals.ts';
import { type Panel, type PanelLine, panelGrid } from '../formats/svgPanels.ts';
import type { Estimated, Group, PartAnalysis, Stratum } from './analysis.ts';
import { ceilingWords } from './ceilings.ts';
import { type Axis, type Curve, curvesOf } from './curves.ts';
import { groupsOf } from './suite.ts';

export interface Figure {
  /** `recipe-scores.svg` */
  readonly file: string;
  readonly svg: string;
  /** What it shows and how it was made, in a sentence. */
  readonly caption: string;
}

/** The curves behind the figures, for the table of numbers. */
export interface DrawnCurve extends Curve {
  readonly group: string;
  readonly stratum: Stratum;
  readonly axis: Axis;
}

const GHOST = '#d0d7de';
/** More lines than this are put into panels of their own. */
const LINES = 5;
const DASHES = ['4 4', '1 3', '9 4'];

export function curvesOfPart({ groups, part }: PartAnalysis): DrawnCurve[] {
  return (['episodes', 'seconds'] as const).flatMap((axis) =>
    groups.flatMap((group) =>
      group.strata.flatMap((stratum) =>
        curvesOf(stratum, part, axis).map((curve) => ({ ...curve, group: group.name, stratum, axis })),
      ),
    ),
  );
}

export function figuresOf(analysis: PartAnalysis, curves: readonly DrawnCurve[]): Figure[] {
  const { groups, part } = analysis;
  const figures = [...scores(analysis)];
  for (const axis of ['episodes', 'seconds'] as const) {
    const own = curves.filter((curve) => curve.axis === axis);
    if (own.length > 0) figures.push(learning(analysis, own, axis));
  }
  if (groups.some(({ statistics }) => statistics)) figures.push(profiles(analysis));
  if (analysis.improvements.length > 0) figures.push(improvement(analysis));
  return figures.map((figure) => ({ ...figure, file: `${part.name}-${figure.file}` }));
}

const scaled = ({ part }: PartAnalysis) => (part.measure === 'solved' ? 100 : 1);
const measured = ({ part }: PartAnalysis) => (part.measure === 'solved' ? 'solved exactly, %' : 'reward per episode');

const row = (name: string, { high, low, value }: Estimated, scale: number): IntervalRow => ({
  ...{ name, value: scale * value, low: scale * low, high: scale * high },
});

function scores(analysis: PartAnalysis): Figure[] {
  const { groups, part } = analysis;
  const scale = scaled(analysis);
  const rows = groups.flatMap(({ name, statistics }): IntervalRow[] =>
    statistics
      ? [{ ...row(name, statistics.iqm, scale), points: statistics.scores.flat().map((score) => scale * score) }]
      : [],
  );
  if (rows.length === 0) return [];
  const svg = intervalChart({
    title: `${part.title}: interquartile mean over runs`,
    xLabel: `${measured(analysis)} (test${part.levels ? ` of ${part.levels.join(', ')}` : ', mean over levels'})`,
    rows,
    ...(part.measure === 'solved' && { xDomain: [0, 100] as const }),
  });
  const caption = 'Interquartile mean (stroke) with its 95 % interval (bar) and every run (dots).';
  return [{ file: 'scores.svg', svg, caption }];
}

const panelTitle = ({ group, stratum }: DrawnCurve, { groups }: PartAnalysis): string =>
  groups.some(({ strata }) => strata.length > 1) ? `${group}, ${stratum.name}` : group;

function learning(analysis: PartAnalysis, curves: readonly DrawnCurve[], axis: Axis): Figure {
  const { part } = analysis;
  const scale = scaled(analysis);
  const most = Math.max(...curves.map(({ stratum }) => stratum.levels.length));
  // Where strata name a level in different ways, its number has to do.
  const levels = Array.from({ length: most }, (_, level) => {
    const names = new Set(curves.flatMap(({ stratum }) => stratum.levels[level] ?? []));
    return names.size === 1 ? [...names].join() : `level ${level + 1}`;
  });
  const colour = (level: number) => PALETTE[level % PALETTE.length]!;
  const known = curves.flatMap(({ stratum }) => stratum.ceilings.validation);
  const ceilings = [...new Set(known.map(({ about }) => about))];
  interface Drawn {
    readonly lines: PanelLine[];
    readonly references: Map<string, { readonly y: number; readonly colour: string; readonly dash: string }>;
  }
  const panels = new Map<string, Drawn>();
  for (const curve of curves) {
    const title = panelTitle(curve, analysis);
    const panel: Drawn = panels.get(title) ?? { lines: [], references: new Map() };
    panels.set(title, panel);
    panel.lines.push({
      colour: colour(curve.level),
      points: curve.points.map(({ value, x }) => [x, scale * value]),
      band: curve.points.map(({ high, low, x }) => [x, scale * low, scale * high]),
    });
    for (const { about, levels: bounds } of curve.stratum.ceilings.validation) {
      const y = bounds[curve.level];
      // A ceiling of everything bounds nothing.
      if (y !== null && y !== undefined && y < 1) {
        const dash = DASHES[ceilings.indexOf(about) % DASHES.length]!;
        panel.references.set(`${about} ${curve.level}`, { y: scale * y, colour: colour(curve.level), dash });
      }
    }
  }
  const seconds = axis === 'seconds';
  const svg = panelGrid({
    title: `${part.title}: learning curves against ${seconds ? 'seconds' : 'episodes'}`,
    xLabel: seconds ? 'seconds of training' : 'episodes',
    yLabel: `${measured(analysis)} (validation)`,
    panels: [...panels].map(
      ([title, { lines, references }]): Panel => ({
        ...{ title, lines },
        references: [...references.values()],
      }),
    ),
    legend: [
      ...levels.map((name, level) => ({ name, colour: colour(level) })),
      ...ceilings.map((name, i) => ({ name, colour: '#656d76', dash: DASHES[i % DASHES.length]! })),
    ],
    ...(part.measure === 'solved' && { yDomain: [0, 100] as const }),
    xDomain: [0, Math.max(...curves.flatMap(({ points }) => points.map(({ x }) => x)))],
  });
  const caption = [
    'Interquartile mean over runs at each level, with 95 % intervals; a run that has ended stays where it was.',
    ...(ceilings.length > 0
      ? [`Dashed, in a level’s colour: ceilings. ${ceilingWords(known, 'of these evaluations')}`]
      : []),
    ...(seconds ? ['Seconds of processor time, evaluations included.'] : []),
  ].join(' ');
  return { file: `${axis}.svg`, svg, caption };
}

function profiles(analysis: PartAnalysis): Figure {
  const { part, thresholds } = analysis;
  const scale = scaled(analysis);
  const groups = analysis.groups.filter((group) => group.statistics);
  const points = ({ statistics }: Group) =>
    statistics!.profile.map(({ value }, i): [number, number] => [scale * thresholds[i]!, 100 * value]);
  const band = ({ statistics }: Group) =>
    statistics!.profile.map(({ high, low }, i): [number, number, number] => [
      scale * thresholds[i]!,
      100 * low,
      100 * high,
    ]);
  const title = `${part.title}: performance profiles`;
  const xLabel = `score τ: ${measured(analysis)}`;
  const yLabel = 'runs with a score above τ, %';
  const caption = 'Share of runs with a score above τ, with 95 % intervals.';
  if (groups.length <= LINES) {
    const series = groups.map((group) => ({ name: group.name, points: points(group), band: band(group) }));
    return { file: 'profiles.svg', svg: lineChart({ title, xLabel, yLabel, series, yDomain: [0, 100] }), caption };
  }
  const panels = groups.map((group) => ({
    title: group.name,
    lines: [
      ...groups.map((other) => ({ colour: GHOST, points: points(other), faint: true })),
      { colour: PALETTE[0], points: points(group), band: band(group) },
    ],
  }));
  const svg = panelGrid({ title, xLabel, yLabel, panels, legend: [], yDomain: [0, 100] });
  return { file: 'profiles.svg', svg, caption: `${caption} In grey the other groups.` };
}

function improvement({ improvements, part }: PartAnalysis): Figure {
  const over = part.baseline ?? groupsOf(part)[0]!;
  const svg = intervalChart({
    title: `${part.title}: probability of improvement over ${over}`,
    xLabel: `P(a run scores higher than one of ${over}), ties counted half`,
    rows: improvements.map(({ group, probability }) => row(group, probability, 1)),
    xDomain: [0, 1],
    references: [{ x: 0.5, label: 'no difference' }],
  });
  return { file: 'improvement.svg', svg, caption: 'P(X > Y) with its 95 % interval.' };
}
