import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { cutMinibatches } from './lanes.ts';

test('minibatches hold every lane once, evenly, and in another order at each epoch', () => {
  const stream = Random.stream(0, 'minibatches');
  const [first, second] = [0, 1].map((epoch) => cutMinibatches(50, 3, stream.fold(epoch)));
  expect(first!.map((lanes) => lanes.length)).toEqual([16, 17, 17]);
  const all = first!.flatMap((lanes) => [...lanes]).sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: 50 }, (_, lane) => lane));
  for (const lanes of first!) expect([...lanes]).toEqual([...lanes].sort((a, b) => a - b));
  expect(second).not.toEqual(first);
  expect(cutMinibatches(50, 3, stream.fold(0))).toEqual(first);
});

test('every order is as likely: a lane is in each minibatch equally often', () => {
  const stream = Random.stream(1, 'minibatches');
  let times = 0;
  for (let update = 0; update < 3000; update++) if (cutMinibatches(9, 3, stream.fold(update))[2]!.includes(4)) times++;
  expect(times / 3000).toBeCloseTo(1 / 3, 1);
});
