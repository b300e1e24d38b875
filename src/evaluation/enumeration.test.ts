import { expect, test } from 'vitest';
import { calculatorTask } from '../tasks/calculator/task.ts';
import { everyDigitProblem, TOKEN } from '../tasks/digitProblem.ts';
import { stepOutput } from '../tasks/task.ts';
import { runProgram } from '../tasks/tutorial/machine.ts';
import { tutorialTask } from '../tasks/tutorial/task.ts';
import { enumeratePrograms, irreducible } from './enumeration.ts';

const { MUL, ADD, SUB, ANS, STO, RCL } = TOKEN;
const TOOLS = [MUL, ADD, SUB, STO, RCL];

/** All programs of up to `most` tools and the answer, shortest first. */
function allPrograms(most: number): number[][] {
  const layers: number[][][] = [[[]]];
  for (let length = 1; length <= most; length++) {
    layers.push(layers.at(-1)!.flatMap((program) => TOOLS.map((tool) => [...program, tool])));
  }
  return layers.flat().map((program) => [...program, ANS]);
}

test('agrees with running every program on every problem, nothing merged', () => {
  const problems = everyDigitProblem(0, 5);
  const found = enumeratePrograms(tutorialTask(), { problems, answer: ANS, maxTools: 3 });
  const plain = allPrograms(3).map((program) => {
    const runs = problems.map((problem) => runProgram(problem, program));
    return {
      program,
      reward: runs.reduce((sum, run) => sum + run.reward, 0) / runs.length,
      right: runs.filter((run) => run.solved).length,
    };
  });
  expect(found.programs).toBe(1 + 5 + 25 + 125);
  const best = plain.reduce((a, b) => (b.reward > a.reward + 1e-9 ? b : a));
  expect(found.bestReward.program).toEqual(best.program);
  expect(found.bestReward.reward).toBeCloseTo(best.reward, 6);
  expect(new Set(found.alwaysRight.map(String))).toEqual(
    new Set(plain.filter(({ right }) => right === 1000).map(({ program }) => String(program))),
  );
  const wrong = plain.filter(({ right }) => right < 1000).reduce((a, b) => (b.right > a.right ? b : a));
  expect(found.bestWrong).toMatchObject({ program: wrong.program, solved: wrong.right / 1000 });
});

test('merging by states on a few problems and on all of them comes to the same', () => {
  const problems = everyDigitProblem(0);
  const options = { problems, answer: ANS, maxTools: 6 };
  const task = calculatorTask();
  const exact = enumeratePrograms(task, { ...options, fingerprint: problems.length });
  expect(enumeratePrograms(task, { ...options, fingerprint: 64 })).toEqual(exact);
});

test('no other program is right on 100 problems of the last level either, nothing merged', () => {
  const task = calculatorTask();
  const problems = everyDigitProblem(2).filter((_, code) => code % 997 === 234);
  const machine = task.machine(problems.length);
  const out = stepOutput(task, problems.length);
  const lanes = Int32Array.from(problems, (_, lane) => lane);
  const right = allPrograms(6).filter((program) => {
    machine.reset(problems, out);
    for (const token of program) machine.step(lanes, new Int32Array(lanes.length).fill(token), out);
    return problems.every((_, lane) => machine.solved(lane));
  });
  expect(right).toEqual([[MUL, ADD, STO, MUL, RCL, SUB, ANS]]);
}, 60_000);

test('irreducible keeps what no shorter one lies within', () => {
  const programs = [
    [2, 1, 9],
    [1, 9],
    [1, 1, 9],
    [3, 4, 9],
    [4, 3, 9],
    [3, 5, 4, 9],
  ];
  expect(irreducible(programs)).toEqual([
    [1, 9],
    [3, 4, 9],
    [4, 3, 9],
  ]);
});

test('an answer that does not fit is refused', () => {
  const options = { problems: everyDigitProblem(0), answer: ANS, maxTools: 8 };
  expect(() => enumeratePrograms(calculatorTask(), options)).toThrow('8 tools and an answer exceed the limit of 8');
});
