import { expect, test } from 'vitest';
import { passAtK } from './passAtK.ts';

test('pass@k is the share of draws of k programs that hold one that solves, worked by hand', () => {
  // Of 4 programs 1 solves: 1 of 4 draws of one; 3 of the 6 pairs; 3 of the 4 triples.
  expect(passAtK(4, 1, 1)).toBeCloseTo(1 / 4, 12);
  expect(passAtK(4, 1, 2)).toBeCloseTo(3 / 6, 12);
  expect(passAtK(4, 1, 3)).toBeCloseTo(3 / 4, 12);
  // Of 5 programs 2 solve: 3 of the 10 pairs hold neither.
  expect(passAtK(5, 2, 2)).toBeCloseTo(7 / 10, 12);
  expect(passAtK(5, 2, 4)).toBe(1);
  expect(passAtK(16, 0, 16)).toBe(0);
  expect(passAtK(16, 1, 16)).toBe(1);
});
