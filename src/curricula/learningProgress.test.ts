import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import type { Curriculum } from './curriculum.ts';
import { freshDraws } from './draws.ts';
import { successSlope } from './learningProgress.ts';
import { createCurriculum } from './table.ts';

test('slopes, worked by hand', () => {
  expect(successSlope([2, 2, 2], [0, 1, 2])).toBe(0.5);
  expect(successSlope([4, 4], [4, 1])).toBe(-0.75);
  // An update without lanes is passed over; the line goes through (0, 0) and (2, 1).
  expect(successSlope([1, 0, 3], [0, 0, 3])).toBe(0.5);
  // Points (0, 0), (1, 0) and, five times as heavy, (2, 1): covariance 10 − 55/7, variance 21 − 121/7.
  expect(successSlope([1, 1, 5], [0, 0, 5])).toBeCloseTo(15 / 26, 12);
  for (const flat of [[], [3], [0, 0]]) expect(successSlope(flat, flat)).toBe(0);
});

const random = (update: number) => Random.stream(3, 'curriculum').fold(update);
const LANES = 400;

/** Plays updates in which each level is solved as often as `skill` says. @returns the lanes by level of each update. */
function play(curriculum: Curriculum, from: number, to: number, skill: (update: number) => readonly number[]) {
  const mixes: number[][] = [];
  for (let update = from; update <= to; update++) {
    const draws = freshDraws(update, LANES);
    curriculum.assign(update, draws, random(update));
    const luck = Random.stream(4, 'policy').fold(update);
    const solved = draws.levels.map((level) => (luck.uniform() < skill(update)[level]! ? 1 : 0));
    curriculum.observe?.({ update, draws, solved, rewards: solved, surprises: solved });
    mixes.push([0, 1, 2].map((level) => draws.levels.filter((one) => one === level).length));
  }
  return mixes;
}

/** Mean share of a level's lanes over the last ten updates. */
const share = (mixes: readonly number[][], level: number) =>
  mixes.slice(-10).reduce((sum, mix) => sum + mix[level]!, 0) / (10 * LANES);

test('it goes where progress is, leaves what is learnt, and comes back to what is forgotten', () => {
  const curriculum = createCurriculum({ name: 'learningProgress', window: 20, floor: 0.1 }, 3);
  const nothing = play(curriculum, 1, 1, () => [0, 0, 0])[0]!;
  for (const lanes of nothing) expect(lanes / LANES).toBeCloseTo(1 / 3, 1);
  const rising = play(curriculum, 2, 31, (update) => [(update - 1) / 30, 0, 0]);
  expect(share(rising, 0)).toBeGreaterThan(0.8);
  expect(share(rising, 2)).toBeGreaterThan(0.02);
  const next = play(curriculum, 32, 90, (update) => [1, Math.max(0, (update - 60) / 30), 0]);
  expect(share(next, 1)).toBeGreaterThan(0.8);
  expect(share(next, 0)).toBeLessThan(0.1);
  const forgetting = play(curriculum, 91, 110, (update) => [1 - (update - 90) / 25, 1, 0]);
  expect(share(forgetting, 0)).toBeGreaterThan(0.6);
});
