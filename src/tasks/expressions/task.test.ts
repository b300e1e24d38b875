import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { checkTask } from '../conformance.ts';
import { createTask } from '../table.ts';
import type { Problem, Task } from '../task.ts';
import { type ExpressionOptions, expressionOptions } from './options.ts';
import type { ExpressionProblem } from './problem.ts';
import { trainable } from './split.ts';
import { expressionsTask } from './task.ts';
import { KEY, VOCABULARY_SIZE } from './vocabulary.ts';

test('the contract holds under every combination of options', () => {
  const combinations: Partial<ExpressionOptions>[] = [];
  for (const operands of ['slots', 'shuffled', 'digits'] as const) {
    for (const memory of ['stack', 'registers', 'none'] as const) {
      for (const loop of ['open', 'closed'] as const) {
        for (const mask of [true, false]) {
          for (const split of ['structure', 'class'] as const) {
            for (const faults of [0, 0.2]) combinations.push({ operands, memory, loop, mask, split, faults });
          }
        }
      }
    }
  }
  expect(combinations).toHaveLength(144);
  for (const options of combinations) {
    const task = expressionsTask({ ...options, operators: 3, tokenPrice: 0.01 });
    checkTask(task as Task, {
      problems: 1,
      trainable: (problem: Problem) => trainable((problem as ExpressionProblem).structure, options.split!),
    });
  }
});

test.each<Partial<ExpressionOptions>>([
  { think: 1 },
  { think: 8, thinkPrice: 0.01 },
  { think: 2, memory: 'registers', loop: 'closed' },
  { think: 2, mask: false, tokenPrice: 0.01 },
  { think: 3, faults: 0.2, loop: 'closed', split: 'class' },
  { think: 2, operands: 'digits', memory: 'none', hindsight: 'equal' },
])('the contract holds where the agent may think: %j', (options) => {
  checkTask(expressionsTask({ ...options, operators: 3 }) as Task, {
    problems: 2,
    trainable: (problem: Problem) => trainable((problem as ExpressionProblem).structure, options.split ?? 'structure'),
  });
});

test('the highest level of all keeps the contract too', () => {
  checkTask(expressionsTask({ operators: 8 }) as Task, { problems: 2 });
});

test('options have their defaults, and the table knows the task', () => {
  expect(expressionOptions.parse({})).toEqual({
    operators: 6,
    operands: 'shuffled',
    memory: 'stack',
    mask: true,
    split: 'structure',
    loop: 'open',
    faults: 0,
    tokenPrice: 0,
    hindsight: 'traced',
    partial: 0.3,
    think: 0,
    thinkPrice: 0,
  });
  expect(createTask('expressions', { operators: 2 }).levels.map(({ name }) => name)).toEqual(['n=1', 'n=2']);
  expect(() => createTask('expressions', { operators: 9 })).toThrow('expected at most 8, received 9');
  expect(() => createTask('expressions', { operand: 'slots' })).toThrow("did you mean 'operands'");
});

test('token ids are the same under all options', () => {
  const [labels, digits] = [expressionsTask().vocabulary, expressionsTask({ operands: 'digits' }).vocabulary];
  const symbols = labels.map(({ symbol }) => symbol).join(' ');
  expect(symbols).toBe('x0 x1 x2 x3 x4 x5 x6 x7 x8 x9 + - * ( ) ANS STO RCL STO0 STO1 STO2 RCL0 RCL1 RCL2 [GO] [PAD]');
  expect(digits.map(({ symbol }) => symbol).join(' ')).toBe(symbols.replaceAll(/x(\d)/g, '$1'));
  expect(labels).toHaveLength(VOCABULARY_SIZE);
  const thinking = expressionsTask({ think: 2 });
  expect(thinking.vocabulary.slice(0, -1)).toEqual(labels);
  expect(thinking.vocabulary[KEY.THINK]).toEqual({ symbol: 'THINK', kind: 'control' });
  expect(thinking.thoughts).toEqual({ token: KEY.THINK, most: 2 });
  expect(expressionsTask().thoughts).toBeUndefined();
  expect([expressionsTask(), thinking].map(({ programLimit }) => programLimit)).toEqual([22, 24]);
});

test('operands: in order, distinct and shuffled uniformly, or independent digits', () => {
  const draw = (operands: ExpressionOptions['operands'], count: number) => {
    const task = expressionsTask({ operands });
    const random = Random.stream(9, 'task');
    return Array.from({ length: count }, () => task.sample(5, 'train', random).labels);
  };
  for (const labels of draw('slots', 20)) expect(labels).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for (const operands of ['shuffled', 'digits'] as const) {
    const drawn = draw(operands, 10_000);
    for (let leaf = 0; leaf < 7; leaf++) {
      const counts = new Array<number>(10).fill(0);
      for (const labels of drawn) counts[labels[leaf]!]!++;
      for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
    const distinct = drawn.filter((labels) => new Set(labels).size === 7).length;
    // Seven independent digits are all different with probability 10!/3!/10⁷ = 0.0605.
    if (operands === 'shuffled') expect(distinct).toBe(10_000);
    else expect(Math.abs(distinct - 605)).toBeLessThan(120);
  }
});

test('a fault key does not change what is sampled', () => {
  const draw = (faults: number) => expressionsTask({ faults }).sample(3, 'test', Random.stream(2, 'task'));
  expect(draw(0)).toEqual(draw(0.5));
});
