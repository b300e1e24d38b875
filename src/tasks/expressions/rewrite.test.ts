import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { algebraicClass } from './classes.ts';
import { replayer } from './replay.ts';
import { rewrite } from './rewrite.ts';
import { structureAt, structureCount } from './structure.ts';
import { expressionsTask } from './task.ts';

test('a rewriting is equal up to algebra, keeps every operand, and every equal structure comes', () => {
  const random = Random.stream(1, 'hindsight');
  for (const n of [1, 2, 3]) {
    for (let rank = 0; rank < structureCount(n); rank++) {
      const structure = structureAt(n, rank);
      const { leaves, structure: other } = rewrite(structure, random);
      expect(algebraicClass(other)).toBe(algebraicClass(structure));
      expect([...leaves].sort()).toEqual(Array.from({ length: n + 1 }, (_, leaf) => leaf));
    }
  }
  const seen = new Set(Array.from({ length: 400 }, () => rewrite('-x+xx', random).structure));
  expect([...seen].sort()).toEqual(['--xxx', '-x+xx']);
});

test('hindsight in other words still solves: x0 - x1 - x2 becomes an example of a - (b + c)', () => {
  const task = expressionsTask({ operators: 3, hindsight: 'equal', operands: 'shuffled' });
  const random = Random.stream(2, 'hindsight');
  const replay = replayer(task, task.machine(1));
  const structures = new Set<string>();
  const problem = task.sample(1, 'train', Random.stream(3, 'task'));
  const [a, b, c] = problem.labels as [number, number, number];
  const MINUS = task.vocabulary.findIndex(({ symbol }) => symbol === '-');
  const ANS = task.vocabulary.findIndex(({ symbol }) => symbol === 'ANS');
  for (let i = 0; i < 60; i++) {
    const example = task.hindsight!(problem, [a, MINUS, b, MINUS, c, ANS], random.fold(i));
    if (!example) continue;
    structures.add(example.problem.structure);
    expect(replay(example.problem, example.program).solved).toBe(true);
  }
  expect([...structures].sort()).toEqual(['--xxx', '-x+xx']);
});
