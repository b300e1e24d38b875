import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { everyDigitProblem, TOKEN } from '../digitProblem.ts';
import { stepOutput } from '../task.ts';
import { runProgram } from './machine.ts';
import { correctTerm, shapedTerm, tutorialReward, tutorialValues } from './reward.ts';
import { tutorialTask } from './task.ts';

const { MUL, ADD, SUB, ANS, STO, RCL } = TOKEN;
const digits = [3, 4, 5, 6, 7];

const golden = readFileSync(new URL('../../../test/golden/tutorial-environment.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const fields = line.split(',');
    return {
      problem: { level: Number(fields[0]), digits: fields.slice(1, 6).map(Number) },
      actions: fields[6]!.split(' ').map(Number),
      reward: Number(fields[7]),
      steps: Number(fields[8]),
    };
  });

test('all 6,000 published cases agree', () => {
  expect(golden).toHaveLength(6000);
  const wrong = golden.filter(({ problem, actions, reward, steps }) => {
    const run = runProgram(problem, actions);
    return Math.abs(run.reward - reward) > 1e-12 || run.steps !== steps;
  });
  expect(wrong).toEqual([]);
});

test('the machine agrees with the published cases in float32, however they are batched', () => {
  const task = tutorialTask({ programLimit: 7 });
  const machine = task.machine(golden.length);
  const out = stepOutput(task, golden.length);
  machine.reset(
    golden.map(({ problem }) => problem),
    out,
  );
  let live = golden.map((_, lane) => lane);
  const reward = new Array<number>(golden.length).fill(0);
  for (let t = 0; t < 7; t++) {
    live = live.filter((lane) => t < golden[lane]!.actions.length);
    machine.step(
      Int32Array.from(live),
      Int32Array.from(live, (lane) => golden[lane]!.actions[t]!),
      out,
    );
    live.forEach((lane, row) => {
      reward[lane]! += out.reward[row]!;
    });
    live = live.filter((_, row) => out.discount[row] === 1);
  }
  expect(reward).toEqual(golden.map((row) => Math.fround(row.reward)));
});

test('the terms of the reward, by hand: 3·4 = 12, + 5 = 17, − 6 = 11; 6·7 = 42, 17 − 42 = −25', () => {
  const values = tutorialValues(3, 4, 5, 6, 7);
  expect(values).toEqual({ g0: 12, g1: 17, g2: 11, g3: 42, g4: -25 });
  expect([12, 17, 11].map((last, level) => correctTerm(level, last, values))).toEqual([1, 1, 1]);
  expect([17, 11, -25].map((last, level) => correctTerm(level, last, values))).toEqual([0, 0, 0]);
  expect([12, 17, 11].map((last) => shapedTerm(1, last, values))).toEqual([0.25, 0.5, 0.75]);
  expect([12, 17, -25, 42].map((last) => shapedTerm(2, last, values))).toEqual([0.2, 0.4, 0.6, 0.6]);
  expect(shapedTerm(0, 11, values)).toBe(0);
  expect(tutorialReward(0, undefined, tutorialValues(0, 0, 0, 0, 0))).toBe(0);
  expect(tutorialReward(0, 0, tutorialValues(0, 0, 0, 0, 0))).toBeCloseTo(1.15, 12); // g0 = g1: both shares
});

test('it pays for the wrong answer, and little for the right one', () => {
  const at = (level: number, ...actions: number[]) => runProgram({ level, digits }, actions);
  expect(at(0, MUL, ANS)).toEqual({ reward: 1.05, steps: 2, solved: false });
  expect(at(0, MUL, ADD, ANS)).toEqual({ reward: 0.1, steps: 3, solved: true });
  expect(at(1, MUL, ADD, SUB, ANS).solved).toBe(true);
  expect(at(1, MUL, ADD, SUB, ANS).reward).toBeCloseTo(0.15, 12);
  expect(at(2, STO, RCL, ANS).reward).toBeCloseTo(0.12, 12); // the "memory" conjures d·e
  expect(at(2, MUL, ADD, STO, SUB, ANS).solved).toBe(false); // 17 − 7, not 17 − 42
  expect(at(0, MUL, ADD, MUL, MUL, MUL, MUL, MUL, ANS)).toEqual({ reward: 0, steps: 7, solved: false });
});

test('digits that are not shown have no effect', () => {
  const random = Random.stream(1000, 'policy');
  for (let i = 0; i < 2000; i++) {
    const level = random.below(2);
    const drawn = Array.from({ length: 5 }, () => random.below(10));
    const actions = Array.from({ length: 7 }, () => MUL + random.below(6));
    const shown = drawn.map((digit, place) => (place < 3 + level ? digit : 0));
    expect(runProgram({ level, digits: drawn }, actions)).toEqual(runProgram({ level, digits: shown }, actions));
  }
});

test('contexts, samples and notation', () => {
  const task = tutorialTask();
  expect([0, 1, 2].map((level) => task.context({ level, digits }))).toEqual([
    [3, 4, 5, 10],
    [3, 4, 5, 6, 10],
    [3, 4, 5, 6, 7, 10],
  ]);
  const drawn = task.sample(0, 'test', Random.stream(0, 'task'));
  expect(drawn).toEqual(task.sample(0, 'train', Random.stream(0, 'task')));
  expect(drawn.digits).toHaveLength(5);
  expect(task.parse!('3 4 5')).toEqual({ level: 0, digits: [3, 4, 5, 0, 0] });
  expect(task.describe({ level: 1, digits })).toBe('3·4 + 5 − 6 = 11');
  expect(task.programLimit).toBe(6);
  expect(everyDigitProblem(0, 5)[345]).toEqual({ level: 0, digits: [3, 4, 5, 0, 0] });
});
