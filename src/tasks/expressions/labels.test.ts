import { expect, test } from 'vitest';
import { symbols, type Task } from '../task.ts';
import type { ExpressionProblem } from './problem.ts';
import { expressionsTask } from './task.ts';

/** Labels by name of `text` as `program` computes it. */
function told(task: Task<ExpressionProblem>, text: string, program: string) {
  const problem = task.parse!(text);
  const ids = program.split(' ').map((symbol) => task.vocabulary.findIndex((token) => token.symbol === symbol));
  expect(symbols(task, ids).join(' ')).toBe(program);
  const { places, tokens, values } = task.labels!.of(problem, ids);
  const label = (name: string) => {
    const at = task.labels!.labels.findIndex((one) => one.name === name);
    return values[at]!.map((value) => task.labels!.labels[at]!.values[value] ?? '');
  };
  return { places, tokens, label, structure: task.labels!.structure!(problem) };
}

test('an episode with memory, worked by hand', () => {
  const { label, places, structure, tokens } = told(
    expressionsTask(),
    'x7 * x2 - (x5 + x1) * x3',
    'x5 + x1 * x3 STO x7 * x2 - RCL ANS',
  );
  expect(structure).toBe('-*xx*+xxx');
  expect(tokens.join(', ')).toBe('operand 3, +, operand 4, *, operand 5, STO, operand 1, *, operand 2, -, RCL, ANS');
  // x7 * x2 - ( x5 + x1 ) * x3
  expect(places![0]).toEqual([3, -1, 4, -1, -1, 0, -1, 1, -1, -1, 2]);
  expect(places![1]).toEqual([-1, 2, -1, 3, -1, -1, 0, -1, -1, 1, -1]);
  // 3: the sum, between operands 3 and 4; 4: its product; 1: the other; 2: the difference.
  expect(label('operation 1 to come').join('')).toBe(
    'operator 3|operator 3|operator 3|operator 4|operator 4|operator 1|operator 1|operator 1|operator 1|operator 2|operator 2|'.replaceAll(
      '|',
      '',
    ),
  );
  expect(label('operation 2 to come').slice(0, 4)).toEqual(['operator 4', 'operator 4', 'operator 4', 'operator 1']);
  expect(label('operation 5 to come').join('')).toBe('');
  expect(label('memory to come')).toEqual([...Array(6).fill('yes'), ...Array(6).fill('no')]);
  expect(label('cells filled')).toEqual([...Array(6).fill('0'), ...Array(5).fill('1'), '0']);
  expect(label('top of the stack')).toEqual([...Array(6).fill('empty'), ...Array(5).fill('operator 4'), 'empty']);
  expect(label('operand 3 not yet used')).toEqual(['yes', ...Array(11).fill('no')]);
  expect(label('operand 2 not yet used')).toEqual([...Array(9).fill('yes'), ...Array(3).fill('no')]);
  expect(label('operand 6 not yet used').join('')).toBe('');
});

test('an operation in other words is where its parts meet', () => {
  // a − (b + c) as a − b − c: both meet at the difference.
  const { label } = told(expressionsTask(), 'x0 - (x1 + x2)', 'x0 - x1 - x2 ANS');
  expect(label('operation 1 to come').slice(0, 5)).toEqual(Array(5).fill('operator 1'));
  expect(label('operation 2 to come').slice(0, 3)).toEqual(Array(3).fill('operator 1'));
});

test('digits: each is an operand of its own, and values are told', () => {
  const { label, tokens } = told(expressionsTask({ operands: 'digits' }), '3 - 5 * 3', '5 * 3 STO 3 - RCL ANS');
  expect(tokens).toEqual(['operand 2', '*', 'operand 1', 'STO', 'operand 3', '-', 'RCL', 'ANS']);
  expect(label('sign of the value held')).toEqual([
    '',
    ...Array(3).fill('positive'),
    '',
    ...Array(2).fill('positive'),
    'negative',
  ]);
  expect(label('size of the value held').at(3)).toBe('below 100');
  // −12 is 3 modulo 5.
  expect(label('residue modulo 5 of the value held').at(-1)).toBe('3');
});

test('registers and keys that fail', () => {
  const { label } = told(
    expressionsTask({ memory: 'registers', mask: false }),
    'x0 * x1 + x2',
    'RCL0 x0 * x1 STO2 x2 + RCL2 ANS',
  );
  expect(label('cells filled')).toEqual(['0', '0', '0', '0', '0', '1', '1', '1', '1']);
  expect(label('operation 1 to come').slice(3, 5)).toEqual(['operator 1', 'operator 2']);
});
