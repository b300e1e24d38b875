import { expect, test } from 'vitest';
import { ceilingsOf } from '../training/ceilings.ts';
import { analysePart, type PartAnalysis, scoreOf } from './analysis.ts';
import { failures, type RunResult } from './collect.ts';
import { curvesOf } from './curves.ts';
import { curvesOfPart, figuresOf } from './figures.ts';
import { curvesCsv, estimatesCsv, levelsCsv, runsCsv } from './numbers.ts';
import { pageOf, warningsOf } from './page.ts';
import { pilotsOf, runsOf } from './plan.ts';
import { parseSuite } from './suite.ts';

const suite = (part: object = {}) =>
  parseSuite(
    JSON.stringify({
      ...{ name: 's', about: 'A question?', shows: 'An answer.', seeds: [0, 4] },
      parts: [
        {
          name: 'p',
          title: 'P',
          task: 'calculator',
          entries: [{ name: 'a' }, { name: 'b', preset: 'blind' }],
          ...part,
        },
      ],
    }),
    's.json',
  );

const level = (index: number, solved: number) => ({
  ...{
    level: index,
    problems: 100,
    solved,
    interval: { low: 0, high: 1 },
    reward: 2 * solved,
    rewardInterval: { low: 0, high: 2 },
    tokens: 3,
  },
});

/** A run whose three levels come to `solved`, after having been at half of that; `undefined` is missing, NaN diverged. */
function result(run: RunResult['run'], solved: number | undefined): RunResult {
  if (solved === undefined) return { run, status: 'missing', reason: 'its process ended', evaluations: [] };
  const at = (share: number) => [0, 1, 2].map((index) => level(index, share));
  const evaluations = [1, 2].map((time) => ({
    ...{ update: time, episodes: 100 * time, seconds: (1 + run.seed / 10) * time },
    levels: at((solved * time) / 2 || 0),
  }));
  if (Number.isNaN(solved))
    return { run, status: 'diverged', reason: 'not finite', evaluations: evaluations.slice(0, 1) };
  const outcome = {
    hash: `${run.seed}`.repeat(64),
    updates: 2,
    episodes: 200,
    seconds: 2 + run.seed,
    levels: at(solved),
  };
  return { run, status: 'finished', outcome, evaluations };
}

function analysed(scores: readonly (number | undefined)[], part: object = {}) {
  const whole = suite(part);
  const results = runsOf(whole, '1', new Map()).map((run, i) => result(run, scores[i]));
  return { whole, results, analysis: analysePart(whole.parts[0]!, results) };
}

const A = [0, 0.25, 0.375, 0.625, 1];
const B = [0.5, 0.5, 0.5, 0.5, 0.5];
const group = ({ groups }: PartAnalysis, name: string) => groups.find((one) => one.name === name)!;

test('the statistics of a group are those of the scores of its runs', () => {
  const { analysis } = analysed([...A, ...B]);
  const { gap, iqm, mean, median, profile, scores, seconds } = group(analysis, 'a').statistics!;
  expect(scores).toEqual([A]);
  expect(iqm.value).toBeCloseTo(1.25 / 3, 12); // the middle three
  expect([mean.value, median.value, gap.value]).toEqual([0.45, 0.45, 0.55]); // one stratum: median of one mean
  expect(seconds).toBe(4);
  expect([iqm.low < 0.4, iqm.high > 0.45]).toEqual([true, true]);
  expect(group(analysis, 'b').statistics!.iqm).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  // Thresholds are all scores and no more: 0, 0.25, 0.375, 0.5 (of b), 0.625 and 1.
  expect(analysis.thresholds).toEqual([0, 0.25, 0.375, 0.5, 0.625, 1]);
  expect(profile.map(({ value }) => value)).toEqual([0.8, 0.6, 0.4, 0.4, 0.2, 0]);
  // 0.5 beats 0, 0.25 and 0.375: three fifths.
  expect(analysis.improvements).toMatchObject([{ group: 'b', over: 'a', probability: { value: 0.6 } }]);
});

test('a run that diverged is the worst, one that is missing is none', () => {
  const { analysis, results } = analysed([Number.NaN, 0.25, undefined, 0.625, 1, ...B]);
  expect(group(analysis, 'a').statistics!.scores).toEqual([[0, 0.25, 0.625, 1]]);
  expect(failures(results, 'missing')).toEqual(['p/a, seed 2: its process ended']);
  expect(failures(results, 'diverged')).toEqual(['p/a, seed 0: not finite']);
  const none = analysed([undefined, undefined, undefined, undefined, undefined, ...B]);
  expect(group(none.analysis, 'a').statistics).toBeUndefined();
  expect(none.analysis.improvements).toEqual([]);
});

test('scores may be of some levels, or of rewards with bounds of their own', () => {
  const part = { levels: ['remember'], measure: 'reward', worst: -1, best: 2 };
  const { analysis, results } = analysed([Number.NaN, 0.25, 0.375, 0.625, 1, ...B], part);
  expect(results.slice(0, 2).map((one) => scoreOf(one, analysis.part))).toEqual([-1, 0.5]);
  expect(analysis.thresholds[0]).toBe(-1);
  expect(analysis.thresholds.at(-1)).toBe(2);
  // An axis is as wide as the data, and no wider than what is possible.
  const narrow = analysed([0.99, 0.99, 1, 1, 1, ...A.map(() => 0.995)]).analysis.thresholds;
  expect([narrow[0]! > 0.98, narrow[0]! < 0.99, narrow.at(-1)]).toEqual([true, true, 1]);
});

test('entries of one group are its strata, compared task by task', () => {
  const entries = [
    { name: 'a1', group: 'a' },
    { name: 'a2', group: 'a', task: 'expressions', options: { operators: 3 } },
    { name: 'b1', group: 'b' },
    { name: 'b2', group: 'b', task: 'expressions', options: { operators: 3 } },
  ];
  const { analysis } = analysed(
    [0, 1, 1, 0, 0, 0].map((score) => score),
    { entries, seeds: [0, 0] },
  );
  expect(analysis.groups.map(({ name, strata }) => [name, strata.map((one) => one.name)])).toEqual([
    ['a', ['calculator', 'expressions']],
    ['b', ['calculator', 'expressions']],
  ]);
  // b wins on calculator and loses on expressions.
  expect(analysis.improvements[0]!.probability.value).toBe(0.5);
  expect(group(analysis, 'a').strata[1]!.ceilings.test).toMatchObject([{ about: 'at most with no memory' }]);
});

test('a curve holds the last evaluation so far; a run that diverged is the worst from then', () => {
  const { analysis } = analysed([...A, ...B]);
  const [stratum] = group(analysis, 'b').strata;
  const [episodes] = curvesOf(stratum!, analysis.part, 'episodes');
  expect(episodes!.points.map(({ value, x }) => [x, value])).toEqual([
    [100, 0.25],
    [200, 0.5],
  ]);
  const seconds = curvesOf(stratum!, analysis.part, 'seconds')[0]!.points;
  // From the slowest run's first evaluation (seed 4: 1.4 s) to its last.
  expect([seconds[0]!.x, seconds.at(-1)!.x]).toEqual([1.4, 2.8]);
  expect([seconds[0]!.value, seconds.at(-1)!.value]).toEqual([0.25, 0.5]);
  const lost = analysed([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, ...B], { worst: -1 });
  const curve = curvesOf(group(lost.analysis, 'a').strata[0]!, lost.analysis.part, 'episodes')[0]!;
  expect(curve.points.at(-1)).toMatchObject({ x: 100, value: 0 });
});

test('a page tells its question, its answer, every run and every failure, with nothing undefined', () => {
  const scores = [Number.NaN, 0.25, undefined, 0.625, 1, ...B];
  const { analysis, results, whole } = analysed(scores, {
    ceilings: [{ level: 'remember', value: 0.19, about: 'no memory' }],
  });
  const curves = curvesOfPart(analysis);
  const figures = figuresOf(analysis, curves);
  expect(figures.map(({ file }) => file)).toEqual([
    ...['p-scores.svg', 'p-episodes.svg', 'p-seconds.svg', 'p-profiles.svg', 'p-improvement.svg'],
  ]);
  for (const { svg } of figures) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  const command = 'npx innerloop results s';
  const page = pageOf({ suite: whole, parts: [{ analysis, figures }], results, command });
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
  for (const part of [
    ...['A question?', '**What it shows.** An answer.', '- p/a, seed 2: its process ended'],
    ...['| a | 0 | 0.0 | – | – | – | **diverged**: not finite |', '| *no memory* |  |  | 19.0 |'],
    ...['`npx innerloop train calculator --preset blind --seed N`', '![', command, '0 of 5', '1 of 4 (not 0, 1, 3)'],
  ]) {
    expect(page).toContain(part);
  }
  for (const text of [runsCsv(results), levelsCsv(results), estimatesCsv([analysis])])
    expect(text).not.toContain('NaN');
  expect(curvesCsv(curves.map((curve) => ({ part: 'p', curve })))).toContain('p,b,calculator,add,episodes,200,0.5,');
});

test('a page says what the monitors said, of which seeds, and of how many runs it cannot know', () => {
  const runs = runsOf(suite(), '1', new Map()).slice(0, 3);
  const said = (seed: number) => ({
    ...{ update: 40 + seed, kind: 'entropyCollapse' as const, message: `entropy 0.0${seed}` },
  });
  const [first, second, third] = runs.map((run) => result(run, 1));
  expect(warningsOf([first!, second!])).toBe('Nothing is kept of these runs.');
  expect(warningsOf([{ ...first!, warnings: [] }])).toBe('Nothing.');
  expect(warningsOf([{ ...first!, warnings: [] }, second!])).toBe('Nothing (of 1 of 2 runs nothing is kept).');
  const page = warningsOf([
    { ...first!, warnings: [said(0), said(0)] },
    { ...second!, warnings: [said(1)] },
    { ...third!, warnings: [{ ...said(2), severity: 'note', level: 'x' }] },
  ]);
  expect(page.split('\n').slice(2)).toEqual([
    '| a | warning | entropyCollapse |  | 0, 1 | entropy 0.00 |',
    '| a | note | entropyCollapse | x | 2 | entropy 0.02 |',
  ]);
});

test('ceilings are of the problems of each run: validation’s beside curves, the test’s in tables', () => {
  const entries = [{ name: 'a', preset: 'no-memory', task: 'expressions', options: { operators: 3 } }];
  const settings = { evaluation: { problems: 60, testProblems: 40 } };
  const { analysis, results } = analysed([0.1, 0.2, 0.3, 0.4, 0.5], { task: 'expressions', entries, settings });
  const [stratum] = group(analysis, 'a').strata;
  for (const split of ['validation', 'test'] as const) {
    const own = results.map(({ run }) => ceilingsOf(run.config, split)[0]!.levels);
    const [ceiling] = stratum!.ceilings[split];
    expect(ceiling!.problems).toBe('evaluated');
    // The middle three of five seeds, as the scores of the runs are averaged.
    for (const [level, share] of ceiling!.levels.entries()) {
      const sorted = own.map((levels) => levels[level]!).sort((a, b) => a - b);
      expect(share).toBeCloseTo((sorted[1]! + sorted[2]! + sorted[3]!) / 3, 12);
    }
  }
  const [episodes] = figuresOf(analysis, curvesOfPart(analysis)).filter(({ file }) => file === 'p-episodes.svg');
  expect(episodes!.caption).toContain('on the very problems of these evaluations');
  const figures = figuresOf(analysis, []);
  const page = pageOf({ suite: suite(), parts: [{ analysis, figures }], results, command: 'c' });
  expect(page).toContain(`${(100 * stratum!.ceilings.test[0]!.levels[2]!).toFixed(1)} |`);
  expect(page).toContain('<sub>Exact, on the very problems of these tests');
});

const GAMES = {
  task: 'recall',
  measure: 'reward',
  worst: -1,
  entries: [
    { name: 'previous' },
    { name: 'previous-medium', options: { difficulty: 'medium' }, seeds: [0, 0] },
    { name: 'first', preset: 'repeat-first', seeds: [0, 1] },
  ],
};

test('entries that play other levels are not compared with each other, and each stands under its own', () => {
  const { analysis, results } = analysed([1, 1, 1, 1, 1, 0.5, 0.25, 0.25], GAMES);
  expect(analysis.improvements).toEqual([]);
  const figures = figuresOf(analysis, curvesOfPart(analysis));
  expect(figures.map(({ file }) => file)).toEqual(['p-scores.svg', 'p-episodes.svg', 'p-seconds.svg']);
  // Levels by name, not by number.
  expect(figures[1]!.svg).toContain('repeat-previous-medium');
  const page = pageOf({ suite: suite(), parts: [{ analysis, figures }], results, command: 'c' });
  expect(page).toContain('| previous-medium | repeat-previous-medium | 1.000 – |');
  expect(page).toContain('| first | repeat-first-easy | 0.500 [0.500 – 0.500] |');
  expect(page).toMatch(/\| first \| 0\.\d+ \[/);
});

test('one run has no interval, in tables, pictures and captions', () => {
  const one = { seeds: [0, 0], entries: [{ name: 'a' }, { name: 'b', preset: 'blind' }] };
  const { analysis, results } = analysed([0.25, 0.5], one);
  expect(analysis.improvements).toMatchObject([{ probability: { value: 1, low: Number.NaN, high: Number.NaN } }]);
  const figures = figuresOf(analysis, curvesOfPart(analysis));
  for (const { caption, svg } of figures) {
    expect(caption).not.toContain('interval');
    expect(svg).not.toMatch(/NaN|undefined|<rect x=/);
  }
  const page = pageOf({ suite: suite(), parts: [{ analysis, figures }], results, command: 'c' });
  expect(page).toContain('| a | 25.0 – | 25.0 – | 25.0 – | 75.0 – |');
  expect(page).toContain('| b | 1.00 | – |');
  expect(estimatesCsv([analysis])).toContain('p,a,,mean,,0.25,,');
});

test('a part may say that nothing is to be compared', () => {
  const { analysis } = analysed([...A, ...B], { baseline: null });
  expect(analysis.improvements).toEqual([]);
  expect(figuresOf(analysis, []).map(({ file }) => file)).toEqual(['p-scores.svg']);
});

const HOST = { node: 'v24.0.0', processor: 'a make', cores: 2 };

test('a page tells what its runs were trained on, and what a budget of seconds came to', () => {
  const whole = suite({ budget: { seconds: 3 } });
  const pilots = pilotsOf(whole, '1').map(({ path }) => [path, { updates: 1200, host: HOST }] as const);
  // Seconds of the runs: 2 to 6 of `a`, 4 on the median; three each of `b`.
  const results = runsOf(whole, '1', new Map(pilots)).map((run, i) => {
    const one = result(run, 1);
    const seconds = i < 5 ? one.outcome!.seconds : 3.1;
    return { ...one, outcome: { ...one.outcome!, seconds }, ...(i > 0 && { hosts: [HOST] }) };
  });
  const analysis = analysePart(whole.parts[0]!, results);
  const page = pageOf({ suite: whole, parts: [{ analysis, figures: [] }], results, command: 'c' });
  for (const part of [
    'Trained with Node v24.0.0, 2 cores of a make, one thread a run (of 1 of 10 runs it was not kept).',
    'what 3 seconds of processor time were to a pilot on Node v24.0.0, 2 cores of a make',
    'Updates: a 1,200, b 1,200. In the median a took 4.0 s (33 % more); the others are within 5 % of the budget.',
  ]) {
    expect(page).toContain(part);
  }
});
