import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { Lanes } from '../../evaluation/audit/lanes.ts';
import { needsMemory } from '../../tasks/expressions/memoryless.ts';
import type { ExpressionProblem } from '../../tasks/expressions/problem.ts';
import { createTask } from '../../tasks/table.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import { expressionReach } from './expressionReach.ts';
import { reachOf } from './reach.ts';
import { searchReach } from './search.ts';

const task: Task = createTask('expressions', { operators: 4 });
const exact = expressionReach(task)!;
const ids = (symbols: string): number[] =>
  symbols
    .split(' ')
    .filter(Boolean)
    .map((symbol) => task.vocabulary.findIndex((token) => token.symbol === symbol));

/** A beginning of up to `length` tokens by lot, the answer left out. */
function beginning(problem: Problem, length: number, random: Random): number[] {
  const lanes = new Lanes(task, [problem]);
  const prefix: number[] = [];
  while (prefix.length < length && lanes.live.length > 0) {
    const legal = [...task.vocabulary.keys()].filter((token) => lanes.isLegal(0, token) && token !== ids('ANS')[0]);
    // Mostly what can still come right: else little is left to tell.
    const good = legal.filter((token) => exact(problem, [...prefix, token]));
    const some = good.length > 0 && random.below(4) > 0 ? good : legal;
    if (some.length === 0) break;
    prefix.push(some[random.below(some.length)]!);
    lanes.step(prefix.at(-1)!);
  }
  return prefix;
}

describe('of expressions, exactly', () => {
  test.each([
    ['x0 - x1 * x2', '', true],
    ['x0 - x1 * x2', 'x0', false],
    ['x0 - x1 * x2', 'x1 *', true],
    ['x0 - x1 * x2', 'x1 * x2 STO x0 -', true],
    ['x0 - x1 * x2', 'x1 * x2 -', false],
    // A chain turned round: the first operand is kept after all.
    ['x0 + x1', 'x0 STO', true],
    ['x0 + x1', 'x0 ANS', false],
    ['x0 * x1 + x2 * x3', 'x0 * x1 + x2', false],
    ['x0 * x1 + x2 * x3', 'x0 * x1 STO x3', true],
    // What was stored last comes back first.
    ['(x0 + x1) * (x2 - x3) - x4', 'x4 STO', true],
  ])('%s after %s: %s', (text, prefix, expected) => {
    expect(exact(task.parse!(text), ids(prefix))).toBe(expected);
  });

  test('as a search through the whole machine says', () => {
    const compared: number[] = [];
    const slow = searchReach(task, { budget: 40_000 });
    for (let i = 0; i < 90; i++) {
      const random = Random.stream(2, 'evaluation').fold(i);
      const level = i % 3;
      const problem = task.sample(level, 'train', random);
      const prefix = beginning(problem, (level > 1 ? 5 : 0) + random.below(2 * level + 3), random);
      const found = slow(problem, prefix);
      const told = (reach: boolean | undefined) => `${task.describe(problem)} after ${prefix}: ${reach}`;
      if (found !== undefined) compared.push(level);
      if (found !== undefined) expect(told(exact(problem, prefix))).toBe(told(found));
    }
    for (const level of [0, 1, 2]) expect(compared.filter((one) => one === level).length).toBeGreaterThan(15);
  });

  test('thoughts are none of the tokens that are left', () => {
    const thinking: Task = createTask('expressions', { operators: 4, think: 3 });
    const reach = expressionReach(thinking)!;
    const problem = thinking.parse!('x0 + x1');
    const think = thinking.vocabulary.findIndex(({ symbol }) => symbol === 'THINK');
    // Of twelve tokens one is left, for the answer.
    const kept = ids('x0 STO RCL STO RCL STO RCL STO RCL + x1');
    for (const prefix of [kept, [think, ...kept], [think, think, ...kept, think]]) {
      expect(reach(problem, prefix)).toBe(true);
      expect(searchReach(thinking)(problem, prefix)).toBe(true);
    }
    expect(reach(problem, ids('x0 STO RCL STO RCL STO RCL STO RCL STO RCL'))).toBe(false);
    expect(reach(problem, [think, think, think, think])).toBeUndefined();
  });

  test('without memory it is the study’s ceiling', () => {
    const without = expressionReach(task, { banned: new Set(ids('STO RCL')) })!;
    for (let i = 0; i < 60; i++) {
      const problem = task.sample(i % 4, 'train', Random.stream(3, 'evaluation').fold(i));
      expect(without(problem, [])).toBe(!needsMemory(problem as ExpressionProblem));
    }
  });

  test('a sum can be had without +, by subtracting a difference', () => {
    const without = expressionReach(task, { banned: new Set(ids('+')) })!;
    expect(without(task.parse!('x0 + x1'), [])).toBe(false);
    expect(without(task.parse!('x0 + x1 - x2'), [])).toBe(true);
    expect(exact(task.parse!('x0 + x1'), [99])).toBeUndefined();
  });

  test('only where operands are variables and memory is a stack, or none', () => {
    expect(expressionReach(createTask('expressions', { operands: 'digits' }))).toBeUndefined();
    expect(expressionReach(createTask('expressions', { memory: 'registers' }))).toBeUndefined();
    expect(expressionReach(createTask('expressions', { faults: 0.1 }))).toBeUndefined();
    const none = expressionReach(createTask('expressions', { memory: 'none' }))!;
    expect(none(task.parse!('x0 * x1 + x2 * x3'), [])).toBe(false);
    expect(none(task.parse!('x0 * x1 + x2'), [])).toBe(true);
  });
});

test.each([
  ['sure links', {}],
  ['thoughts', { think: 2 }],
])('of routes, exactly, as a search says: %s', (_, more) => {
  const routes: Task = createTask('routes', { mask: true, places: 6, links: 2, ...more });
  const [reach, slow] = [reachOf(routes), searchReach(routes, { budget: 20_000 })];
  const answers = new Set<boolean | undefined>();
  for (let i = 0; i < 12; i++) {
    const random = Random.stream(4, 'evaluation').fold(i);
    const problem = routes.sample(1, 'train', random);
    const right = routes.teach!(problem)!;
    expect(reach(problem, [])).toBe(true);
    expect(reach(problem, right)).toBe(true);
    for (const first of routes.vocabulary.keys()) {
      const found = slow(problem, [first]);
      expect(reach(problem, [first])).toBe(found);
      answers.add(found);
    }
  }
  expect([...answers]).toEqual(expect.arrayContaining([true, false]));
});

test('of other tasks, by search, which gives up', () => {
  const countdown: Task = createTask('countdown');
  const problem = countdown.sample(0, 'train', Random.stream(1, 'evaluation'));
  const right = countdown.teach!(problem)!;
  const reach = reachOf(countdown);
  expect(reach(problem, [])).toBe(true);
  expect(reach(problem, right)).toBe(true);
  expect(reach(problem, right.slice(0, -1))).toBe(true);
  expect(searchReach(countdown, { budget: 1 })(problem, [])).toBeUndefined();
  expect(reachOf(countdown, { banned: new Set(right) })(problem, [])).not.toBe(true);
});
