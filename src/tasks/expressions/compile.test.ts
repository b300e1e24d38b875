import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { shortestProgram } from './compile.ts';
import { memorylessCeiling, memorylessCeilingOf, needsMemory } from './memoryless.ts';
import type { ExpressionOptions } from './options.ts';
import { infixText } from './print.ts';
import { replayer } from './replay.ts';
import { evaluate, PRIME, residue, structureAt, structureCount } from './structure.ts';
import { expressionsTask } from './task.ts';
import { shortestLength } from './teach.ts';

const every = (n: number) => Array.from({ length: structureCount(n) }, (_, rank) => structureAt(n, rank));

/** Two residues as one number: a chance equality among all that n operands can make is out of the question. */
const BASE = 0x4000000;
const combined = (operator: number, a: number, b: number) =>
  residue(operator, Math.floor(a / BASE), Math.floor(b / BASE)) * BASE + residue(operator, a % BASE, b % BASE);

/** By value, the tokens of the shortest program that answers it: all programs on `values`, breadth first. */
function shortestByValue(values: readonly number[], cells: number, limit: number): Map<number, number> {
  interface State {
    readonly value: number | undefined;
    readonly pending: number;
    readonly used: number;
    readonly stack: readonly number[];
  }
  const found = new Map<number, number>();
  const seen = new Set<string>();
  let front: State[] = [{ value: undefined, pending: 0, used: 0, stack: [] }];
  for (let tokens = 1; tokens <= limit && front.length > 0; tokens++) {
    const next: State[] = [];
    const reach = (state: State) => {
      const name = `${state.value} ${state.pending} ${state.used} ${state.stack}`;
      if (!seen.has(name)) next.push(state);
      seen.add(name);
    };
    for (const { value, pending, used, stack } of front) {
      if (value !== undefined && pending === 0) {
        if (!found.has(value)) found.set(value, tokens);
        for (const operator of [43, 45, 42]) reach({ value, pending: operator, used, stack });
        if (stack.length < cells) reach({ value: undefined, pending, used, stack: [...stack, value] });
        continue;
      }
      const enter = (operand: number, then: { used: number; stack: readonly number[] }) =>
        reach({ value: value === undefined ? operand : combined(pending, value, operand), pending: 0, ...then });
      for (const [i, operand] of values.entries()) {
        if (((used >> i) & 1) === 0) enter(operand, { used: used | (1 << i), stack });
      }
      if (stack.length > 0) enter(stack.at(-1)!, { used, stack: stack.slice(0, -1) });
    }
    front = next;
  }
  return found;
}

test('no program is shorter: breadth first over all of them up to four operators, with 0, 1 and 3 cells', () => {
  for (const n of [1, 2, 3, 4]) {
    const random = Random.stream(n, 'task');
    const values = Array.from({ length: n + 1 }, () => random.below(PRIME) * BASE + random.below(PRIME));
    for (const cells of [0, 1, 3]) {
      const found = shortestByValue(values, cells, 14);
      for (const structure of every(n)) {
        const value = evaluate(structure, (leaf) => values[leaf]!, combined);
        expect(shortestProgram(structure, cells)?.length).toBe(found.get(value));
      }
    }
  }
});

test('the shortest programs have at most 4, 8, 10, 14, 16 and 20 tokens for n = 1…6, and 26 for n = 8', () => {
  const longest = (n: number) => Math.max(...every(n).map((structure) => shortestProgram(structure, 3)!.length));
  expect([1, 2, 3, 4, 5].map(longest)).toEqual([4, 8, 10, 14, 16]);
  // Over all 9,382,230 structures of eight operators the longest have 26 = 2n + 10 tokens; 181 have, this one among them.
  const task = expressionsTask({ operators: 8 });
  const problem = task.parse('(x0 - (x1 + x2) * (x3 + x4)) * (x5 + x6) * (x7 + x8)');
  const program = task.teach(problem)!;
  expect(program).toHaveLength(26);
  expect(replayer(task, task.machine(1))(problem, program).solved).toBe(true);
});

test('the memoryless ceilings of n = 1…6: 1, 0.944, 0.852, 0.745, 0.638, 0.538', () => {
  const ceilings = [1, 2, 3, 4, 5, 6].map(memorylessCeilingOf);
  expect(ceilings.map((share) => share.toFixed(3))).toEqual(['1.000', '0.944', '0.852', '0.745', '0.638', '0.538']);
  const [none, both] = ['+x*xx', '+*xx*xx'].map((structure) => ({ structure }));
  expect([none, both].map((problem) => needsMemory(problem!))).toEqual([false, true]);
  expect(needsMemory({ structure: '-x*xx' })).toBe(true);
  expect(needsMemory({ structure: '-x-xx' })).toBe(false);
  expect(memorylessCeiling([none!, both!, both!, none!, none!])).toBe(0.6);
});

test('taught programs solve, with stack, registers and none; their lengths are the shortest', () => {
  for (const memory of ['stack', 'registers', 'none'] satisfies ExpressionOptions['memory'][]) {
    for (const operands of ['shuffled', 'digits'] as const) {
      const task = expressionsTask({ memory, operands, operators: 8 });
      const replay = replayer(task, task.machine(1));
      const random = Random.stream(4, 'task');
      for (let i = 0; i < 800; i++) {
        const problem = task.sample(i % 8, 'validation', random);
        const program = task.teach(problem);
        expect(program?.length).toBe(shortestLength(problem, memory));
        expect(program === undefined).toBe(memory === 'none' && needsMemory(problem));
        if (program) expect(replay(problem, program)).toMatchObject({ solved: true, algebraic: true, reward: 1 });
      }
    }
  }
  const task = expressionsTask({ memory: 'registers', operators: 8 });
  const text = infixText(task, task.teach(task.parse('x0 - (x1 + x2) * (x3 + x4) * (x5 - x6 * x7)'))!);
  expect(text).toMatch(/STO0 .* RCL0 .* ANS$/);
});
