import { expect, test } from 'vitest';
import { updatesWithin } from './pilot.ts';

const training = (updates: number, seconds: number) => ({ seed: 1000, updates, seconds });

test('a budget is the updates of its seconds at the median rate of whole trainings, and a guess before the first', () => {
  expect(updatesWithin(20, 123, [])).toBe(123);
  expect(updatesWithin(20, 123, [training(600, 30)])).toBe(400);
  // Rates of 20, 25 and 10: the last one was disturbed.
  expect(updatesWithin(20, 123, [training(600, 30), training(400, 16), training(450, 45)])).toBe(400);
  expect(updatesWithin(20, 123, [training(600, 30), training(400, 16)])).toBe(450);
  expect(updatesWithin(0.001, 123, [training(600, 30)])).toBe(1);
});
