import { expect, test } from 'vitest';
import { Estimator } from './estimate.ts';

const short = { kind: 'short', weight: 1 };
const long = { kind: 'long', weight: 10 };

test('sizes give an order before anything was seen, and seconds of their own afterwards', () => {
  const estimator = new Estimator();
  expect(estimator.of(long)).toBeGreaterThan(estimator.of(short));
  expect(estimator.left([short], [], 2)).toBe(Number.POSITIVE_INFINITY);
  estimator.finished(short, 3);
  expect([estimator.of(short), estimator.of(long)]).toEqual([3, 30]);
  estimator.finished(short, 5);
  estimator.finished(long, 24);
  expect([estimator.of(short), estimator.of(long)]).toEqual([4, 24]);
});

test('the time left is an even share of all that is left, or the longest run', () => {
  const estimator = new Estimator();
  estimator.finished(short, 4);
  estimator.finished(long, 24);
  expect(estimator.left([short, short, short], [2, 6], 2)).toBe(10);
  expect(estimator.left([long, short], [], 4)).toBe(24);
  expect(estimator.left([], [], 2)).toBe(0);
});
