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

test('labels follow what is still possible', () => {
  const problem = { level: 1, number: 6 };
  // Of 1 to 7: above 4 are 5 to 7, above 5 are 6 and 7. Token ids are places in the vocabulary, number − 1.
  const { tokens, values } = bisection.labels!.of(problem, [3, 4, 5]);
  expect(tokens).toEqual(['4', '5', '6']);
  expect(values[0]!.map((value) => bisection.labels!.labels[0]!.values[value])).toEqual(['1', '5', '6']);
});
