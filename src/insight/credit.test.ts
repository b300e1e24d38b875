import { beforeAll, describe, expect, test } from 'vitest';
import { smallSubject } from '../../test/insight/smallSubject.ts';
import { createTask } from '../tasks/table.ts';
import type { Task } from '../tasks/task.ts';
import { credit, decisive } from './credit.ts';
import { reachOf } from './reach/reach.ts';
import type { Subject } from './subject.ts';

const task: Task = createTask('expressions', { operators: 3, tokenPrice: 0.05 });
const ids = (symbols: string): number[] =>
  symbols.split(' ').map((symbol) => task.vocabulary.findIndex((token) => token.symbol === symbol));
let subject: Subject;

beforeAll(async () => {
  subject = await smallSubject(task);
});

describe('the token that decided', () => {
  const at = (text: string, program: string) =>
    decisive(reachOf(task), { problem: task.parse!(text), program: ids(program) });

  test('is the first after which nothing helps', () => {
    // To begin with what is taken from loses at once; so does an early answer, later.
    expect(at('x0 - x1 * x2', 'x0 - x1 * x2 ANS')).toBe(0);
    expect(at('x0 - x1 * x2', 'x1 * x2 + x0 ANS')).toBe(3);
    expect(at('x0 - x1 * x2', 'x1 * x2 ANS')).toBe(3);
    expect(at('x0 + x1', 'x0 * x1 ANS')).toBe(1);
  });

  test('is nobody where nothing could have helped, or nobody knows', () => {
    const problem = task.parse!('x0 - x1 * x2');
    expect(decisive(() => false, { problem, program: ids('x0 ANS') })).toBe('hopeless');
    expect(decisive(() => undefined, { problem, program: ids('x0 ANS') })).toBe('gave up');
  });
});

test('estimators side by side on the same episodes', () => {
  const options = { levels: [1, 2], problems: 24, group: 4, lots: 2, lambda: 1, examples: 96 * 2 };
  const result = credit(subject, options);
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(JSON.stringify(credit(subject, options))).toBe(JSON.stringify(result));
  expect(result).toMatchObject({ kind: 'credit', episodes: 192, gaveUp: 0, hopeless: 0, lambda: 1, discount: 1 });
  expect(result.lost).toBeGreaterThan(40);
  expect(result.rows.map(({ episodes, estimator }) => [estimator, episodes])).toEqual(
    ['monte carlo', 'gae', 'grpo', 'rloo'].map((name) => [name, result.lost]),
  );
  for (const { advantages, decisive, lot, solved, tokens, values } of result.examples) {
    expect(decisive === null).toBe(solved);
    expect(values).toHaveLength(tokens.length);
    if (lot !== null) expect(lot).toBeLessThan(tokens.length);
    // With λ = 1 GAE is Monte Carlo; the others tell no token from another.
    for (const [t, value] of advantages.gae.entries()) expect(value).toBeCloseTo(advantages['monte carlo'][t]!, 4);
    expect(new Set(advantages.grpo).size).toBe(1);
    expect(new Set(advantages.rloo).size).toBe(1);
  }
  const { criteria, rows } = result;
  for (const i of [2, 3]) {
    expect(criteria[i]!.selectivity!.number).toBeCloseTo(0, 10);
    expect(criteria[i]!.verdict).toBe('not met');
    expect(rows[i]!.rank).toBe(0.5);
    expect(rows[i]!.decisive).toBe(rows[i]!.others);
  }
});
