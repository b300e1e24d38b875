// Is decoding right? Labels that are given away, structures that are not shared, and the same from the same seed.

import { expect, test } from 'vitest';
import { collect, type Dataset, type DatasetOptions } from '../../src/insight/dataset/dataset.ts';
import type { Recording } from '../../src/insight/dataset/recording.ts';
import { type DecodeResult, decode, decodeDataset } from '../../src/insight/decode.ts';
import type { Criterion } from '../../src/insight/section.ts';
import type { Subject } from '../../src/insight/subject.ts';
import { SYMBOLS } from '../../src/tasks/expressions/vocabulary.ts';
import { PLANTED, plantedSubject } from './planted.ts';

const SIZES = { levels: [3], train: 300, test: 160, steps: 3 };

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

test('what the inputs give away is not selective', async () => {
  const subject = await plantedSubject('reactive');
  const dataset = datasetOf(subject, SIZES);
  // Every token is called what kind the second token of the context is: the state would tell it, and the inputs do.
  const leak = (recordings: readonly Recording[]): Recording[] =>
    recordings.map((recording) => {
      const { labels, problem, program, trained } = recording;
      const second = subject.extended.context(problem)[1]!;
      // Operands are one kind, whatever their names.
      const shown = second < SYMBOLS ? 0 : second;
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
      decode(await plantedSubject('reactive', { seed }), { levels: [2], train: 170, test: 70, labels: false, steps: 1 })
        .result,
    );
  expect(await result(3)).toBe(await result(3));
  expect(await result(3)).not.toBe(await result(4));
});
