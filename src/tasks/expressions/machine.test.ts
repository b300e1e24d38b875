import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { stepOutput, type Task } from '../task.ts';
import type { ExpressionMachine } from './machine.ts';
import type { ExpressionOptions } from './options.ts';
import { replayer } from './replay.ts';
import { expressionsTask } from './task.ts';
import { KEY, VOCABULARY_SIZE } from './vocabulary.ts';

type Options = Partial<ExpressionOptions>;

/** Plays `keys` on the problem `text`. */
function play(text: string, keys: string, options: Options = {}) {
  const task = expressionsTask(options);
  const machine: ExpressionMachine = task.machine(1);
  const program = keys.split(' ').map((key) => task.vocabulary.findIndex(({ symbol }) => symbol === key));
  expect(program).not.toContain(-1);
  const replay = replayer(task, machine)(task.parse(text), program);
  return { ...replay, shown: Object.fromEntries(machine.describe(0)) };
}

const acted = (text: string, keys: string, options: Options = {}) =>
  play(text, keys, options).history.map((press) => press.acted);

test('the worked example', () => {
  const text = 'x6 + x0 * x8 + x1 - x9 * x2';
  const program = 'x9 * x2 STO x0 * x8 STO x6 + RCL + x1 - RCL ANS';
  expect(play(text, program)).toMatchObject({ solved: true, reward: 1, over: true });
  expect(play(text, program.slice(0, 'x9 * x2 STO x0 * x8 STO x6 + RCL'.length)).shown).toEqual({
    accumulator: 'x6 + x0 * x8',
    pending: '–',
    stack: 'x9 * x2',
    'operands left': 'x1',
  });
  expect(acted(text, program)).not.toContain(false);
});

test('algebra counts, literals do not', () => {
  expect(play('x0 - (x1 - x2)', 'x0 - x1 + x2 ANS').solved).toBe(true);
  expect(play('x0 * (x1 + x2)', 'x1 + x2 * x0 ANS').solved).toBe(true);
  expect(play('x0 * (x1 + x2)', 'x0 * x1 + x2 ANS').solved).toBe(false);
  expect(play('x0 - x1', 'x1 - x0 ANS').solved).toBe(false);
  expect(play('x0 + x1', 'x0 ANS')).toMatchObject({ solved: false, over: true, reward: 0 });
});

test('each operand can be entered once: what keys that work again would compute, these do not', () => {
  const text = 'x0 - x1 * x2';
  // With keys that work again this comes to x1 − x1 − x1 = −x1, times x2, plus x0.
  const program = 'x1 - x1 - x1 * x2 + x0 ANS';
  expect(play(text, program, { mask: false }).solved).toBe(false);
  expect(acted(text, program, { mask: false })).toEqual([
    ...[true, true, false, false, false, false, true, true, true, true],
  ]);
  expect(play(text, 'x1 * x2 STO x0 - RCL ANS').solved).toBe(true);
  expect(acted('3 + 3', '3 + 3 + 3', { operands: 'digits' })).toEqual([true, true, true, false, false]);
});

test('an answer may leave operands unread and values stored', () => {
  expect(play('x0 + x1', 'x0 STO x1 ANS')).toMatchObject({ solved: false, over: true });
  expect(play('2 * 1 + 0', '1 STO 2 ANS', { operands: 'digits' })).toMatchObject({ solved: true, algebraic: false });
});

test('digits: the literal value decides; equality for all values is told beside it', () => {
  const digits: Options = { operands: 'digits' };
  expect(play('2 + 2', '2 * 2 ANS', digits)).toMatchObject({ solved: true, algebraic: false });
  expect(play('2 + 2', '2 + 2 ANS', digits)).toMatchObject({ solved: true, algebraic: true });
  // Equal digits are one variable: 3·4 + 5·3 with the threes exchanged.
  expect(play('3 * 4 + 5 * 3', '4 * 3 STO 3 * 5 + RCL ANS', digits)).toMatchObject({ solved: true, algebraic: true });
  expect(play('(3 * 4 + 5) - (6 * 7)', '3 * 4 + 5', digits).shown.accumulator).toBe('3 * 4 + 5 = 17');
});

test('the reward: 1, or 0.3 of the share of inner nodes found, minus a price per token', () => {
  const text = 'x0 * x1 + x2 * x3';
  expect(play(text, 'x0 * x1 ANS').reward).toBeCloseTo(0.1, 6);
  expect(play(text, 'x0 * x1 STO x3 * x2 ANS').reward).toBeCloseTo(0.2, 6);
  expect(play(text, 'x0 * x1 STO x3 * x2 ANS', { partial: 0 }).reward).toBe(0);
  expect(play(text, 'x0 * x1 STO x3 * x2 ANS', { tokenPrice: 0.01 }).reward).toBeCloseTo(0.2 - 0.16, 6);
  expect(play(text, 'x0 * x1 STO x3 * x2 + RCL ANS', { tokenPrice: 0.01 }).reward).toBeCloseTo(1 - 0.1, 6);
  // The root held on the way counts, without an answer too; an operand that has the value does not.
  expect(play('x0 + x1', 'x0 + x1 STO RCL STO RCL STO RCL STO RCL STO').reward).toBeCloseTo(0.3, 6);
  expect(play('2 + 0', '2 ANS', { operands: 'digits', partial: 0.3 })).toMatchObject({ solved: true, reward: 1 });
  expect(play('2 + 0 + 1', '2 ANS', { operands: 'digits' }).reward).toBe(0);
  // Equal nodes all count: 1·2 and 2·1.
  expect(play('1 * 2 + 2 * 1', '1 * 2 ANS', { operands: 'digits' }).reward).toBeCloseTo(0.2, 6);
  expect(play('1 * 2 + 3 * 1', '1 * 2 ANS', { operands: 'digits' }).reward).toBeCloseTo(0.1, 6);
});

test('an episode ends after 2n + 10 tokens of its own level, unsolved without ANS', () => {
  const loop = 'x0 + x1 STO RCL STO RCL STO RCL STO RCL STO';
  expect(play('x0 + x1', loop)).toMatchObject({ over: true, solved: false });
  expect(play('x0 + x1', loop).history).toHaveLength(12);
  expect(play('x0 + x1 + x2', loop).over).toBe(false);
  expect(play('x0 + x1', loop.replace(/STO$/, 'ANS'))).toMatchObject({ over: true, solved: true, reward: 1 });
  expect(() => play('x0 + x1', 'x0 ANS').history).not.toThrow();
});

test('registers: STOk overwrites and empties, RCLk leaves its register full', () => {
  const registers: Options = { memory: 'registers' };
  expect(play('x0 - x1 * x2', 'x1 * x2 STO1 x0 - RCL1 ANS', registers).solved).toBe(true);
  expect(play('x0 + x1', 'x0 STO0 x1 STO0 RCL0 + RCL0 * RCL0', registers).shown).toEqual({
    accumulator: '(x1 + x1) * x1',
    pending: '–',
    registers: 'x1 | – | –',
    'operands left': '–',
  });
  expect(acted('x0 + x1', 'STO0 RCL0 x0 STO STO2 RCL1 RCL RCL2', registers)).toEqual([
    ...[false, false, true, false, true, false, false, true],
  ]);
  expect(acted('x0 + x1', 'x0 STO0 STO STO RCL', {})).toEqual([true, false, true, false, true]);
  expect(acted('x0 + x1', 'x0 STO STO0 + x1 RCL', { memory: 'none' })).toEqual([true, false, false, true, true, false]);
  // A register squared again and again runs out of whole numbers: then it is equal to nothing.
  const tower = `9 ${'STO0 RCL0 * RCL0 '.repeat(5)}ANS`;
  const huge = play('9 * 9 + 9 * 9 * 9 + 9 * 9', tower.trim(), { ...registers, operands: 'digits', operators: 8 });
  expect(huge).toMatchObject({ solved: false, over: true });
  expect(huge.shown.accumulator).toMatch(/beyond 2\^53$/);
});

test('the stack is three deep, last in first out', () => {
  const text = 'x0 + x1 + x2 + x3';
  expect(acted(text, 'x0 STO x1 STO x2 STO x3 STO')).toEqual([true, true, true, true, true, true, true, false]);
  expect(play(text, 'x0 STO x1 STO x2 - RCL * RCL').shown.accumulator).toBe('(x2 - x1) * x0');
});

test('legal keys are exactly those that act', () => {
  const variants: Options[] = [{}, { memory: 'registers' }, { memory: 'none' }, { operands: 'digits' }];
  for (const options of variants) {
    const task = expressionsTask({ ...options, operators: 4 });
    const machine = task.machine(1);
    const [out, probe] = [stepOutput(task as Task, 1), stepOutput(task as Task, 1)];
    const random = Random.stream(3, 'task');
    const lane = Int32Array.of(0);
    for (let episode = 0; episode < 60; episode++) {
      machine.reset([task.sample(episode % 4, 'train', random)], out);
      while (out.discount[0] === 1 && machine.history(0).length < 9) {
        const before = machine.save();
        const shown = JSON.stringify(machine.describe(0));
        const legal = Array.from(out.legal);
        for (let key = 0; key < VOCABULARY_SIZE; key++) {
          machine.restore(before);
          machine.step(lane, Int32Array.of(key), probe);
          expect(machine.history(0).at(-1)).toEqual({ key, acted: legal[key] === 1 });
          const changed = JSON.stringify(machine.describe(0)) !== shown || probe.discount[0] === 0;
          expect(changed).toBe(legal[key] === 1);
          if (legal[key] === 0) expect(Array.from(probe.legal)).toEqual(legal);
        }
        machine.restore(before);
        const choices = legal.flatMap((value, key) => (value === 1 ? [key] : []));
        machine.step(lane, Int32Array.of(choices[random.below(choices.length)]!), out);
      }
    }
  }
});

test('the closed loop shows what is held, what is pending, the depth and a failure', () => {
  const observe = (text: string, keys: string, options: Options) => {
    const task = expressionsTask({ loop: 'closed', mask: false, ...options });
    const machine = task.machine(1);
    const out = stepOutput(task as Task, 1);
    machine.reset([task.parse(text)], out);
    const seen = [Array.from(out.observation).join('')];
    for (const key of keys.split(' ')) {
      const action = task.vocabulary.findIndex(({ symbol }) => symbol === key);
      machine.step(Int32Array.of(0), Int32Array.of(action), out);
      seen.push(Array.from(out.observation).join(''));
    }
    return seen;
  };
  expect(observe('x0 - x1 * x2', 'x1 * x2 STO STO x0 - RCL RCL', {})).toEqual([
    ...['0000', '1000', '1300', '1000', '0010', '0011', '1010', '1210', '1000', '1001'],
  ]);
  expect(observe('x0 - x1 * x2', 'x1 STO2 RCL2 STO0 x0 +', { memory: 'registers' })).toEqual([
    ...['0000', '1000', '0010', '1010', '0020', '1020', '1120'],
  ]);
  expect(expressionsTask().observation).toEqual([]);
});

test('faults: the open loop reaches 0.81 at n = 1 and p = 0.1, pressing again reaches nearly all', () => {
  const task = expressionsTask({ faults: 0.1, operators: 1, loop: 'closed' });
  expect(task.masked).toBe(false);
  const replay = replayer(task, task.machine(1));
  const random = Random.stream(5, 'task');
  const episodes = 20_000;
  let [open, taught] = [0, 0];
  for (let i = 0; i < episodes; i++) {
    const problem = task.sample(0, 'test', random);
    const [a, operator, b] = task.context(problem);
    if (replay(problem, [a!, operator!, b!, KEY.ANS]).solved) open++;
    const program = task.teach(problem);
    if (program && replay(problem, program).solved) taught++;
  }
  expect(Math.abs(open / episodes - 0.81)).toBeLessThan(0.01);
  expect(taught / episodes).toBeGreaterThan(0.999);
});

test('faults: a failed key changes nothing and its token is spent; an illegal key ends the episode as a failure', () => {
  const certain: Options = { faults: 1 };
  expect(play('x0 + x1', 'x0 x0 x1', certain)).toMatchObject({ over: false, solved: false });
  expect(play('x0 + x1', 'x0 x0 x1', certain).shown).toMatchObject({ accumulator: '–', 'operands left': 'x0 x1' });
  expect(play('x0 + x1', 'x0 + x1', certain)).toMatchObject({ over: true, solved: false });
  expect(play('x0 + x1', 'x0 + x1', certain).history).toHaveLength(2);
  const rare: Options = { faults: 1e-9 };
  expect(play('x0 + x1', 'x0 + x1 ANS', rare)).toMatchObject({ solved: true, reward: 1 });
  expect(play('x0 + x1', 'x0 + x1 RCL', rare)).toMatchObject({ over: true, solved: false });
  expect(play('x0 + x1', 'x0 + x1 RCL', rare).reward).toBeCloseTo(0.3, 6);
});
