import { expect, test } from 'vitest';
import { InnerloopError } from '../../core/errors.ts';
import type { ExpressionOptions } from './options.ts';
import { parseExpression } from './parse.ts';
import { expressionsTask } from './task.ts';

type Options = Partial<ExpressionOptions>;

/** What a person is told about `text`. */
function refusal(text: string, options: Options = {}, level?: number): string {
  try {
    expressionsTask(options).parse(text, level);
  } catch (error) {
    if (error instanceof InnerloopError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('expressions as people write them', () => {
  const read = (text: string, options: Options = {}) => {
    const task = expressionsTask(options);
    return task.describe(task.parse(text));
  };
  expect(read('x1*(x0-x2)')).toBe('x1 * (x0 - x2)');
  expect(read('(3*4+5)-(6*7)', { operands: 'digits' })).toBe('3 * 4 + 5 - 6 * 7 = -25');
  expect(read(' ( (x1) )×x0 − ((x2 · x4))⋅x3 ')).toBe('x1 * x0 - x2 * x4 * x3');
  expect(read('x5-(x6-x7)')).toBe('x5 - (x6 - x7)');
  expect(read('x5-x6-x7')).toBe('x5 - x6 - x7');
  expect(parseExpression('x5+x6*x7', 'shuffled')).toEqual({ structure: '+x*xx', labels: [5, 6, 7] });
  expect(expressionsTask().parse('x1*(x0-x2)')).toEqual(expressionsTask().parse('(x1) * (x0 - x2)'));
  expect(expressionsTask().parse('x1*(x0-x2)', 1).level).toBe(1);
});

test('what cannot be read is refused with its place and what was expected there', () => {
  const operand = "expression: expected an operand x0 to x9 or '('";
  expect(refusal('')).toBe(`${operand}, received the end of ""`);
  expect(refusal('x1*')).toBe(`${operand}, received the end of "x1*"`);
  expect(refusal('-x1+x2')).toBe(`${operand}, received '-' at character 1 of "-x1+x2"`);
  expect(refusal('x1 + ()')).toBe(`${operand}, received ')' at character 7 of "x1 + ()"`);
  expect(refusal('x1 + y')).toBe(`${operand}, received 'y' at character 6 of "x1 + y"`);
  expect(refusal('(x1+x2')).toBe('expression: expected an operator or \')\', received the end of "(x1+x2"');
  expect(refusal('x1+x2)')).toBe(
    'expression: expected an operator or the end, received \')\' at character 6 of "x1+x2)"',
  );
  expect(refusal('x1 x2')).toBe(
    'expression: expected an operator or the end, received \'x2\' at character 4 of "x1 x2"',
  );
  expect(refusal('x1/x2')).toContain("received '/' at character 3");
  expect(refusal('x1+x2=x3')).toContain("received '=' at character 6");
});

test('what no problem of this task shows is refused', () => {
  expect(refusal('x1 + x10')).toContain('received \'x10\' at character 6 of "x1 + x10"; there are ten operands');
  expect(refusal('x1*x2+x1')).toBe(
    'expression: expected each operand once, received a second \'x1\' at character 7 of "x1*x2+x1"',
  );
  expect(refusal('3+4')).toContain(
    "received '3' at character 1 of \"3+4\"; option operands of this task is 'shuffled'",
  );
  const digits: Options = { operands: 'digits' };
  expect(refusal('3+x4', digits)).toContain("expected a digit from 0 to 9 or '(', received 'x4' at character 3");
  expect(refusal('12+3', digits)).toContain("received '12' at character 1");
  expect(refusal('3+3*3', digits)).toBe('accepted');
  expect(refusal('x0+x1', { operands: 'slots' })).toBe('accepted');
  expect(refusal('x0*(x2-x1)', { operands: 'slots' })).toContain("expected x1, received 'x2' at character 5");
});

test('too little, too much, or of another level', () => {
  expect(refusal('x1')).toContain('expected 1 to 6 operators, received 0 in "x1"');
  expect(refusal('x0+x1+x2+x3+x4+x5+x6+x7')).toContain('expected 1 to 6 operators, received 7');
  expect(refusal('x0+x1+x2+x3+x4+x5+x6+x7', { operators: 7 })).toBe('accepted');
  expect(refusal('x0+x1+x2', {}, 0)).toContain('expected 1 operator, received 2');
  expect(refusal('x0+x1+x2', {}, 2)).toContain('expected 3 operators, received 2');
  expect(refusal(`${'('.repeat(200)}x0${')'.repeat(200)}`)).toBe(
    'expression: expected at most 400 characters, received 402',
  );
  expect(refusal(`${'('.repeat(190)}x0+x1${')'.repeat(190)}`)).toBe('accepted');
});
