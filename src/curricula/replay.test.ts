import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import type { Curriculum, CurriculumConfig } from './curriculum.ts';
import { type Draws, freshDraws } from './draws.ts';
import { replayProbabilities } from './replay.ts';
import { stateOf } from './state.ts';
import { createCurriculum } from './table.ts';

const SETTINGS = {
  ...{ name: 'replay', replayShare: 0.5, score: 'surprise', capacity: 50, rankPower: 1, staleness: 0.1 },
} as const satisfies CurriculumConfig;

test('P = (1 − ρ) P_S + ρ P_C, worked by hand', () => {
  expect(replayProbabilities([1, 3], 1, 0)).toEqual([2 / 3, 1 / 3]);
  expect(replayProbabilities([1, 3], 2, 0)).toEqual([4 / 5, 1 / 5]);
  expect(replayProbabilities([1, 3], 1, 1)).toEqual([1 / 4, 3 / 4]);
  const [first, second] = replayProbabilities([1, 3], 1, 0.5);
  expect(first).toBeCloseTo(11 / 24, 12);
  expect(second).toBeCloseTo(13 / 24, 12);
  expect(replayProbabilities([0, 0], 0, 0.5)).toEqual([1 / 2, 1 / 2]);
  expect(replayProbabilities([], 1, 0.5)).toEqual([]);
});

/** Assigns an update and tells what came of it: `surprise` and `solved` by problem. */
function play(
  curriculum: Curriculum,
  update: number,
  outcome: (draws: Draws, row: number) => { surprise: number; solved?: number },
): Draws {
  const draws = freshDraws(update, 40);
  curriculum.assign(update, draws, Random.stream(3, 'curriculum').fold(update));
  const all = Array.from(draws.levels, (_, row) => outcome(draws, row));
  const solved = all.map((one) => one.solved ?? 0);
  const surprises = all.map(({ surprise }) => surprise);
  curriculum.observe?.({ update, draws, solved, rewards: solved, surprises });
  return draws;
}

const problems = (curriculum: Curriculum) => stateOf('replay', curriculum.state).problems;
/** Some problems are worth more than others, for ever. */
const worth = ({ updates, numbers }: Draws, row: number) => ({
  surprise: ((updates[row]! * 7 + numbers[row]!) % 11) / 11,
});

test('half of an update is of the buffer, each at most once and as it was; the buffer keeps the best', () => {
  const curriculum = createCurriculum(SETTINGS, 3);
  const first = play(curriculum, 1, worth);
  expect(first.updates.every((update) => update === 1)).toBe(true);
  const level = new Map(Array.from(first.levels, (one, i) => [`1 ${first.numbers[i]}`, one]));
  let replayed = 0;
  for (let update = 2; update <= 60; update++) {
    const draws = play(curriculum, update, worth);
    const names = Array.from(draws.updates, (one, i) => `${one} ${draws.numbers[i]}`);
    expect(new Set(names).size).toBe(names.length);
    for (const [i, name] of names.entries()) {
      if (draws.updates[i] === update) level.set(name, draws.levels[i]!);
      else replayed++;
      expect(draws.levels[i]).toBe(level.get(name));
    }
  }
  expect(replayed / (59 * 40)).toBeCloseTo(0.5, 1);
  expect(problems(curriculum)).toHaveLength(50);
  expect(problems(curriculum).every(({ score }) => score === 10 / 11)).toBe(true);
});

test('what has lost its worth goes down, and one that is stale is looked at again', () => {
  const surprised = createCurriculum({ ...SETTINGS, staleness: 0 }, 3);
  play(surprised, 1, (_, row) => ({ surprise: row === 5 ? 1 : 0.5 }));
  expect(problems(surprised)[0]).toMatchObject({ number: 5, score: 1 });
  for (let update = 2; update <= 4; update++) play(surprised, update, () => ({ surprise: 0.1 }));
  expect(problems(surprised).find(({ update, number }) => update === 1 && number === 5)?.score).not.toBe(1);

  const stale = createCurriculum({ ...SETTINGS, rankPower: 16, staleness: 1 }, 3);
  play(stale, 1, (_, row) => ({ surprise: row }));
  for (let update = 2; update <= 6; update++) play(stale, update, () => ({ surprise: 40 }));
  expect(problems(stale).filter(({ update, seen }) => update === 1 && seen === 1)).toEqual([]);
});

test('a problem that is solved sometimes is the most learnable', () => {
  const curriculum = createCurriculum({ ...SETTINGS, score: 'learnability', capacity: 120 }, 3);
  const kinds = ['never', 'always', 'sometimes'];
  const kindOf = (update: number, number: number) => kinds[(update + number) % 3];
  for (let update = 1; update <= 60; update++) {
    play(curriculum, update, ({ numbers, updates }, row) => {
      const kind = kindOf(updates[row]!, numbers[row]!);
      return { surprise: 0, solved: kind === 'always' || (kind === 'sometimes' && update % 2 === 0) ? 1 : 0 };
    });
  }
  // Of those that were tried often enough to tell.
  const known = problems(curriculum).filter(({ tries }) => tries > 2);
  const top = known.slice(0, 10).map(({ number, update }) => kindOf(update, number));
  expect(top.filter((kind) => kind === 'sometimes').length).toBeGreaterThan(8);
});

test('lanes of a group count as tries of one problem', () => {
  const curriculum = createCurriculum({ ...SETTINGS, score: 'learnability' }, 3);
  const draws = {
    levels: Int32Array.of(1, 1, 2, 2),
    updates: Int32Array.of(1, 1, 1, 1),
    numbers: Int32Array.of(0, 0, 1, 1),
  };
  curriculum.observe?.({ update: 1, draws, solved: [1, 0, 1, 1], rewards: [1, 0, 1, 1], surprises: [1, 0, 0, 0] });
  expect(problems(curriculum)).toEqual([
    { level: 1, update: 1, number: 0, score: 1 / 4, tries: 2, solved: 1, seen: 1 },
    { level: 2, update: 1, number: 1, score: 3 / 16, tries: 2, solved: 2, seen: 1 },
  ]);
});
