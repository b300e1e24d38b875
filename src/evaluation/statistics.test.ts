import { expect, test } from 'vitest';
import { wilson } from './statistics.ts';

test('Wilson intervals agree with published values', () => {
  // R: prop.test(8, 10, correct = FALSE), prop.test(0, 20, correct = FALSE), prop.test(263, 300, correct = FALSE)
  expect(wilson(8, 10).low).toBeCloseTo(0.4901625, 6);
  expect(wilson(8, 10).high).toBeCloseTo(0.9433178, 6);
  expect(wilson(0, 20).low).toBe(0);
  expect(wilson(0, 20).high).toBeCloseTo(0.1611252, 6);
  expect(wilson(2000, 2000).high).toBe(1);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});
