import { expect, test } from 'vitest';
import { thinned } from './history.ts';

/** What is left when a run prunes after each of its checkpoints, the newest `keep` aside. */
function kept(updates: readonly number[], most: number, keep: number): readonly number[] {
  let there: readonly number[] = [];
  for (const update of updates) {
    there = [...there, update];
    const stay = new Set([...thinned(there, most), ...there.slice(-keep)]);
    there = there.filter((one) => stay.has(one));
  }
  return there;
}

const every = (step: number, to: number) => Array.from({ length: to / step }, (_, i) => (i + 1) * step);

test('what stays is nearest to a ladder in steps of √2', () => {
  expect(kept(every(250, 8500), 12, 3)).toEqual([
    ...[250, 500, 750, 1000, 1500, 2000, 3000, 4000, 5750, 8000],
    ...[8250, 8500],
  ]);
});

test('a long run has a coarser ladder and never more than asked for', () => {
  const long = kept(every(10, 100_000), 12, 1);
  expect(long.length).toBeLessThanOrEqual(13);
  expect(long[0]).toBe(10);
  expect(long.at(-1)).toBe(100_000);
  for (const [i, update] of long.slice(1).entries()) expect(update / long[i]!).toBeLessThan(5);
});

test('what is nearest to no rung goes, and all where none are asked for', () => {
  expect(thinned([5, 6, 7], 3)).toEqual([5, 6]);
  expect(thinned([5, 6, 7], 0)).toEqual([]);
  expect(thinned([], 12)).toEqual([]);
  expect(thinned([0, 1, 1000], 2)).toEqual([0, 1000]);
});
