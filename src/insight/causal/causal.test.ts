// The switches and the parts that causal tests are made of; what they find of planted agents is tested elsewhere.

import { beforeAll, describe, expect, test } from 'vitest';
import { smallSubject } from '../../../test/insight/smallSubject.ts';
import type { KnockOut } from '../../agents/agent.ts';
import { Random } from '../../core/random.ts';
import { createTask } from '../../tasks/table.ts';
import type { Problem } from '../../tasks/task.ts';
import { Playback } from '../playback.ts';
import type { Subject } from '../subject.ts';
import { causal } from './causal.ts';
import { directionsOf, spreadOf } from './directions.ts';
import { orderChoice, sideOf } from './orders.ts';
import { ownPrograms, pairsOf } from './pairs.ts';
import { operandsOf, renamed } from './rename.ts';
import { norm, randomAlike, unit } from './vectors.ts';

const task = createTask('expressions', { operators: 4 });
let subject: Subject;

beforeAll(async () => {
  subject = await smallSubject(task);
});

const parse = (text: string): Problem => task.parse!(text);

describe('knock-outs', () => {
  const attention = (knockOut: KnockOut | undefined) => {
    const shares: number[][] = [];
    const logits: number[][] = [];
    new Playback(task, subject.network, 1).play([parse('x3 - x1 * x2')], {
      choice: { kind: 'greedy' },
      limit: 1,
      hooks: {
        knockOut: () => knockOut,
        record(view) {
          shares.push([...view.attention(0)!]);
          logits.push([...view.probabilities(0)]);
        },
      },
    });
    return { shares: shares[0]!, probabilities: logits[0]! };
  };

  test('nothing taken changes nothing; attention becomes even, or nothing', () => {
    const plain = attention(undefined);
    expect(attention({})).toEqual(plain);
    const even = attention({ attention: 'uniform' });
    for (const share of even.shares) expect(share).toBeCloseTo(1 / 5, 6);
    expect(even.probabilities).not.toEqual(plain.probabilities);
    const none = attention({ attention: (summed) => summed.fill(0) });
    expect(none.shares).toEqual(plain.shares);
    expect(none.probabilities).not.toEqual(plain.probabilities);
    expect(attention({ pointer: (vector) => vector.fill(0) }).probabilities).not.toEqual(plain.probabilities);
  });
});

describe('pairs', () => {
  test('begin alike, go on differently, and show the same operands', () => {
    const pool = ownPrograms(subject.playback(), subject.problems(2, 'test', 60, Random.stream(1, 'evaluation')));
    const pairs = pairsOf(task, subject.playback(), pool, { each: 4, random: Random.stream(2, 'evaluation') });
    expect(pairs.length).toBeGreaterThan(0);
    for (const { donor, host, step } of pairs) {
      expect(donor.program.slice(0, step)).toEqual(host.program.slice(0, step));
      expect(donor.program).not.toEqual(host.program);
      const [ours, theirs] = [host, donor].map(({ problem }) => operandsOf(task, task.context(problem)).sort());
      expect(theirs).toEqual(ours);
    }
  });

  test('a problem is renamed where its task can be told', () => {
    const names = new Map([
      [3, 7],
      [7, 3],
    ]);
    expect(task.describe(renamed(task, parse('x3 - x7 * x2'), names)!)).toBe('x7 - x3 * x2');
    const inOrder = createTask('expressions', { operands: 'slots' });
    expect(renamed(inOrder, inOrder.parse!('x0 - x1'), new Map([[0, 1]]))).toBeUndefined();
    const calculator = createTask('routes');
    const route = calculator.sample(0, 'train', Random.stream(1, 'evaluation'));
    expect(renamed(calculator, route, new Map([[0, 1]]))).toBeUndefined();
  });
});

test('a choice of order is one that is right both ways', () => {
  const choice = orderChoice(task, parse('x0 * x1 + x2 * x3'))!;
  const ids = (text: string) =>
    text.split(' ').map((name) => task.vocabulary.findIndex(({ symbol }) => symbol === name));
  expect(sideOf(choice, ids('x1 * x0 STO x2 * x3 + RCL ANS'))).toBe(0);
  expect(sideOf(choice, ids('x3 * x2 STO x0'))).toBe(1);
  expect(sideOf(choice, ids('x3 * x0 STO x2'))).toBeUndefined();
  expect(orderChoice(task, parse('x0 * x1 - x2 * x3'))).toBeUndefined();
  expect(orderChoice(task, parse('x0 + x2 * x3'))).toBeUndefined();
  expect(orderChoice(createTask('routes'), parse('x0 * x1 + x2 * x3'))).toBeUndefined();
});

test('directions lead from one kind to the other', () => {
  const random = Random.stream(1, 'evaluation');
  const kinds = Array.from({ length: 80 }, (_, i) => (i % 2) as 0 | 1);
  const states = kinds.map((kind) => Array.from({ length: 4 }, (_, i) => 0.1 * random.normal() + (i === 2 ? kind : 0)));
  const { means, probe } = directionsOf(states, kinds);
  for (const direction of [means, probe]) {
    expect(norm(direction)).toBeCloseTo(1, 6);
    expect(direction[2]).toBeGreaterThan(0.9);
  }
  // A spread of ½ between the kinds, and 0.1 within in each of four.
  expect(spreadOf(states)).toBeCloseTo(Math.sqrt(0.25 + 0.04), 1);
  expect(norm(randomAlike([3, 4], random))).toBeCloseTo(5, 5);
  expect([...unit([0, 0])]).toEqual([0, 0]);
});

test('a whole section of an untrained agent is plain data, the same for the same seed', () => {
  const sizes = {
    patching: { levels: [1], pool: 40, each: 2 },
    steering: { levels: [2], training: 20, problems: 8 },
    surgery: { levels: [1], problems: 16 },
    knockOuts: { levels: [1], problems: 8 },
  };
  const said: string[] = [];
  const result = causal(subject, sizes, (_, __, what) => said.push(what));
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(JSON.stringify(causal(subject, sizes))).toBe(JSON.stringify(result));
  expect(said).toEqual(['patching n=2', 'steering n=3', 'surgery n=2', 'knock-out n=2']);
  expect(result.criteria.map(({ id }) => id)).toEqual([
    'patch-state',
    'patch-memory',
    'patch-both',
    'memory-beyond-tokens',
    'steerable',
    'order-changes',
    'memory-in-use',
    'memory-loss-noticed',
    'needs-attention-zero',
    'needs-attention-uniform',
    'needs-pointer',
    'needs-context',
  ]);
});
