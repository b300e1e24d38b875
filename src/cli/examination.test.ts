import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import type { Outcome } from '../evaluation/accuracy.ts';
import { type Examined, setScore } from '../evaluation/examination.ts';
import { createTask } from '../tasks/table.ts';
import type { Task } from '../tasks/task.ts';
import { findingsAsJson, findingsAsText, follow } from './examination.ts';

/** The findings on an agent that always answers `program`. */
function examined(task: Task, program: readonly number[], problems: number) {
  const random = Random.stream(1, 'evaluation');
  const parts = task.levels.map((_, level): Examined => {
    const outcomes = Array.from({ length: problems }, (_, i): Outcome => {
      const problem = task.sample(level, 'test', random.fold(level).fold(i));
      return { problem, solved: false, reward: 0, program, logProb: -1 };
    });
    const [{ about, name }] = task.study!.sets as [NonNullable<Task['study']>['sets'][number]];
    const score = setScore(level, outcomes, task.study!, random);
    return { done: level + 1, of: task.levels.length, kind: 'set', set: name, about, heldOut: 'graphs', score };
  });
  return follow(parts, task.levels);
}

const plain = (_: unknown, text: string) => text;

test('routes: regret by group beside the players, as text and as data', () => {
  const task = createTask('routes', { links: 2 });
  const findings = examined(task, [0], 20);
  const text = findingsAsText(findings, task, task.levels, plain);
  expect(text).toContain('Beside players without learning on the same test graphs, % solved');
  expect(text).toContain('Regret on the same test graphs: cost beyond the least, relative to it');
  expect(text).toContain(task.study!.regret!.about);
  const lines = text.slice(text.indexOf('Regret on')).split('\n').slice(1, 8);
  expect(lines[0]!.split(/\s{2,}/).slice(1)).toEqual(['level', 'problems', 'agent', 'random', 'greedy', 'exact']);
  expect(lines.slice(1).map((line) => line.trim().split(/\s{2,}/)[0])).toEqual([
    ...['links=1', 'traps', 'others', 'links=2', 'traps', 'others'],
  ]);
  for (const line of lines.slice(1)) expect(line).toMatch(/0\.000 \[0\.000 – 0\.000\]$/);
  expect(text).toContain('Share arrived, %, and the regret of those alone');
  // Who plans arrives everywhere and loses nothing.
  expect(text.slice(text.indexOf('Share arrived')).split('\n')[2]).toMatch(/ 100\.0: 0\.000$/);
  const { sets } = JSON.parse(JSON.stringify(findingsAsJson(findings, task.levels)));
  const [{ baselines, regret }] = sets[0].levels;
  expect(baselines.map(({ name }: { name: string }) => name)).toEqual(['random', 'greedy', 'exact']);
  expect(baselines[2]).toMatchObject({ solved: { problems: 20, share: 1 }, reward: 1, regret: { all: { mean: 0 } } });
  expect(regret.groups.traps.problems + regret.groups.others.problems).toBe(20);
});

test('countdown: players, and no table of ceilings or regret where there are none', () => {
  const task = createTask('countdown');
  const text = findingsAsText(examined(task, [0], 10), task, task.levels, plain);
  expect(text).toContain('16 random tries: the best of sixteen programs drawn uniformly');
  expect(text).not.toContain('ceilings');
  expect(text).not.toContain('Regret');
});
