import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { freshDraws } from './draws.ts';
import { learnabilityOf } from './learnability.ts';
import { createCurriculum } from './table.ts';

test('p (1 − p) by Laplace, worked by hand', () => {
  expect(learnabilityOf(0, 0)).toBe(1 / 4);
  expect(learnabilityOf(2, 2)).toBe(3 / 16);
  expect(learnabilityOf(8, 0)).toBeCloseTo(9 / 100, 12);
});

test('it goes to the level that is solved sometimes, and back to one that slips', () => {
  const curriculum = createCurriculum({ name: 'learnability', window: 10, floor: 0.2 }, 3);
  const mix = (update: number, skill: readonly number[]): number[] => {
    const draws = freshDraws(update, 600);
    curriculum.assign(update, draws, Random.stream(3, 'curriculum').fold(update));
    const solved = draws.levels.map((level, lane) => (lane % 10 < 10 * skill[level]! ? 1 : 0));
    curriculum.observe?.({ update, draws, solved, rewards: solved, surprises: solved });
    return [0, 1, 2].map((level) => draws.levels.filter((one) => one === level).length / 600);
  };
  for (const share of mix(1, [1, 0.5, 0])) expect(share).toBeCloseTo(1 / 3, 1);
  for (let update = 2; update < 40; update++) mix(update, [1, 0.5, 0]);
  const [solved, learning, unsolved] = mix(40, [1, 0.5, 0]);
  expect(learning).toBeGreaterThan(0.75);
  // The floor, a fifteenth each, and the little that Laplace leaves open.
  for (const share of [solved!, unsolved!]) expect(share).toBeCloseTo(0.1, 1);
  for (let update = 41; update < 60; update++) mix(update, [0.6, 1, 0]);
  expect(mix(60, [0.6, 1, 0])[0]).toBeGreaterThan(0.6);
});
