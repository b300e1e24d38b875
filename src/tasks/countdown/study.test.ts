import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { greedyValue } from './baselines.ts';
import { shareOfPrograms } from './search.ts';
import { countdownTask } from './task.ts';

test('greedy, worked by hand', () => {
  // From 12: +5 = 17, +2 = 14, ×5 = 60, ×2 = 24 …; 60 is nearest to 62; then + 2.
  expect(greedyValue([2, 5, 12], 62)).toBe(62);
  // From 5 for 7: 5 + 2 is there at once, and 3 is left over: 7 + 3, 7 − 3 and 7 × 3, of which 10 comes first.
  expect(greedyValue([2, 3, 5], 7)).toBe(10);
});

test('players solve what they should: chance its exact share, search everything', () => {
  const task = countdownTask();
  const { analyse, baselines } = task.study!;
  const random = Random.stream(1000, 'evaluation');
  const problems = Array.from({ length: 400 }, (_, i) => task.sample(1, 'validation', random.fold(i)));
  const solved = Object.fromEntries(
    baselines!.map(({ name, play }, player) => [
      name,
      problems.filter((problem, i) => play(problem, random.fold(1000 * (player + 1) + i)).solved).length / 400,
    ]),
  );
  expect(solved.exhaustive).toBe(1);
  const shares = problems.map(({ numbers, target }) => shareOfPrograms(numbers, target));
  const mean = (values: readonly number[]) => values.reduce((all, one) => all + one) / values.length;
  const chance = (tries: number) =>
    mean(
      shares.map(
        (share) =>
          1 -
          Array(tries)
            .fill(1 - share)
            .reduce((a, b) => a * b, 1),
      ),
    );
  expect(Math.abs(solved.random! - chance(1))).toBeLessThan(0.03);
  expect(Math.abs(solved['16 random tries']! - chance(16))).toBeLessThan(0.08);
  const greedy = problems.filter((problem) => analyse(problem).groups['greedy solves']).length / 400;
  expect(solved.greedy).toBe(greedy);
  expect(greedy).toBeGreaterThan(0.15);
  expect(greedy).toBeLessThan(0.45);
});
