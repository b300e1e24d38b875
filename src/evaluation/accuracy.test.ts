import { expect, test } from 'vitest';
import { levelScore, type Outcome } from './accuracy.ts';
import { wilson, Z } from './statistics.ts';

const outcome = (reward: number, solved = false): Outcome => ({
  ...{ problem: { level: 2 }, solved, reward, program: [1, 2, 3] },
  logProb: -1,
});
const OUTCOMES = [outcome(1, true), outcome(0), outcome(0.5), outcome(0.5)];

test('a score by hand: the share solved by Wilson, the mean reward with its standard error', () => {
  const { rewardInterval, ...score } = levelScore(2, OUTCOMES, [undefined, undefined, undefined, undefined]);
  expect(score).toEqual({ level: 2, problems: 4, solved: 0.25, interval: wilson(1, 4), reward: 0.5, tokens: 3 });
  // Squared deviations 0.25 + 0.25; over 3 and 4.
  const half = Z * Math.sqrt(0.5 / 12);
  expect(rewardInterval.low).toBeCloseTo(0.5 - half, 12);
  expect(rewardInterval.high).toBeCloseTo(0.5 + half, 12);
});

test('problems of one cluster count as one for the interval of the reward', () => {
  const { rewardInterval } = levelScore(2, OUTCOMES, ['a', 'a', 'b', 'b']);
  // Both clusters have the mean of all: nothing between them differs.
  expect(rewardInterval).toEqual({ low: 0.5, high: 0.5 });
});
