import { expect, test } from 'vitest';
import { bisection } from '../../../examples/bisection.ts';
import { calculatorTask } from '../../tasks/calculator/task.ts';
import { createTask } from '../../tasks/table.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import { structureOf } from './episodeLabels.ts';

const own = bisection as Task;
/** Of bisection's third level. */
const hidden = (number: number) => ({ level: 2, number }) as Problem;

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

test('where a level has few contexts a problem is a structure of its own, by all that it holds', () => {
  expect(structureOf(own, hidden(5))).toBe('{"level":2,"number":5}');
  expect(structureOf(own, hidden(6))).not.toBe(structureOf(own, hidden(5)));
  // Fifteen contexts are fewer than twenty.
  const context = ({ number }: { readonly number?: number }) => [number! % 15];
  expect(structureOf({ ...own, context } as Task, hidden(5))).toBe('{"level":2,"number":5}');
});

test('from twenty contexts on they are the structures, and what was declared comes before both', () => {
  const sample: Task['sample'] = (level, _split, random) => ({ level, number: 1 + random.below(40) }) as Problem;
  const context = ({ number }: { readonly number?: number }) => [number! % 20];
  const many = { ...own, sample, context } as Task;
  expect(structureOf(many, hidden(5))).toBe('5');
  expect(structureOf(many, hidden(25))).toBe('5');
  const named = { ...own, labels: { ...own.labels!, structure: () => 'one' } };
  expect(structureOf(named, hidden(5))).toBe('one');
});
