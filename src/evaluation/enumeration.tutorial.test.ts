// The exact ceilings of the published task: what it pays for is not what it asks for.

import { expect, test } from 'vitest';
import { everyDigitProblem, TOKEN } from '../tasks/digitProblem.ts';
import { tutorialTask } from '../tasks/tutorial/task.ts';
import { enumeratePrograms, irreducible } from './enumeration.ts';

const { MUL, ADD, SUB, ANS } = TOKEN;

const ceilings = (level: number) =>
  enumeratePrograms(tutorialTask(), { problems: everyDigitProblem(level, 5), answer: ANS, maxTools: 5 });

test('stage 0 pays 1.060 for a·b, right in one problem of ten, and 0.205 for the target', () => {
  const found = ceilings(0);
  expect(found.programs).toBe(3906);
  expect(found.bestReward.program).toEqual([MUL, ANS]);
  expect(found.bestReward.reward).toBeCloseTo(1.06, 6);
  expect(found.bestReward.solved).toBe(0.1);
  expect(found.bestSolved).toMatchObject({ program: [MUL, ADD, ANS], solved: 1 });
  expect(found.bestSolved.reward).toBeCloseTo(0.205, 6);
  expect(irreducible(found.alwaysRight)).toEqual([[MUL, ADD, ANS]]);
});

test('stage 1 pays 1.120 for a·b + c, right in one problem of ten, and 0.265 for the target', () => {
  const found = ceilings(1);
  expect(found.bestReward.program).toEqual([MUL, ADD, ANS]);
  expect(found.bestReward.reward).toBeCloseTo(1.12, 6);
  expect(found.bestReward.solved).toBe(0.1);
  expect(found.bestSolved).toMatchObject({ program: [MUL, ADD, SUB, ANS], solved: 1 });
  expect(found.bestSolved.reward).toBeCloseTo(0.265, 6);
  // Its tools know their digits, so that the order of two of them is free.
  expect(irreducible(found.alwaysRight)).toEqual([
    [MUL, ADD, SUB, ANS],
    [MUL, SUB, ADD, ANS],
  ]);
});

test('stage 2 cannot be solved: 0.271 by one program, 0.742 even with the digits in sight', () => {
  const found = ceilings(2);
  expect(found.bestReward.program).toEqual([MUL, ADD, SUB, ANS]);
  expect(found.bestReward.reward).toBeCloseTo(1.03703, 6);
  expect(found.bestReward.solved).toBe(0.19);
  expect(found.bestSolved.solved).toBe(0.271);
  expect(found.alwaysRight).toEqual([]);
  expect(found.oracle).toBe(0.74181);
}, 60_000);
