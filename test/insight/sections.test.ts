// Thinking, tools and credit, asked of agents whose workings are known.

import { beforeAll, describe, expect, test } from 'vitest';
import { credit } from '../../src/insight/credit.ts';
import type { Subject } from '../../src/insight/subject.ts';
import { thinking } from '../../src/insight/thinking.ts';
import { tools } from '../../src/insight/tools.ts';
import { createTask } from '../../src/tasks/table.ts';
import { plantedSubject } from './planted.ts';
import { smallSubject } from './smallSubject.ts';

let planner: Subject;

beforeAll(async () => {
  planner = await plantedSubject('planner');
});

describe('tools', () => {
  test('are needed as far as nobody can do without: an exact ceiling', () => {
    const { cells, criteria, unused } = tools(planner, { levels: [0, 3], problems: 60 });
    expect(unused).toEqual(['STO0', 'STO1', 'STO2', 'RCL0', 'RCL1', 'RCL2']);
    expect(criteria.map(({ id }) => id)).toEqual(
      ['+', '-', '*', 'STO', 'RCL', 'memory'].map((name) => `needs-${name}`),
    );
    for (const { ceiling, left, solved } of cells) {
      expect(solved).toBe(1);
      // Nobody is above what can be done at all.
      expect(left).toBeLessThanOrEqual(ceiling!);
    }
    const [store, memory] = ['STO', 'memory'].map((name) => cells.filter(({ without }) => without === name));
    expect(store!.map(({ ceiling }) => ceiling)).toEqual(memory!.map(({ ceiling }) => ceiling));
    expect([store![0]!.source, memory![0]!.source]).toEqual(['search', 'study']);
    // A chain of two operands keeps nothing.
    expect(store![0]).toMatchObject({ ceiling: 1, left: 1 });
    expect(criteria.find(({ id }) => id === 'needs-*')!.verdict).toBe('met');
  });
});

describe('thinking', () => {
  test('does not help who only counts', () => {
    const { cells, criteria } = thinking(planner, { levels: [3], problems: 40 });
    expect(cells.map(({ blanks }) => blanks)).toEqual([0, 1, 2, 3, 4, 6, 8]);
    // The clock begins anew with every start token.
    for (const cell of cells) expect(cell).toMatchObject({ level: 3, problems: 40, solved: 1, regret: null });
    expect(criteria.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['blanks-help', 'not met'],
      ['thoughts-help', 'cannot be told'],
      ['thoughts-save-cost', 'cannot be told'],
    ]);
  });
});

test('thoughts are counted, forced and taken away', async () => {
  const task = createTask('routes', { mask: true, places: 6, links: 2, think: 2 });
  const subject = await smallSubject(task, { name: 'recurrent', hidden: 24, context: 'row' });
  const { criteria, trained } = thinking(subject, {
    levels: [0, 1],
    problems: 24,
    trained: [{ name: 'think-2', subject }],
  });
  expect(trained.map(({ level, thoughts }) => [level, thoughts])).toEqual(
    [0, 1].flatMap((level) => [null, 0, 1, 2].map((thoughts) => [level, thoughts])),
  );
  for (const { regret, taken, thoughts } of trained) {
    if (thoughts !== null) expect(taken).toBe(thoughts);
    expect(regret).not.toBeNull();
  }
  expect(criteria[1]!.number).not.toBeNull();
});

test('thoughts are asked about beyond the levels of training, too, as blanks are', async () => {
  const subject = await smallSubject(createTask('expressions', { operators: 6, think: 2 }));
  const { cells, trained } = thinking(subject, { problems: 8, trained: [{ name: 'think-2', subject }] });
  // n = 5 and 6, and 7 and 8.
  const levels = [4, 5, 6, 7];
  expect([...new Set(cells.map(({ level }) => level))]).toEqual(levels);
  expect(trained.map(({ level, thoughts }) => [level, thoughts])).toEqual(
    levels.flatMap((level) => [null, 0, 1, 2].map((thoughts) => [level, thoughts])),
  );
  for (const { taken, thoughts } of trained) if (thoughts !== null) expect(taken).toBe(thoughts);
});

test('who never errs loses by lot alone, and at the lot’s token', () => {
  const { examples, gaveUp, hopeless, lost } = credit(planner, { levels: [2], problems: 16, group: 4, examples: 64 });
  expect([gaveUp, hopeless]).toEqual([0, 0]);
  expect(lost).toBeGreaterThan(5);
  for (const { decisive, lot, solved } of examples) {
    if (lot === null) expect(solved).toBe(true);
    if (!solved) expect(decisive).toBeGreaterThanOrEqual(lot!);
  }
});
