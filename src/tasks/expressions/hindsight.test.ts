import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { stepOutput, type Task } from '../task.ts';
import type { ExpressionOptions } from './options.ts';
import { parseExpression } from './parse.ts';
import { infixText } from './print.ts';
import type { ExpressionProblem } from './problem.ts';
import { replayer } from './replay.ts';
import { type SplitBy, splitOf } from './split.ts';
import { expressionsTask } from './task.ts';
import { KEY } from './vocabulary.ts';

type Options = Partial<ExpressionOptions>;

/** What the program `keys`, written for `text`, did solve. */
function hindsight(text: string, keys: string, options: Options = {}) {
  const task = expressionsTask(options);
  const program = keys.split(' ').map((key) => task.vocabulary.findIndex(({ symbol }) => symbol === key));
  const example = task.hindsight(task.parse(text), program, Random.stream(1, 'task'));
  if (example === undefined) return undefined;
  expect(replayer(task, task.machine(1))(example.problem, example.program).solved).toBe(true);
  return {
    structure: example.problem.structure,
    context: infixText(task, task.context(example.problem)),
    program: infixText(task, example.program),
  };
}

test('the expression that was computed gets operands of its own', () => {
  expect(hindsight('x0 * (x1 + x2)', 'x0 * x1 + x2 ANS', { operands: 'slots' })).toEqual({
    structure: '+*xxx',
    context: 'x0 * x1 + x2',
    program: 'x0 * x1 + x2 ANS',
  });
  // Stored parts stand where they are recalled: x1·x2 last, so that x0 comes first in the new expression too.
  expect(hindsight('x0 * (x1 + x2)', 'x1 * x2 STO x0 - RCL ANS', { operands: 'slots' })).toEqual({
    structure: '-x*xx',
    context: 'x0 - x1 * x2',
    program: 'x1 * x2 STO x0 - RCL ANS',
  });
  const shuffled = hindsight('x4 * (x5 + x6)', 'x4 * x5 ANS')!;
  expect(shuffled.structure).toBe('*xx');
  const labels = shuffled.program.match(/x\d/g)!;
  expect(new Set(labels).size).toBe(2);
  expect(shuffled.context).toBe(`${labels[0]} * ${labels[1]}`);
  expect(hindsight('3 * 3 + 3', '3 * 3 ANS', { operands: 'digits' })!.program).toMatch(/^\d \* \d ANS$/);
});

test('no hindsight: solved, unanswered, something left on the stack, no operator, above the levels', () => {
  expect(hindsight('x0 + x1', 'x0 + x1 ANS')).toBeUndefined();
  expect(hindsight('x0 + x1', 'x0 - x1')).toBeUndefined();
  expect(hindsight('x0 + x1 + x2', 'x0 STO x1 * x2 ANS')).toBeUndefined();
  expect(hindsight('x0 + x1', 'x0 ANS')).toBeUndefined();
  expect(hindsight('x0 + x1', 'x0 * x1 STO RCL STO RCL STO RCL STO RCL STO')).toBeUndefined();
  expect(hindsight('x0 + x1', 'x0 * x1 STO RCL STO RCL STO RCL ANS')).toBeDefined();
  expect(hindsight('x0 + x1', 'x0 + ANS ANS', { mask: false })).toBeUndefined();
});

test('a program longer than the traced level allows has none', () => {
  // Thirteen tokens: fine for two operators, one too many for one.
  const padded = 'x0 STO RCL STO RCL STO RCL STO RCL + x1 ANS';
  expect(hindsight('x0 + x1 + x2', padded)?.structure).toBe('+xx');
  expect(hindsight('x0 + x1 + x2', padded.replace('ANS', 'STO RCL ANS'))).toBeUndefined();
});

test('registers: operands that were lost or repeated have no problem', () => {
  const registers: Options = { memory: 'registers' };
  expect(hindsight('x0 + x1 + x2', 'x0 STO0 x1 * RCL0 ANS', registers)?.structure).toBe('*xx');
  expect(hindsight('x0 + x1 + x2', 'x0 STO0 x1 * RCL0 + RCL0 ANS', registers)).toBeUndefined();
  expect(hindsight('x0 + x1 + x2', 'x0 STO0 x1 * x2 ANS', registers)).toBeUndefined();
  expect(hindsight('x0 + x1 + x2', 'x0 STO0 x1 STO0 x2 * RCL0 ANS', registers)).toBeUndefined();
});

test('keys that did nothing are left out; keys that failed stay, and fail again', () => {
  const off = hindsight('x0 + x1 + x2', '+ x0 x1 STO3 * x0 x1 ( ANS'.replace('STO3 ', ''), {
    mask: false,
    operands: 'slots',
  });
  expect(off).toMatchObject({ context: 'x0 * x1', program: 'x0 * x1 ANS' });
  const task = expressionsTask({ faults: 0.3, operators: 2 });
  const replay = replayer(task, task.machine(1));
  const random = Random.stream(2, 'task');
  let failures = 0;
  for (let i = 0; i < 2000; i++) {
    const problem = task.sample(1, 'train', random);
    // The taught program with its operators exchanged for another: it fails where that one did.
    const program = task.teach(problem)?.map((key) => (key === KEY.ADD || key === KEY.SUB ? KEY.MUL : key));
    const example = program && task.hindsight(problem, program, random);
    if (!example) continue;
    const { solved, history } = replay(example.problem, example.program);
    expect(solved).toBe(true);
    expect(example.program).toHaveLength(program.length);
    failures += history.filter(({ acted }) => !acted).length;
  }
  expect(failures).toBeGreaterThan(300);
});

/** Programs of random legal keys. */
function randomProgram(task: Task<ExpressionProblem>, problem: ExpressionProblem, random: Random): number[] {
  const machine = task.machine(1);
  const out = stepOutput(task as Task, 1);
  const program: number[] = [];
  machine.reset([problem], out);
  while (out.discount[0] === 1) {
    const legal = Array.from(out.legal.keys()).filter((key) => out.legal[key] === 1);
    // Answers are rare, so that programs grow.
    const pool = legal.length > 1 && random.below(3) > 0 ? legal.filter((key) => key !== KEY.ANS) : legal;
    program.push(pool[random.below(pool.length)]!);
    machine.step(Int32Array.of(0), Int32Array.of(program.at(-1)!), out);
  }
  return program;
}

test('no held-out text is ever trained on, by sampling or hindsight, under either split', () => {
  for (const split of ['structure', 'class'] satisfies SplitBy[]) {
    for (const operands of ['shuffled', 'digits'] as const) {
      const task = expressionsTask({ split, operands });
      const random = Random.stream(11, 'task');
      // What the agent sees is read back, and asked for its split.
      const heldOut = (problem: ExpressionProblem) => {
        const { structure } = parseExpression(task.describe(problem).split(' = ')[0]!, operands);
        expect(structure).toBe(problem.structure);
        return (splitOf(structure, split) ?? 'train') !== 'train';
      };
      let [examples, large] = [0, 0];
      for (let i = 0; i < 6000; i++) {
        const problem = task.sample(i % 6, 'train', random);
        expect(heldOut(problem)).toBe(false);
        const example = task.hindsight(problem, randomProgram(task, problem, random), random);
        if (example === undefined) continue;
        expect(heldOut(example.problem)).toBe(false);
        examples++;
        if (example.problem.level >= 2) large++;
      }
      expect(examples).toBeGreaterThan(2000);
      expect(large).toBeGreaterThan(500);
    }
  }
});
