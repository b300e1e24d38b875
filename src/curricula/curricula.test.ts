import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { freshDraws } from './draws.ts';
import { createCurriculum } from './table.ts';

const random = () => Random.stream(1, 'curriculum');

test('fixed follows its schedule by the clock, ten updates an entry as published', () => {
  const curriculum = createCurriculum({ name: 'fixed', schedule: [0, 0, 0, 1, 1, 2], updatesPerEntry: 10 }, 3);
  const draws = freshDraws(1, 4);
  const seen = [1, 10, 30, 31, 50, 51, 60, 999].map((update) => {
    curriculum.assign(update, draws, random());
    return draws.levels[3];
  });
  expect(seen).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
});

test('mastery opens the next level at its threshold, and half the lanes get the newest', () => {
  const curriculum = createCurriculum({ name: 'mastery', threshold: 0.95, newestShare: 0.5 }, 3);
  const draws = freshDraws(1, 6000);
  const { levels } = draws;
  curriculum.assign(1, draws, random());
  expect(new Set(levels)).toEqual(new Set([0]));
  expect(curriculum.evaluated([0.94, 1, 1])).toBeUndefined();
  expect(curriculum.evaluated([0.95, 0, 0])).toBe(1);
  expect(curriculum.evaluated([1, 1, 0])).toBe(2);
  expect(curriculum.complete).toBe(true);
  expect(curriculum.evaluated([1, 1, 1])).toBeUndefined();
  curriculum.assign(2, draws, random());
  const newest = levels.filter((level) => level === 2).length / levels.length;
  expect(newest).toBeCloseTo(0.5 + 0.5 / 3, 1);
  const copy = createCurriculum({ name: 'mastery', threshold: 0.95, newestShare: 0.5 }, 3);
  copy.state = structuredClone(curriculum.state);
  const again = freshDraws(2, 6000);
  copy.assign(2, again, random());
  expect(again.levels).toEqual(levels);
});

test('uniform gives every level equally often', () => {
  const draws = freshDraws(1, 9000);
  const { levels } = draws;
  createCurriculum({ name: 'uniform' }, 3).assign(1, draws, random());
  for (const level of [0, 1, 2]) expect(levels.filter((l) => l === level).length / 9000).toBeCloseTo(1 / 3, 1);
});
