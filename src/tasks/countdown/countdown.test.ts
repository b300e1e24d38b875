import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { checkTask } from '../conformance.ts';
import { createTask } from '../table.ts';
import { type Problem, stepOutput, type Task } from '../task.ts';
import { hindsight, programValue } from './hindsight.ts';
import { OBSERVATION } from './machine.ts';
import { type CountdownOptions, countdownOptions } from './options.ts';
import { type CountdownProblem, splitOf } from './problem.ts';
import { findProgram } from './search.ts';
import { countdownTask } from './task.ts';
import { programTokens, VOCABULARY, VOCABULARY_SIZE } from './vocabulary.ts';

const trainable = (problem: Problem) => splitOf((problem as CountdownProblem).numbers) === 'train';

/** Ids of symbols: `7 * 3`. */
const ids = (text: string): number[] =>
  text.split(' ').map((symbol) => VOCABULARY.findIndex((token) => token.symbol === symbol));

/** Plays `program` and answers what each token led to. */
function play(problem: CountdownProblem, program: readonly number[], options: Partial<CountdownOptions> = {}) {
  const task = countdownTask(options);
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([problem], out);
  const steps = program.map((token) => {
    machine.step(Int32Array.of(0), Int32Array.of(token), out);
    return {
      observed: Array.from(out.observation),
      reward: out.reward[0],
      discount: out.discount[0],
      legal: VOCABULARY.filter((_, id) => out.legal[id] === 1).map(({ symbol }) => symbol),
    };
  });
  return { steps, solved: machine.solved(0), describe: machine.describe(0) };
}

test.each([
  {},
  { loop: 'open' },
  { fewest: 2 },
  { fewest: 4 },
  { numbers: 5, fewest: 5 },
] satisfies Partial<CountdownOptions>[])('the contract holds under %o', (options) => {
  checkTask(countdownTask(options) as Task, { problems: 4, trainable });
});

test('options have their defaults, and the table knows the task', () => {
  expect(countdownOptions.parse({})).toEqual({ numbers: 4, fewest: 3, loop: 'closed' });
  expect(createTask('countdown', { fewest: 2 }).levels.map(({ name }) => name)).toEqual(['k=2', 'k=3', 'k=4']);
  expect(() => createTask('countdown', { numbers: 3, fewest: 4 })).toThrow('expected at most numbers');
  expect(VOCABULARY).toHaveLength(VOCABULARY_SIZE);
});

test('a solved episode in a closed loop, worked by hand', () => {
  const problem = { level: 1, numbers: [2, 5, 11, 12], target: 98 };
  const { steps, solved, describe } = play(problem, ids('2 - 12 * 11 + 5'));
  // 2, 2 − 12 = −10, −10·11 = −110, −110 + 5 = −105: not 98.
  expect(solved).toBe(false);
  expect(steps.map(({ observed }) => observed)).toEqual([
    [1, 0, 0, 2],
    [1, 0, 0, 2],
    [2, 0, 1, 0],
    [2, 0, 1, 0],
    [2, 1, 1, 0],
    [2, 1, 1, 0],
    [2, 1, 0, 5],
  ]);
  expect(steps.map(({ discount }) => discount)).toEqual([1, 1, 1, 1, 1, 1, 0]);
  expect(steps.slice(0, 4).map(({ legal }) => legal)).toEqual([
    ['+', '-', '*'],
    ['5', '11', '12'],
    ['+', '-', '*'],
    ['5', '11'],
  ]);
  expect(describe).toEqual([
    ['value', '-105'],
    ['pending', '–'],
    ['numbers left', '–'],
  ]);
  const right = play(problem, ids('2 * 5 * 11 - 12'));
  expect(right.solved).toBe(true);
  expect(right.steps.map(({ reward }) => reward)).toEqual([0, 0, 0, 0, 0, 0, 1]);
});

test('what is shown is clipped; in an open loop nothing is', () => {
  const problem = { level: 1, numbers: [9, 10, 11, 12], target: 2 };
  const program = ids('12 * 11 * 10 - 9');
  const observed = play(problem, program).steps.map((step) => step.observed);
  expect(observed[4]).toEqual([1, 9, 9, 9]); // 1320
  expect(observed.flat().every((value, i) => value < OBSERVATION[i % 4]!.size)).toBe(true);
  expect(play(problem, program, { loop: 'open' }).steps[4]!.observed).toEqual([]);
});

test('a token that is not legal does nothing but takes its step', () => {
  const problem = { level: 0, numbers: [2, 3, 4], target: 9 };
  const { solved, steps, describe } = play(problem, ids('2 2 + 3 +'));
  expect([solved, steps.at(-1)!.discount]).toEqual([false, 0]);
  expect(describe).toEqual([
    ['value', '5'],
    ['pending', '+'],
    ['numbers left', '4'],
  ]);
});

test('a number that stands twice may be used twice', () => {
  expect(play({ level: 0, numbers: [3, 3, 4], target: 10 }, ids('3 + 3 + 4')).solved).toBe(true);
  expect(play({ level: 0, numbers: [3, 4, 4], target: 10 }, ids('3 + 3 + 4')).solved).toBe(false);
});

test('a fifth of the sets of numbers is held out, half of it for validation', () => {
  const sets: number[][] = [];
  const extend = (set: number[], from: number): void => {
    if (set.length === 4) sets.push(set);
    else for (let number = from; number <= 12; number++) extend([...set, number], number);
  };
  extend([], 1);
  expect(sets).toHaveLength(1365);
  const count = (split: string) => sets.filter((set) => splitOf(set) === split).length;
  expect([count('train'), count('validation'), count('test')]).toEqual([1100, 127, 138]);
});

test('problems can be solved, and are of their split', () => {
  const task = countdownTask();
  const random = Random.stream(3, 'task');
  for (const split of ['train', 'validation', 'test'] as const) {
    for (let i = 0; i < 50; i++) {
      const { numbers, target } = task.sample(1, split, random);
      expect(splitOf(numbers)).toBe(split);
      expect(findProgram(numbers, target)).toBeDefined();
    }
  }
});

test('hindsight keeps the numbers and asks for what was reached', () => {
  const train = { level: 0, numbers: [2, 3, 4], target: 9 };
  expect(splitOf(train.numbers)).toBe('train');
  const program = ids('2 + 3 * 4');
  expect(programValue(train.numbers, program)).toBe(20);
  expect(hindsight(train, program)).toEqual({ problem: { ...train, target: 20 }, program });
  expect(hindsight({ ...train, target: 20 }, program)).toBeUndefined(); // solved
  expect(hindsight(train, ids('2 - 3 * 4'))).toBeUndefined(); // −4 is no target
  expect(hindsight(train, ids('2 2 + 3 +'))).toBeUndefined(); // no whole program
  expect(hindsight(train, ids('2 + 2 * 4'))).toBeUndefined(); // 2 twice
  const held = countdownTask().sample(0, 'validation', Random.stream(1, 'task'));
  const other = programTokens(held.numbers, [0, 0]);
  expect(hindsight({ ...held, target: 199 }, other)).toBeUndefined();
});

test('a person’s own problem', () => {
  const task = countdownTask();
  expect(task.parse!('11 2, 5 12 = 115')).toEqual({ level: 1, numbers: [2, 5, 11, 12], target: 115 });
  for (const [text, message] of [
    ['2 3 4', 'expected numbers, = and a target'],
    ['2 3 = 5', 'expected 3 to 4 numbers'],
    ['2 3 13 = 5', 'expected numbers from 1 to 12'],
    ['2 3 4 = 201', 'expected a target from 1 to 200'],
    ['1 1 1 = 200', 'expected a target that the numbers reach'],
  ] as const) {
    expect(() => task.parse!(text)).toThrow(message);
  }
  expect(() => task.parse!('2 3 4 = 9', 1)).toThrow('expected 4 numbers');
});
