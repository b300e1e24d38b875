import { expect, test } from 'vitest';
import { calculatorTask } from '../../tasks/calculator/task.ts';
import { createTask } from '../../tasks/table.ts';
import { structureOf } from './episodeLabels.ts';

test('a structure is what the labels or the study call one, at every level, else what is shown', () => {
  const expressions = createTask('expressions', { operators: 3 });
  expect(structureOf(expressions, expressions.parse!('x1 * x2 - x0 * x3'))).toBe('-*xx*xx');
  expect(structureOf(expressions, expressions.parse!('x1 * x2'))).toBe('*xx');
  const countdown = createTask('countdown');
  const some = countdown.parse!(countdown.example!);
  expect(structureOf(countdown, some)).toBe(countdown.study!.analyse(some).cluster);
  const calculator = calculatorTask();
  const [one, other] = ['3 4 5', '3 4 6'].map((text) => structureOf(calculator, calculator.parse!(text)));
  expect(one).not.toBe(other);
});
