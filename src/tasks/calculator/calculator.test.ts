import { expect, test } from 'vitest';
import { InnerloopError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import { everyDigitProblem, TOKEN } from '../digitProblem.ts';
import { SPLITS, stepOutput } from '../task.ts';
import { type CalculatorOptions, calculatorTask, splitOf } from './task.ts';

const { MUL, ADD, SUB, ANS, STO, RCL, EOS, CTX } = TOKEN;

/** Runs one episode and tells what the machine shows before each token and at the end. */
function run(digits: readonly number[], program: readonly number[], options: Partial<CalculatorOptions> = {}) {
  const task = calculatorTask(options);
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([{ level: digits.length - 3, digits }], out);
  const shown: string[] = [];
  for (const action of program) {
    machine.step(Int32Array.of(0), Int32Array.of(action), out);
    const [accumulator, memory, left, milestones] = machine.describe(0).map(([, value]) => value);
    shown.push(`${accumulator} | ${memory} | ${left} | ${milestones}`);
  }
  return { shown, reward: out.reward[0]!, ended: out.discount[0] === 0, solved: machine.solved(0) };
}

test('the program that is right at the last level, token by token: (3·4 + 5) − 6·7', () => {
  expect(run([3, 4, 5, 6, 7], [MUL, ADD, STO, MUL, RCL, SUB, ANS])).toEqual({
    shown: [
      '12 | – | 5 6 7 | 1 of 6',
      '17 | – | 6 7 | 2 of 6',
      '– | 17 | 6 7 | 3 of 6',
      '42 | 17 | – | 4 of 6',
      '17 | 42 (recalled) | – | 5 of 6',
      '-25 | – | – | 6 of 6',
      '-25 | – | – | 6 of 6',
    ],
    reward: 2,
    ended: true,
    solved: true,
  });
});

test('a tool whose condition fails does nothing and still costs its token', () => {
  const program = [ADD, SUB, STO, RCL, EOS, CTX, 7, ANS];
  const { shown, reward, solved, ended } = run([3, 4, 5], program);
  expect(new Set(shown)).toEqual(new Set(['– | – | 3 4 5 | 0 of 2']));
  expect({ reward, solved, ended }).toEqual({ reward: 0, solved: false, ended: true });
});

test('an empty accumulator needs two operands; a held one takes the next, also after RCL', () => {
  // 3·4 = 12 stored, one operand left: MUL does nothing and the head stays.
  expect(run([3, 4, 5], [MUL, STO, MUL]).shown.at(-1)).toBe('– | 12 | 5 | 1 of 2');
  // 12 stored; 5·6 = 30 recalled; 12·7 = 84, the mark stays; ADD then spends the memory, not an operand.
  const { shown } = run([3, 4, 5, 6, 7], [MUL, STO, MUL, RCL, MUL, RCL, STO, ADD]);
  expect(shown[4]).toBe('84 | 30 (recalled) | – | 1 of 6');
  expect(shown.slice(5, 7)).toEqual([shown[4], shown[4]]);
  expect(shown[7]).toBe('114 | – | – | 1 of 6');
});

test('ADD takes the next operand, or nothing when none is left', () => {
  expect(run([3, 4, 5], [MUL, ADD, ADD, SUB]).shown).toEqual([
    '12 | – | 5 | 1 of 2',
    '17 | – | – | 2 of 2',
    '17 | – | – | 2 of 2',
    '17 | – | – | 2 of 2',
  ]);
});

test('milestones ask that the operands they name were read, even where values coincide', () => {
  expect(run([3, 4, 0], [MUL, ANS])).toMatchObject({ reward: 1.5, solved: true }); // 12 = 12 + 0, c unread
  expect(run([3, 4, 0], [MUL, ADD, ANS])).toMatchObject({ reward: 2, solved: true });
  // 3·4 + 5 − 6·0: right before d and e are read, at most two milestones of six.
  expect(run([3, 4, 5, 6, 0], [MUL, ADD, ANS]).reward).toBeCloseTo(1 + 2 / 6, 6);
});

test('one token passes as many milestones as hold', () => {
  // 0·3 stored, c = d = 0 unread: both the sum (0) and the target (0) hold once MUL takes c and d together.
  expect(run([0, 3, 0, 0], [MUL, STO, MUL]).shown).toEqual([
    '0 | – | 0 0 | 1 of 3',
    '– | 0 | 0 0 | 1 of 3',
    '0 | 0 | – | 3 of 3',
  ]);
  // d = 0: after ADD the value is right already, but d is unread until SUB.
  expect(run([2, 3, 4, 0], [MUL, ADD]).shown.at(-1)).toBe('10 | – | 0 | 2 of 3');
  expect(run([2, 3, 4, 0], [MUL, ADD, SUB]).shown.at(-1)).toBe('10 | – | – | 3 of 3');
});

test('eight tokens without an answer are not solved, and still earn their milestones', () => {
  expect(run([3, 4, 5], [MUL, ADD, EOS, EOS, EOS, EOS, EOS, EOS])).toMatchObject({
    reward: 1,
    ended: true,
    solved: false,
  });
  expect(run([3, 4, 5], [MUL, ADD, EOS, EOS, EOS, EOS, EOS, ANS])).toMatchObject({ reward: 2, solved: true });
  expect(run([3, 4, 5], [MUL, ADD, EOS, EOS, EOS, EOS, EOS])).toMatchObject({ ended: false, solved: false });
});

test('the ablations: no memory, and milestones weighted', () => {
  const program = [MUL, ADD, STO, MUL, RCL, SUB, ANS];
  // 17·6 = 102, − 7 = 95
  expect(run([3, 4, 5, 6, 7], program, { memory: false }).shown.at(-1)).toBe('95 | – | – | 2 of 6');
  expect(run([3, 4, 5, 6, 7], program, { milestones: 0 }).reward).toBe(1);
  expect(run([3, 4, 5], [MUL, ANS], { milestones: 0.5 }).reward).toBe(0.25);
});

test('the splits part the problems of each level 8 : 1 : 1, and sampling keeps to them', () => {
  const task = calculatorTask();
  for (const level of [0, 1, 2]) {
    const problems = everyDigitProblem(level);
    const share = (split: string) => problems.filter((p) => splitOf(p) === split).length / problems.length;
    expect(Math.abs(share('train') - 0.8)).toBeLessThan(0.03);
    expect(Math.abs(share('validation') - 0.1)).toBeLessThan(0.02);
    for (const split of SPLITS) {
      const random = Random.stream(1000, 'task');
      for (let i = 0; i < 200; i++) expect(splitOf(task.sample(level, split, random))).toBe(split);
    }
  }
});

test('contexts are always six tokens long', () => {
  const task = calculatorTask();
  expect(task.context(task.parse!('3 4 5'))).toEqual([3, 4, 5, CTX, EOS, EOS]);
  expect(task.context(task.parse!('3,4,5, 6 7', 2))).toEqual([3, 4, 5, 6, 7, CTX]);
});

test('a problem that cannot be read is refused with what is expected', () => {
  const task = calculatorTask();
  for (const text of ['', '3 4', '3 4 5 6 7 8', '3 4 x', '3 4 12']) {
    expect(() => task.parse!(text)).toThrow(InnerloopError);
  }
  expect(() => task.parse!('3 4 12')).toThrow(
    'problem: expected 3, 4 or 5 digits from 0 to 9, as in "3 4 5", received "3 4 12"; their number chooses the level',
  );
  expect(() => task.parse!('3 4 5', 2)).toThrow("expected the 5 digits that level 'remember' shows");
});
