// The pictures of one part of a suite.

import { lineChart, PALETTE } from '../formats/svgChart.ts';
import { type IntervalRow, intervalChart } from '../formats/svgIntervals.ts';
import { panelGrid } from '../formats/svgPanels.ts';
import { baselineOf, type Group, type PartAnalysis, sharedStrata, spanOf } from './analysis.ts';
import { curvesOf } from './curves.ts';
import { type Figure, measureOf, scaleOf, withIntervals } from './figure.ts';
import type { Estimated } from './intervals.ts';
import { type DrawnCurve, learning } from './learningFigure.ts';
import { regretFigures } from './regretFigure.ts';

const GHOST = '#d0d7de';
/** More lines than this are put into panels of their own. */
const LINES = 5;

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
  const figures = [
    ...scores(analysis),
    ...(['episodes', 'seconds'] as const).flatMap((axis) => {
      const own = curves.filter((curve) => curve.axis === axis);
      return own.length > 0 ? [learning(analysis, own, axis)] : [];
    }),
    ...profiles(analysis),
    ...improvement(analysis),
    ...regretFigures(analysis),
  ];
  return figures.map((figure) => ({ ...figure, file: `${analysis.part.name}-${figure.file}` }));
}

const row = (name: string, { high, low, value }: Estimated, scale: number): IntervalRow => ({
  ...{ name, value: scale * value, low: scale * low, high: scale * high },
});

function scores(analysis: PartAnalysis): Figure[] {
  const { groups, part } = analysis;
  const scale = scaleOf(analysis);
  const shown = groups.flatMap(({ name, statistics }) => (statistics ? [{ name, statistics }] : []));
  if (shown.length === 0) return [];
  const points = shown.flatMap(({ statistics }) => statistics.scores.flat());
  const [low, high] = spanOf(points, part);
  const svg = intervalChart({
    title: `${part.title}: interquartile mean over runs`,
    xLabel: `${measureOf(analysis)} (test${part.levels ? ` of ${part.levels.join(', ')}` : ', mean over levels'})`,
    rows: shown.map(({ name, statistics }) => ({
      ...row(name, statistics.iqm, scale),
      points: statistics.scores.flat().map((score) => scale * score),
    })),
    xDomain: [scale * low, scale * high],
  });
  const intervals = withIntervals(
    'its 95 % interval (bar)',
    shown.map(({ statistics }) => statistics.iqm),
  );
  return [
    {
      ...{ file: 'scores.svg', svg, alt: `${part.title}: final scores of each entry` },
      caption: `Every run (dots) and the interquartile mean (stroke)${intervals}. The axis begins and ends with the data.`,
    },
  ];
}

/** Of the groups that play the same as the baseline: a score of another game is no score to be above. */
function profiles(analysis: PartAnalysis): Figure[] {
  const { part, thresholds } = analysis;
  const base = baselineOf(part, analysis.groups);
  const strata = (group: Group) => group.strata.length;
  const groups = analysis.groups.filter(
    (group) =>
      base !== undefined &&
      group.statistics &&
      strata(group) === strata(base) &&
      sharedStrata(group, base).length === strata(base),
  );
  if (groups.length === 0 || (groups.length === 1 && analysis.groups.length > 1)) return [];
  const scale = scaleOf(analysis);
  const xs = thresholds.map((threshold) => scale * threshold);
  // What is above τ stays so until the next score.
  const steps = <T>(at: (index: number) => T) =>
    xs.flatMap((x, i): [number, T][] =>
      i === 0 ? [[x, at(0)]] : [...[x, xs[i]!].map((place, k): [number, T] => [place, at(i - 1 + k)])],
    );
  const points = ({ statistics }: Group) => steps((i) => 100 * statistics!.profile[i]!.value);
  const band = ({ statistics }: Group) =>
    steps((i) => statistics!.profile[i]!)
      .filter(([, { low }]) => Number.isFinite(low))
      .map(([x, { high, low }]): [number, number, number] => [x, 100 * low, 100 * high]);
  const title = `${part.title}: performance profiles`;
  const xLabel = `score τ: ${measureOf(analysis)}`;
  const yLabel = 'runs with a score above τ, %';
  const estimates = groups.flatMap(({ statistics }) => statistics!.profile);
  const left = analysis.groups.filter((group) => group.statistics && !groups.includes(group));
  const caption = [
    `Share of runs with a score above τ${withIntervals('95 % intervals', estimates)}, over the range of the data.`,
    ...(left.length > 0 ? [`Without ${left.map(({ name }) => name).join(', ')}: other levels.`] : []),
  ].join(' ');
  const figure = { file: 'profiles.svg', alt: `${part.title}: share of runs above each score` };
  if (groups.length <= LINES) {
    const series = groups.map((group) => ({ name: group.name, points: points(group), band: band(group) }));
    return [{ ...figure, svg: lineChart({ title, xLabel, yLabel, series, yDomain: [0, 100] }), caption }];
  }
  const panels = groups.map((group) => ({
    title: group.name,
    lines: [
      ...groups.map((other) => ({ colour: GHOST, points: points(other), faint: true })),
      { colour: PALETTE[0], points: points(group), band: band(group) },
    ],
  }));
  const svg = panelGrid({ title, xLabel, yLabel, panels, legend: [], yDomain: [0, 100] });
  return [{ ...figure, svg, caption: `${caption} In grey the other groups.` }];
}

function improvement({ improvements, part }: PartAnalysis): Figure[] {
  if (improvements.length === 0) return [];
  const { over } = improvements[0]!;
  const svg = intervalChart({
    title: `${part.title}: probability of improvement over ${over}`,
    xLabel: `P(a run scores higher than one of ${over}), ties counted half`,
    rows: improvements.map(({ group, probability }) => row(group, probability, 1)),
    xDomain: [0, 1],
    references: [{ x: 0.5, label: 'no difference' }],
  });
  const intervals = withIntervals(
    'its 95 % interval',
    improvements.map(({ probability }) => probability),
  );
  const alt = `${part.title}: how probably a run beats one of ${over}`;
  return [{ file: 'improvement.svg', svg, alt, caption: `P(X > Y)${intervals}.` }];
}
