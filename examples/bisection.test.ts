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
  const { labels, of } = bisection.labels!;
  // Of 1 to 7 with 4 in the middle, and 6 hidden: above 1 are 2 to 7, above 4 are 5 to 7. Ids are numbers − 1.
  const { tokens, values } = of({ level: 1, number: 6 }, [0, 3, 5]);
  expect(tokens).toEqual(['1', '4', '6']);
  expect(values[0]!.map((value) => labels[0]!.values[value])).toEqual(['both', 'both', 'upper']);
  // With 3 hidden, below 5 are 1 to 4, and below 4 are 1 to 3.
  const below = of({ level: 1, number: 3 }, [4, 3, 2]);
  expect(below.values[0]!.map((value) => labels[0]!.values[value])).toEqual(['both', 'both', 'lower']);
});
