// The claims that `calculator` was repaired to make true, by enumeration of all programs that fit, on all problems.

import { expect, test } from 'vitest';
import { type CalculatorOptions, calculatorTask } from '../tasks/calculator/task.ts';
import { everyDigitProblem, TOKEN } from '../tasks/digitProblem.ts';
import { CALCULATOR_CEILINGS } from './calculatorCeilings.ts';
import { enumeratePrograms, irreducible } from './enumeration.ts';

const { MUL, ADD, SUB, ANS, STO, RCL } = TOKEN;

const ceilings = (level: number, options: Partial<CalculatorOptions> = {}) =>
  enumeratePrograms(calculatorTask(options), { problems: everyDigitProblem(level), answer: ANS, maxTools: 7 });

test('MUL ADD ANS and MUL ADD SUB ANS are the only shortest at the first two levels, and lie in all that are right', () => {
  for (const [level, program] of [
    [MUL, ADD, ANS],
    [MUL, ADD, SUB, ANS],
  ].entries()) {
    const found = ceilings(level);
    expect(found.programs).toBe(97_656); // 5⁰ + … + 5⁷
    expect(found.alwaysRight.filter(({ length }) => length <= program.length)).toEqual([program]);
    expect(irreducible(found.alwaysRight)).toEqual([program]);
    expect(found.bestReward).toEqual({ program, reward: 2, solved: 1 });
  }
});

test('at the last level one program is right; with a seventh tool, only that one and a tool that does nothing', () => {
  const program = [MUL, ADD, STO, MUL, RCL, SUB, ANS];
  const found = ceilings(2);
  expect(found.bestReward).toEqual({ program, reward: 2, solved: 1 });
  expect(found.alwaysRight.filter(({ length }) => length <= 7)).toEqual([program]);
  expect(found.alwaysRight).toHaveLength(1 + 21);
  expect(irreducible(found.alwaysRight)).toEqual([program]);
  expect(found.bestWrong).toMatchObject({ program: [MUL, ADD, ANS], solved: 0.19 });
}, 60_000);

test('without memory the last level cannot be solved, even with the digits in sight', () => {
  const found = ceilings(2, { memory: false });
  expect(found.alwaysRight).toEqual([]);
  expect(found.bestSolved).toMatchObject({ program: [MUL, ADD, ANS], solved: CALCULATOR_CEILINGS.fixed[2] });
  expect(found.bestReward.program).toEqual([MUL, ADD, ANS]);
  expect(found.oracle).toBe(CALCULATOR_CEILINGS.oracle[2]);
}, 60_000);
