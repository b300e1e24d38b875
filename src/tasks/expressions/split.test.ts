import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { SPLITS } from '../task.ts';
import { algebraicClass } from './classes.ts';
import { drawStructure, type SplitBy, splitOf, trainable } from './split.ts';
import { evaluate, PRIME, residue, structureAt, structureCount } from './structure.ts';

const every = (n: number) => Array.from({ length: structureCount(n) }, (_, rank) => structureAt(n, rank));

test('a fifth of the structures is held out from three operators up, half of it for validation', () => {
  const count = (n: number, split: string) => every(n).filter((s) => splitOf(s, 'structure') === split).length;
  const held = [3, 4, 5, 6].map((n) => [count(n, 'validation'), count(n, 'test')] as const);
  expect(held.map(([validation, test]) => validation + test)).toEqual([33, 242, 2041, 19540]);
  expect(held).toEqual([
    [17, 16],
    [124, 118],
    [1005, 1036],
    [9898, 9642],
  ]);
  for (const structure of [...every(1), ...every(2)]) {
    for (const by of ['structure', 'class'] as const) {
      expect(splitOf(structure, by)).toBeUndefined();
      expect(trainable(structure, by)).toBe(true);
    }
  }
});

test('classes up to algebra and renaming: 3, 9, 31, 108, 404 and 1,535', () => {
  const classes = (n: number) => new Set(every(n).map(algebraicClass)).size;
  expect([1, 2, 3, 4, 5, 6].map(classes)).toEqual([3, 9, 31, 108, 404, 1535]);
});

/** Orders of 0 … n. */
function orders(n: number): number[][] {
  if (n < 0) return [[]];
  return orders(n - 1).flatMap((order) => Array.from({ length: n + 1 }, (_, at) => order.toSpliced(at, 0, n)));
}

test('two structures share a class exactly when some renaming makes them equal', () => {
  for (const n of [1, 2, 3, 4]) {
    const random = Random.stream(n, 'task');
    const values = Array.from({ length: n + 1 }, () => random.below(PRIME));
    const renamings = orders(n);
    // The values under all renamings, in order of size: the same for two structures that a renaming makes equal.
    const print = (structure: string) =>
      renamings
        .map((order) => evaluate(structure, (leaf) => values[order[leaf]!]!, residue))
        .sort((a, b) => a - b)
        .join();
    const pairs = every(n).map((structure) => [algebraicClass(structure), print(structure)] as const);
    const together = new Set(pairs.map(([name, values]) => `${name} ${values}`)).size;
    expect(new Set(pairs.map(([name]) => name)).size).toBe(together);
    expect(new Set(pairs.map(([, values]) => values)).size).toBe(together);
  }
});

test('the class split holds out whole classes, near a fifth of them and of their structures', () => {
  for (const n of [3, 4, 5, 6]) {
    const splits = new Map<string, Set<string | undefined>>();
    let held = 0;
    for (const structure of every(n)) {
      const name = algebraicClass(structure);
      splits.set(name, (splits.get(name) ?? new Set()).add(splitOf(structure, 'class')));
      if (!trainable(structure, 'class')) held++;
    }
    expect(Math.max(...Array.from(splits.values(), (of) => of.size))).toBe(1);
    const classes = Array.from(splits.values(), (of) => [...of][0]).filter((split) => split !== 'train');
    expect(Math.abs(held / structureCount(n) - 0.2)).toBeLessThan(0.02);
    expect(Math.abs(classes.length / splits.size - 0.2)).toBeLessThan(0.03);
    expect(new Set(classes)).toEqual(new Set(['validation', 'test']));
  }
});

test('structures are drawn uniformly from their split', () => {
  for (const by of ['structure', 'class'] satisfies SplitBy[]) {
    for (const split of SPLITS) {
      const expected = every(3).filter((structure) => splitOf(structure, by) === split);
      const random = Random.stream(7, 'task');
      const counts = new Map<string, number>();
      const each = 200;
      for (let i = 0; i < each * expected.length; i++) {
        const structure = drawStructure(3, split, by, random);
        counts.set(structure, (counts.get(structure) ?? 0) + 1);
      }
      expect([...counts.keys()].sort()).toEqual(expected.sort());
      // Five standard deviations of a count.
      for (const count of counts.values()) expect(Math.abs(count - each)).toBeLessThan(5 * Math.sqrt(each));
    }
  }
  // Where nothing is held out, the splits draw alike.
  const draw = (split: (typeof SPLITS)[number]) => drawStructure(2, split, 'structure', Random.stream(1, 'task'));
  expect(draw('test')).toBe(draw('train'));
});
