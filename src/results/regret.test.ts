import { expect, test } from 'vitest';
import { analysePart } from './analysis.ts';
import type { RunResult } from './collect.ts';
import { estimatesCsv, regretCsv } from './numbers.ts';
import { pageOf } from './page.ts';
import { runsOf } from './plan.ts';
import { regretsOf } from './regret.ts';
import { regretFigures } from './regretFigure.ts';
import { parseSuite } from './suite.ts';

const suite = parseSuite(
  JSON.stringify({
    ...{ name: 's', about: 'Does thinking pay?', seeds: [0, 1] },
    parts: [
      {
        ...{ name: 'p', title: 'P', task: 'routes', settings: { evaluation: { testProblems: 40 } } },
        entries: [{ name: 'default' }, { name: 'think-4', preset: 'think-4' }],
      },
    ],
  }),
  's.json',
);

const level = (index: number, traps: number) => ({
  ...{ level: index, problems: 40, solved: 0.5, interval: { low: 0, high: 1 }, reward: 1, tokens: 3 },
  rewardInterval: { low: 0, high: 2 },
  regret: { all: traps / 2, ...(index > 0 && { traps }), others: 0.125 },
});

const results = runsOf(suite, '1', new Map()).map((run): RunResult => {
  const levels = [0, 1, 2].map((index) => level(index, run.seed === 0 ? 0.25 : 0.75));
  const outcome = { hash: 'a'.repeat(64), updates: 2, episodes: 200, seconds: 2, levels };
  return { run, status: 'finished', outcome, evaluations: [] };
});
const analysis = analysePart(suite.parts[0]!, results);

test('regret is averaged over runs by level and kind of problem', () => {
  const estimates = analysis.groups[0]!.strata[0]!.regrets;
  expect(estimates.map(({ kind, level, regret }) => [level, kind, regret.value])).toEqual([
    ['links=1', 'others', 0.125],
    ['links=2', 'traps', 0.5],
    ['links=2', 'others', 0.125],
    ['links=3', 'traps', 0.5],
    ['links=3', 'others', 0.125],
  ]);
  expect(regretsOf(['links=1'], [])).toEqual([]);
});

test('the picture has a row for every kind of problem, level and group', () => {
  const [figure, ...others] = regretFigures(analysis);
  expect([figure!.file, others]).toEqual(['regret.svg', []]);
  expect(figure!.svg.match(/: think-4</g)).toHaveLength(5);
  expect(figure!.svg).toContain('traps, links=3: default');
  expect(figure!.svg).not.toContain('NaN');
});

test('the page has it beside players on the same problems, once for all groups that play them', () => {
  const page = pageOf({ suite, parts: [{ analysis, figures: [] }], results, command: 'npx innerloop results s' });
  const lines = page.split('\n');
  expect(lines.filter((line) => line.startsWith('| *greedy*'))).toHaveLength(1);
  expect(lines.find((line) => line.startsWith('| *exact*'))).toMatch(/^\| \*exact\*( \| 0\.000)+ \|$/);
  const [name, , traps] = lines
    .find((line) => line.startsWith('| *greedy*'))!
    .split(' | ')
    .slice(0, 3);
  expect(name).toBe('| *greedy*');
  expect(Number(traps)).toBeGreaterThan(1);
  expect(page).toContain('not arriving counts as 3');
  expect(estimatesCsv([analysis])).toContain('p,think-4,routes,regret,traps of links=3,0.5');
  expect(regretCsv(results)!.split('\n')[1]).toBe('p,default,0,links=1,all,0.125');
  expect(regretCsv([])).toBeUndefined();
});
