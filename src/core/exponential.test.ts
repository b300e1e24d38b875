import { expect, test } from 'vitest';
import { exponential } from './exponential.ts';

test('it is e to the power of x', () => {
  expect(exponential(0)).toBe(1);
  expect(exponential(1)).toBeCloseTo(Math.E, 14);
  for (const x of [-700, -20, -3.5, -0.4, -1e-9, 1e-9, 0.35, 2, 11.7, 20, 700]) {
    expect(Math.abs(exponential(x) / Math.exp(x) - 1), `${x}`).toBeLessThan(Math.abs(x) > 20 ? 1e-13 : 2e-15);
  }
});

test('it ends where doubles do', () => {
  expect(exponential(711)).toBe(Number.POSITIVE_INFINITY);
  expect(exponential(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(exponential(-800)).toBe(0);
  expect(exponential(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(exponential(Number.NaN)).toBeNaN();
});
