import { describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { correlation, type EmergencePoint, emergence } from './emergence.ts';

const SOLVED = [0, 0.05, 0.1, 0.4, 0.7, 0.85, 0.93, 0.95];
const points = (solved: readonly number[], more: (share: number, i: number) => Partial<EmergencePoint>) =>
  solved.map((share, i): EmergencePoint => {
    const plain = { update: 50 * i, solved: share, levels: [share], readable: null, state: null, memory: null };
    const intervals = { solved: null, readable: null, state: null, memory: null };
    return { ...plain, intervals, ...more(share, i) };
  });
const judged = (some: readonly EmergencePoint[]) =>
  emergence(some, ['only'], Random.stream(0, 'evaluation')).criteria.map(({ id, verdict }) => [id, verdict]);

test('correlation', () => {
  const pairs = [
    [1, 2],
    [2, 4],
    [3, 6],
  ] as const;
  expect(correlation(pairs)).toBeCloseTo(1, 12);
  expect(correlation(pairs.map(([x, y]) => [x, -y]))).toBeCloseTo(-1, 12);
  // Deviations (−1, 0, 1) and (−1/3, 2/3, −1/3): they have nothing to do with each other.
  expect(
    correlation([
      [1, 0],
      [2, 1],
      [3, 0],
    ]),
  ).toBeCloseTo(0, 12);
  expect(
    correlation([
      [1, 5],
      [2, 5],
    ]),
  ).toBe(0);
});

describe('the rule', () => {
  test('what rises with solving is met, what rises before it or never is not', () => {
    expect(judged(points(SOLVED, (share) => ({ readable: share / 2, state: share })))).toEqual([
      ['emerges-readable', 'met'],
      ['emerges-causal', 'met'],
    ]);
    const against = points(SOLVED, (share, i) => ({ readable: 0.4 - share / 3, memory: i % 2 }));
    expect(judged(against)[0]).toEqual(['emerges-readable', 'not met']);
    expect(judged(against)[1]![1]).not.toBe('met');
  });

  test('without a benefit nothing emerged with it', () => {
    const flat = SOLVED.map((share) => share / 20);
    expect(judged(points(flat, (share) => ({ readable: share })))[0]).toEqual(['emerges-readable', 'not met']);
  });

  test('what hardly rises came with nothing, however closely it follows', () => {
    expect(judged(points(SOLVED, (share) => ({ readable: share / 12 })))[0]).toEqual(['emerges-readable', 'not met']);
  });

  test('few checkpoints, or none that were asked, tell nothing', () => {
    expect(judged(points(SOLVED.slice(0, 5), (share) => ({ readable: share })))).toEqual([
      ['emerges-readable', 'cannot be told'],
      ['emerges-causal', 'cannot be told'],
    ]);
    expect(emergence([], [], Random.stream(0, 'evaluation')).criteria).toHaveLength(2);
  });

  test('of state and context the one counts that holds more at the end', () => {
    const both = points(SOLVED, (share) => ({ state: 0, memory: share }));
    expect(emergence(both, ['only'], Random.stream(0, 'evaluation')).criteria[1]).toMatchObject({
      question: expect.stringContaining('encoded context'),
      verdict: 'met',
    });
  });
});
