import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { calculatorTask } from '../tasks/calculator/task.ts';
import { createTask } from '../tasks/table.ts';
import { batches, clusterOf, criterion, estimate, grouped, LEAST_TRIALS, type Trial } from './trials.ts';

const random = Random.stream(0, 'evaluation');
const asked = { id: 'a', question: 'A?', control: 'nothing', rule: 'met from 0.5 on' };
const trials = (count: number, of: (i: number) => Partial<Trial>): Trial[] =>
  Array.from({ length: count }, (_, i) => ({ cluster: String(i), number: 1, control: 0, ...of(i) }));

test('means, with intervals over clusters', () => {
  // Four clusters of two: 1, 1, 0, 0 on both of their trials.
  const some = trials(8, (i) => ({ cluster: String(i >> 1), number: i < 4 ? 1 : 0, control: 0.25 }));
  const found = estimate(some, random)!;
  expect(found).toMatchObject({ number: 0.5, control: 0.25, selectivity: { number: 0.25 } });
  // Of four clusters drawn anew all may be alike, which of eight trials is rare.
  expect(found.interval).toEqual({ low: 0, high: 1 });
  expect(found.selectivity.interval).toEqual({ low: -0.25, high: 0.75 });
  expect(estimate(some, random)).toEqual(found);
  expect(estimate([], random)).toBeUndefined();
});

test('a criterion reads what lies above its control, and says nothing of few trials', () => {
  expect(
    criterion(
      asked,
      trials(40, () => ({})),
      0.5,
      random,
    ),
  ).toMatchObject({ number: 1, verdict: 'met' });
  expect(
    criterion(
      asked,
      trials(40, () => ({ control: 1 })),
      0.5,
      random,
    ),
  ).toMatchObject({
    control: { name: 'nothing', number: 1 },
    selectivity: { number: 0 },
    verdict: 'not met',
  });
  expect(
    criterion(
      asked,
      trials(40, (i) => ({ number: i % 2 })),
      0.5,
      random,
    ).verdict,
  ).toBe('cannot be told');
  expect(
    criterion(
      asked,
      trials(LEAST_TRIALS - 1, () => ({})),
      0.5,
      random,
    ).verdict,
  ).toBe('cannot be told');
  expect(criterion(asked, [], 0.5, random)).toEqual({
    id: 'a',
    question: 'A?',
    rule: 'met from 0.5 on',
    number: null,
    interval: null,
    control: { name: 'nothing', number: null },
    verdict: 'cannot be told',
  });
});

test('a cluster is a structure where the study knows one, else what is shown', () => {
  const expressions = createTask('expressions', { operators: 3 });
  expect(clusterOf(expressions, expressions.parse!('x1 * x2 - x0 * x3'))).toBe('-*xx*xx');
  expect(clusterOf(expressions, expressions.parse!('x1 * x2'))).toBe('0: 1 12 2');
  const calculator = calculatorTask();
  expect(clusterOf(calculator, calculator.parse!('3 4 5'))).toMatch(/^0: /);
});

test('batches and groups keep the order', () => {
  expect(batches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect([...grouped([1, 2, 3, 4], (n) => n % 2)]).toEqual([
    [1, [1, 3]],
    [0, [2, 4]],
  ]);
});
