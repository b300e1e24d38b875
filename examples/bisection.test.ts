// The example keeps the task contract and learns: nearly all seeds reach 0.93 (one guess off the middle) or 1.

import { expect, test } from 'vitest';
import { checkTask, type TrainEvent, train } from '../src/index.ts';
import { bisection } from './bisection.ts';

test('bisection keeps the contract of tasks', () => {
  checkTask(bisection);
});

test('bisection is learnt', async () => {
  let last: TrainEvent | undefined;
  for await (const event of train({ task: bisection, updates: 400, algorithm: { discount: 0.7 } })) last = event;
  if (last?.type !== 'finished') throw new Error('the training did not finish');
  const [first, second, third] = last.levels.map(({ solved }) => solved);
  expect(first).toBeGreaterThan(0.95);
  expect(second).toBeGreaterThan(0.9);
  expect(third).toBeGreaterThan(0.8);
});
