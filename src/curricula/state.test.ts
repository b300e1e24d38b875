import { expect, test } from 'vitest';
import { type CurriculumState, curriculumStateSchema, fits, isStateOf } from './state.ts';
import { createCurriculum } from './table.ts';

const PROBLEM = { level: 2, update: 7, number: 3, score: 0.25, tries: 1.8, solved: 0.8, seen: 9 };
const LEARNABILITY = { name: 'learnability', lanes: [1, 2.5, 0], solved: [1, 0.5, 0] } as const;
const STATES: readonly CurriculumState[] = [
  // As checkpoints have had it from the first.
  { top: 2 },
  { name: 'learningProgress', updates: [{ lanes: [4, 0, 1], solved: [3, 0, 0] }] },
  { ...LEARNABILITY, lanes: [...LEARNABILITY.lanes], solved: [...LEARNABILITY.solved] },
  { name: 'replay', problems: [PROBLEM] },
];

test.each(STATES)('%o is read back as it was written', (state) => {
  const text = JSON.stringify(state);
  expect(curriculumStateSchema.parse(JSON.parse(text))).toEqual(state);
  expect(fits(state, 3)).toBe(true);
  expect(fits(state, 2)).toBe(false);
});

test.each([
  {},
  { name: 'mastery' },
  { name: 'learnability', lanes: [1] },
  { name: 'replay', problems: [{ ...PROBLEM, score: null }] },
])('%o is no state', (state) => {
  expect(curriculumStateSchema.safeParse(state).success).toBe(false);
});

test('a state has an owner', () => {
  for (const name of ['fixed', 'mastery', 'uniform']) expect(isStateOf(name, { top: 0 })).toBe(true);
  expect(isStateOf('replay', { top: 0 })).toBe(false);
  expect(isStateOf('replay', { name: 'replay', problems: [] })).toBe(true);
  expect(isStateOf('mastery', { name: 'replay', problems: [] })).toBe(false);
  const curriculum = createCurriculum({ name: 'learnability', window: 20, floor: 0.2 }, 3);
  expect(() => {
    curriculum.state = { top: 1 };
  }).toThrow('the state is not that of curriculum learnability');
});
