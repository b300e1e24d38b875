import { expect, test } from 'vitest';
import { everyProgram, findProgram, shareOfPrograms } from './search.ts';

test('every program over k numbers is shown once: k!·3^(k−1)', () => {
  for (const [k, count] of [
    [2, 6],
    [3, 54],
    [4, 648],
  ]) {
    const seen = new Set<string>();
    everyProgram([2, 3, 5, 7].slice(0, k), (_, { numbers, operators }) => {
      seen.add(`${numbers} ${operators}`);
      return false;
    });
    expect(seen.size).toBe(count);
  }
});

test('values are those of immediate execution, from left to right', () => {
  const values: number[] = [];
  everyProgram([2, 5], (value) => {
    values.push(value);
    return false;
  });
  // 2+5, 2−5, 2×5, 5+2, 5−2, 5×2
  expect(values).toEqual([7, -3, 10, 7, 3, 10]);
  expect(findProgram([2, 3, 4], 20)).toEqual({ numbers: [2, 3, 4], operators: [0, 2] });
  // 2 + 3 × 4 = 20 from left to right; 14 is (3 + 4) × 2 before it is 3 × 4 + 2.
  expect(findProgram([2, 3, 4], 14)).toEqual({ numbers: [3, 4, 2], operators: [0, 2] });
  expect(findProgram([2, 3], 7)).toBeUndefined();
});

test('the share of programs that are right', () => {
  expect(shareOfPrograms([2, 5], 7)).toBe(2 / 6);
  expect(shareOfPrograms([2, 5], 3)).toBe(1 / 6);
  // Equal numbers are told apart: 3 + 3 twice of six.
  expect(shareOfPrograms([3, 3], 6)).toBe(2 / 6);
});
