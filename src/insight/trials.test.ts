import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import type { Interval } from '../evaluation/statistics.ts';
import { FEWEST_STRUCTURES } from './section.ts';
import { batches, criterion, estimate, grouped, type Trial } from './trials.ts';

const random = Random.stream(0, 'evaluation');
const asked = { id: 'a', question: 'A?', control: 'nothing', rule: 'met from 0.5 on' };
const trials = (count: number, of: (i: number) => Partial<Trial>): Trial[] =>
  Array.from({ length: count }, (_, i) => ({ structure: String(i), number: 1, control: 0, ...of(i) }));

test('means, with intervals over structures', () => {
  // Forty trials, right in every other one; the control in every fourth.
  const some = (structure: (i: number) => number) =>
    trials(40, (i) => ({
      structure: String(structure(i)),
      number: Math.floor(i / 2) % 2,
      control: Math.floor(i / 2) % 4 === 1 ? 1 : 0,
    }));
  const inPairs = estimate(
    some((i) => Math.floor(i / 2)),
    random,
  )!;
  expect(inPairs).toMatchObject({ number: 0.5, control: 0.25, selectivity: { number: 0.25 } });
  expect(
    estimate(
      some((i) => Math.floor(i / 2)),
      random,
    ),
  ).toEqual(inPairs);
  // Two trials of one structure are drawn together, and tell no more than one.
  const width = (interval: Interval | null) => interval!.high - interval!.low;
  const apart = estimate(
    some((i) => i),
    random,
  )!;
  expect(width(inPairs.interval)).toBeGreaterThan(1.2 * width(apart.interval));
  // Of few structures there is no interval.
  expect(
    estimate(
      some((i) => i % 19),
      random,
    ),
  ).toMatchObject({ interval: null, selectivity: { interval: null } });
  expect(estimate([], random)).toBeUndefined();
});

test('a criterion reads what lies above its control, and says nothing of few structures, however many their trials', () => {
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
      trials(200, (i) => ({ structure: String(i % (FEWEST_STRUCTURES - 1)) })),
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
    why: 'there was nothing to measure',
  });
});

test('a control of other problems is drawn by itself', () => {
  const own = trials(30, (i) => ({ number: i % 2 }));
  const apart = trials(10, (i) => ({ structure: String(100 + i), control: i < 2 ? 1 : 0 }));
  const found = estimate(own, random, apart)!;
  expect(found).toMatchObject({ number: 0.5, control: 0.2 });
  expect(found.selectivity.number).toBeCloseTo(0.3, 12);
  // Wider than that of the number alone, by the control's own chance.
  const width = (interval: Interval | null) => interval!.high - interval!.low;
  expect(width(found.selectivity.interval)).toBeGreaterThan(width(found.interval));
});

test('batches and groups keep the order', () => {
  expect(batches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect([...grouped([1, 2, 3, 4], (n) => n % 2)]).toEqual([
    [1, [1, 3]],
    [0, [2, 4]],
  ]);
});
