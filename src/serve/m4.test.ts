import { expect, test } from 'vitest';
import { lowerBound, m4 } from './m4.ts';

const count = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

test('of every span the first, last, lowest and highest row', () => {
  const values = Float64Array.of(3, 9, 1, 4, 5, 2, 7, 6);
  expect([...m4(count(8), [values], 0, 8, 2)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect([...m4(count(8), [values], 0, 8, 1)]).toEqual([0, 1, 2, 7]);
  expect([...m4(count(8), [values], 3, 8, 1)]).toEqual([3, 5, 6, 7]);
});

test('what is missing is passed over, and the ends are kept', () => {
  const none = Number.NaN;
  expect([...m4(count(6), [Float64Array.of(none, 2, none, 1, 3, none)], 0, 6, 1)]).toEqual([0, 1, 3, 4, 5]);
  expect([...m4(count(3), [Float64Array.of(none, none, none)], 0, 3, 1)]).toEqual([0, 2]);
  expect([...m4(count(3), [], 0, 3, 5)]).toEqual([0, 2]);
  expect([...m4(count(3), [count(3)], 1, 1, 5)]).toEqual([]);
});

test('infinities count as extremes, spans without rows do no harm, and rows stay few', () => {
  const x = Float64Array.of(1, 2, 1000);
  const values = Float64Array.of(Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY);
  expect([...m4(x, [values], 0, 3, 10)]).toEqual([0, 1, 2]);
  const noise = Float64Array.from({ length: 10_000 }, (_, i) => Math.sin(i * i));
  const rows = m4(count(10_000), [noise, noise.map((value) => -value)], 0, 10_000, 25);
  expect(rows.length).toBeLessThanOrEqual(2 + 4 * 25 * 2);
  const taken = [...rows].map((row) => noise[row]!);
  expect([Math.max(...taken), Math.min(...taken)]).toEqual([Math.max(...noise), Math.min(...noise)]);
});

test('the first row that is not below a value', () => {
  expect([0, 1, 1.5, 4, 5].map((value) => lowerBound(count(4), value, 0, 4))).toEqual([0, 0, 1, 3, 4]);
});
