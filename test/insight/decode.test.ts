// Is the instrument right? On agents whose workings are known, and on labels that are given away.

import { expect, test } from 'vitest';
import { collect, type Dataset, type DatasetOptions } from '../../src/insight/dataset/dataset.ts';
import type { Recording } from '../../src/insight/dataset/recording.ts';
import { type DecodeResult, decode, decodeDataset } from '../../src/insight/decode.ts';
import type { Criterion } from '../../src/insight/section.ts';
import type { Subject } from '../../src/insight/subject.ts';
import { PLANTED, type Planted, plantedSubject } from './planted.ts';

/** As few as tell the kinds apart: the first steps are enough for that. */
const SIZES = { levels: [3], train: 300, test: 160, steps: 3 };

const found = async (kind: Planted): Promise<DecodeResult> => decode(await plantedSubject(kind), SIZES).result;

const datasetOf = (subject: Subject, options: DatasetOptions): Dataset =>
  collect(subject, subject.random('decode').fold(0), options);

const verdicts = ({ criteria }: DecodeResult): Record<string, Criterion['verdict']> =>
  Object.fromEntries(criteria.map(({ id, verdict }) => [id, verdict]));

test('planted agents solve what their teacher solves', async () => {
  for (const kind of PLANTED) {
    const { test } = datasetOf(await plantedSubject(kind), { levels: [3], train: 64, test: 64 });
    expect(test.every(({ solved }) => solved)).toBe(true);
  }
});

test('a plan in the state is found whole before the first token', async () => {
  const result = await found('planner');
  expect(verdicts(result)).toMatchObject({
    'decodable-ahead': 'met',
    'decodable-before-first-token': 'met',
    'whole-program-before-first-token': 'met',
    'operations-before-first-token': 'met',
    'memory-before-first-token': 'met',
    'turns-in-encoded-context': 'not met',
  });
  const { before } = result.levels.at(-1)!;
  expect(before!.tokens.accuracy.state).toBeGreaterThan(0.95);
  expect(before!.whole.accuracy.state).toBeGreaterThan(0.6);
  expect(result.levels.at(-1)!.formed.filter(({ step }) => step === 0).length).toBeGreaterThan(6);
});

test('an agent that reacts plans nothing', async () => {
  const result = await found('reactive');
  expect(Object.values(verdicts(result))).not.toContain('met');
  expect(verdicts(result)).toMatchObject({
    'decodable-ahead': 'not met',
    'decodable-before-first-token': 'not met',
    'whole-program-before-first-token': 'not met',
  });
  // The token that it is about to choose is there all the same.
  expect(result.ahead.find(({ ahead, step }) => step === 2 && ahead === 0)!.accuracy.state).toBeGreaterThan(0.9);
});

test('a plan in the encoded context is not taken for one in the state', async () => {
  const result = await found('memory');
  expect(verdicts(result)).toMatchObject({
    'decodable-ahead': 'not met',
    'whole-program-before-first-token': 'not met',
    'turns-in-encoded-context': 'met',
  });
  const { accuracy } = result.levels.at(-1)!.before!.laterTokens;
  expect(accuracy.memory!).toBeGreaterThan(0.9);
  expect(accuracy.memory!).toBeGreaterThan(accuracy.inputs! + 0.2);
});

test('what the inputs give away is not selective', async () => {
  const subject = await plantedSubject('planner');
  const dataset = datasetOf(subject, SIZES);
  // Every token is called what the second token of the context is: the state would tell it, and the inputs do.
  const leak = (recordings: readonly Recording[]): Recording[] =>
    recordings.map((recording) => {
      const { labels, problem, program, trained } = recording;
      const shown = subject.extended.context(problem)[1]!;
      const told = Float32Array.from({ length: trained.summary.length }, (_, i) => (i === shown ? 1 : 0));
      const tokens = program.map(() => String(shown));
      const states = { ...trained, steps: trained.steps.map(() => told), summary: told };
      return { ...recording, labels: { ...labels, tokens }, trained: states };
    });
  const leaked: Dataset = { ...dataset, train: leak(dataset.train), test: leak(dataset.test) };
  const result = decodeDataset(subject, leaked, { labels: false, steps: 2 });
  expect(verdicts(result)).toMatchObject({ 'decodable-ahead': 'not met', 'decodable-before-first-token': 'not met' });
  for (const { accuracy, selectivity } of result.ahead) {
    expect(accuracy.state).toBeGreaterThan(0.99);
    expect(selectivity).toBeLessThan(0.03);
  }
});

test('no structure is in both parts', async () => {
  const dataset = datasetOf(await plantedSubject('memory'), { levels: [0, 1, 3], train: 96, test: 96 });
  const made = new Set(dataset.train.map(({ structure }) => structure));
  expect(dataset.test.filter(({ structure }) => made.has(structure))).toEqual([]);
  expect(new Set(dataset.test.map(({ problem }) => problem.level))).toEqual(new Set([0, 1, 3]));
});

test('the same seed gives the same numbers to the byte, another seed others', async () => {
  const result = async (seed: number) =>
    JSON.stringify(
      decode(await plantedSubject('planner', seed), { levels: [2], train: 170, test: 70, labels: false, steps: 1 })
        .result,
    );
  expect(await result(3)).toBe(await result(3));
  expect(await result(3)).not.toBe(await result(4));
});
