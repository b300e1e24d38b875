// Thoughts do nothing to the calculator: episodes worked by hand.

import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { breaks } from '../faults.ts';
import { stepOutput, type Task } from '../task.ts';
import { acting } from '../thoughts.ts';
import type { ExpressionOptions } from './options.ts';
import { replayer } from './replay.ts';
import { expressionsTask } from './task.ts';
import { KEY } from './vocabulary.ts';

type Options = Partial<ExpressionOptions>;

const ids = (task: { readonly vocabulary: Task['vocabulary'] }, keys: string): number[] =>
  keys.split(' ').map((key) => task.vocabulary.findIndex(({ symbol }) => symbol === key));

/** Plays `keys` on the problem `text`. */
function play(text: string, keys: string, options: Options) {
  const task = expressionsTask(options);
  const machine = task.machine(1);
  const program = ids(task, keys);
  expect(program).not.toContain(-1);
  const replay = replayer(task, machine)(task.parse(text), program);
  return { ...replay, shown: Object.fromEntries(machine.describe(0)) };
}

/** By token of `keys`, the first state before it: which others are legal, and whether a thought is. */
function masks(text: string, keys: string, options: Options) {
  const task = expressionsTask(options);
  const machine = task.machine(1);
  const out = stepOutput(task as Task, 1);
  machine.reset([task.parse(text)], out);
  return ids(task, keys).map((token) => {
    const [others, thought] = [[...out.legal.slice(0, KEY.THINK)].join(''), out.legal[KEY.THINK]];
    machine.step(Int32Array.of(0), Int32Array.of(token), out);
    return [others, thought] as const;
  });
}

test('they may come anywhere, so often, and change nothing', () => {
  const text = 'x0 - x1 * x2';
  const keys = 'THINK x1 * THINK x2 STO THINK x0 - RCL ANS';
  expect(play(text, keys, { think: 3 })).toMatchObject({ solved: true, reward: 1, over: true });
  expect(play(text, 'THINK x1 * THINK x2', { think: 3 }).shown).toEqual({
    accumulator: 'x1 * x2',
    pending: '–',
    stack: '–',
    'operands left': 'x0',
    thoughts: '2',
  });
  const shown = masks(text, keys, { think: 3 });
  expect(shown.map(([, thought]) => thought).join('')).toBe('11111110000');
  // After a thought the same keys are legal as before it.
  for (const at of [0, 3, 6]) expect(shown[at + 1]![0]).toBe(shown[at]![0]);
  expect(play(text, keys, { think: 3 }).history.every(({ acted }) => acted)).toBe(true);
});

test('they cost what a thought costs, and none of the tokens that a program may take', () => {
  const prices: Options = { think: 2, thinkPrice: 0.02, tokenPrice: 0.01 };
  expect(play('x0 + x1', 'THINK x0 + x1 THINK ANS', prices).reward).toBeCloseTo(1 - 0.04 - 0.04, 6);
  expect(play('x0 + x1', 'THINK x0 + x1 ANS', { ...prices, thinkPrice: 0 }).reward).toBeCloseTo(1 - 0.04, 6);
  // Given up after two of twelve keys: those left are paid for, thoughts that were left are not.
  expect(play('x0 + x1', 'THINK x0 ANS', prices).reward).toBeCloseTo(-0.02 - 12 * 0.01, 6);
  const loop = 'THINK THINK x0 + x1 STO RCL STO RCL STO RCL STO RCL';
  expect(play('x0 + x1', loop, prices).over).toBe(false);
  expect(play('x0 + x1', `${loop} ANS`, prices)).toMatchObject({ over: true, solved: true });
  expect(play('x0 + x1', `${loop} STO`, prices)).toMatchObject({ over: true, solved: false });
});

test('without a mask, one too many is a key that does nothing', () => {
  const free: Options = { think: 1, mask: false, tokenPrice: 0.01 };
  const { history, reward, shown, solved } = play('x0 + x1', 'THINK THINK x0 + x1 ANS', free);
  expect(history.map(({ acted }) => acted)).toEqual([true, false, true, true, true, true]);
  expect([solved, shown.thoughts]).toEqual([true, '1']);
  expect(reward).toBeCloseTo(1 - 5 * 0.01, 6);
});

test('nothing of chance is changed by them: the k-th key fails, whatever was thought before', () => {
  const options: Options = { faults: 0.5, operators: 1, think: 3, loop: 'closed' };
  const task = expressionsTask(options);
  const replay = replayer(task, task.machine(1));
  for (let i = 0; i < 40; i++) {
    const problem = task.sample(0, 'test', Random.stream(3, 'task').fold(i));
    const [first] = task.context(problem);
    const failed = [0, 1].map((step) => breaks(problem.chance, step, 0.5));
    const program = [KEY.THINK, first!, KEY.THINK, KEY.THINK, failed[0] ? first! : KEY.ADD];
    const { history } = replay(problem, program);
    expect(history.map(({ acted }) => acted)).toEqual([true, !failed[0], true, true, !(failed[0] && failed[1])]);
  }
});

test('hindsight keeps them, and counts them as no part of a program', () => {
  const relabelled = (text: string, keys: string, more: Options = {}) => {
    const task = expressionsTask({ operands: 'slots', think: 3, ...more });
    const example = task.hindsight(task.parse(text), ids(task, keys), Random.stream(1, 'task'));
    return example?.program.map((token) => task.vocabulary[token]!.symbol).join(' ');
  };
  const keys = 'THINK x1 * x2 THINK STO x0 - RCL ANS';
  expect(relabelled('x0 * (x1 + x2)', keys)).toBe(keys);
  // Twelve keys, the most of one operator, and three thoughts.
  const padded = 'THINK x0 STO RCL STO RCL STO RCL STO RCL THINK * x1 THINK ANS';
  expect(acting({ thoughts: { token: 0, most: 1 } }, [0, 1, 0])).toEqual([1]);
  expect(padded.split(' ').filter((key) => key !== 'THINK')).toHaveLength(12);
  expect(relabelled('x0 + x1 + x2', padded)).toBe(padded);
  expect(relabelled('x0 + x1 + x2', padded.replace('ANS', 'STO RCL ANS'))).toBeUndefined();
  // One too many does nothing, and is left out.
  const free = 'THINK THINK x0 * x1 ANS';
  expect(relabelled('x0 + x1', free, { think: 1, mask: false })).toBe('THINK x0 * x1 ANS');
});

test('labels call them by their name, and what is to come waits', () => {
  const task = expressionsTask({ think: 2 });
  const problem = task.parse('x7 - x2 * x5');
  const { tokens, values, places } = task.labels.of(problem, ids(task, 'THINK x2 * THINK x5 STO x7 - RCL ANS'));
  const names = 'THINK, operand 2, *, THINK, operand 3, STO, operand 1, -, RCL, ANS';
  expect(tokens.join(', ')).toBe(names);
  const row = (name: string) => values[task.labels.labels.findIndex((label) => label.name === name)]!.join(' ');
  expect(row('operation 1 to come')).toBe('1 1 1 1 1 0 0 0 0 -1');
  expect(row('cells filled')).toBe('0 0 0 0 0 0 1 1 1 0');
  expect(row('operand 2 not yet used')).toBe('1 1 0 0 0 0 0 0 0 0');
  // x7 - x2 * x5: x2 comes first, then x5, then x7.
  expect(places![0]).toEqual([2, -1, 0, -1, 1]);
});

test('teachers do not think, and no shortest program does', () => {
  const [plain, thinking] = [expressionsTask(), expressionsTask({ think: 4 })];
  for (let level = 0; level < 6; level++) {
    const draw = (task: typeof plain) => task.sample(level, 'test', Random.stream(4, 'task').fold(level));
    const problem = draw(thinking);
    expect(problem).toEqual(draw(plain));
    expect(thinking.teach(problem)).toEqual(plain.teach(problem));
    expect(thinking.study.analyse(problem)).toEqual(plain.study.analyse(problem));
  }
});
