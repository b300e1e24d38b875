// Probes that are kept, the directions in which to steer, and one program's credit: their shape, and that same comes to
// same. What probes find of planted agents is tested with the sections.

import { beforeAll, expect, test } from 'vitest';
import { smallSubject } from '../../test/insight/smallSubject.ts';
import { createTask } from '../tasks/table.ts';
import { norm } from './causal/vectors.ts';
import { ESTIMATORS } from './credit.ts';
import { creditOf } from './creditOf.ts';
import { collect, type Dataset } from './dataset/dataset.ts';
import { directionOf, makeReader } from './reader.ts';
import type { Subject } from './subject.ts';

const task = createTask('calculator', {});
let subject: Subject;
let dataset: Dataset;

beforeAll(async () => {
  subject = await smallSubject(task, { name: 'recurrent', hidden: 16, context: 'row' });
  dataset = collect(subject, subject.random('decode').fold(0), { train: 300, test: 150 });
});

test('a reader tells of another episode what it found in its own, with the inputs beside it', () => {
  const said: string[] = [];
  const reader = makeReader(subject, dataset, { steps: 2, ofGroup: 1 }, (_, __, what) => said.push(what));
  expect(said.at(-1)).toBe('probed');
  expect(Math.max(...reader.ahead.map(({ step }) => step))).toBeLessThan(2);
  expect(reader.labels.map(({ name }) => name)).toContain('memory to come');
  const { problem, program, trained } = dataset.test[0]!;
  const read = reader.read({ problem, program, states: trained.steps });
  expect(read.length).toBe(program.length);
  const first = read[0]!.find(({ asking }) => 'ahead' in asking && asking.ahead === 0)!;
  expect(first.truth).toBe(task.vocabulary[program[0]!]!.symbol);
  expect(reader.tokens).toContain(first.state.answer);
  for (const { inputs, state } of read.flat()) {
    for (const { probability } of [inputs, state]) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
    }
  }
});

test('a direction has length one and leads towards the answer; without enough of either kind there is none', () => {
  const rest = dataset.train.map(({ labels }) => labels.tokens[0]!);
  const common = rest.find((name) => rest.filter((other) => other === name).length < rest.length - 10);
  if (common !== undefined) {
    const found = directionOf(subject, dataset, 0, { ahead: 0 }, common)!;
    expect(norm(found.direction)).toBeCloseTo(1, 5);
    expect(norm(found.random)).toBeCloseTo(1, 5);
    expect(found.deviation).toBeGreaterThan(0);
    expect(directionOf(subject, dataset, 0, { ahead: 0 }, common)).toEqual(found);
  }
  expect(directionOf(subject, dataset, 0, { ahead: 0 }, 'no such token')).toBeUndefined();
});

test('one program’s credit beside other tries of its problem', () => {
  const problem = task.parse!('3 4 5');
  const own = { problem, program: [0, 0], solved: false, values: [0, 0], rewards: [0, 0] };
  const { episodes } = creditOf(subject, own, { group: 4 });
  expect(episodes.length).toBe(4);
  expect(episodes[0]!.tokens.length).toBe(2);
  for (const one of episodes) {
    for (const estimator of ESTIMATORS) expect(one.advantages[estimator].length).toBe(one.tokens.length);
    expect(one.solved ? one.why : 'lost').toBe(one.solved ? 'solved' : 'lost');
  }
});
