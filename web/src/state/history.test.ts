import { expect, test } from 'vitest';
import { Series } from './history.ts';

test('points are means of the updates that they stand for, and what is no number is left out', () => {
  const series = new Series(2, 4);
  for (let update = 1; update <= 4; update++) series.push(update, [update, update === 2 ? 6 : null]);
  expect(series.x()).toEqual([1, 2, 3, 4]);
  expect(series.y(1)).toEqual([null, 6, null, null]);
  // The fifth finds it full: 1 and 2, 3 and 4 become one, and every later point takes two.
  series.push(5, [5, null]);
  expect(series.x()).toEqual([2, 4, 5]);
  expect(series.y(0)).toEqual([1.5, 3.5, 5]);
  expect(series.y(1)).toEqual([6, null, null]);
  series.push(6, [7, Number.NaN]);
  expect(series.x()).toEqual([2, 4, 6]);
  expect(series.y(0)).toEqual([1.5, 3.5, 6]);
  expect(series.last(0)).toBe(6);
  expect(series.last(1)).toBe(6);
});

test('a hundred thousand updates take no more room than the first thousand', () => {
  const series = new Series(1, 64);
  let sum = 0;
  let longest = 0;
  for (let update = 1; update <= 100_000; update++) {
    series.push(update, [update % 7]);
    sum += update % 7;
    longest = Math.max(longest, series.length);
  }
  expect(longest).toBe(64);
  expect(series.x().at(-1)).toBe(100_000);
  const values = series.y(0) as number[];
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  expect(mean).toBeCloseTo(sum / 100_000, 2);
});
