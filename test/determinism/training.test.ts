// One configuration, one seed, one set of bits: whatever V8 does with the kernels, however many threads share an
// update, on whatever memory, and however often the training was interrupted.

import { expect, test } from 'vitest';
import { type TrainEvent, train } from '../../src/index.ts';
import {
  allHashes,
  BISECTION,
  hashesElsewhere,
  hashOf,
  inPieces,
  listen,
  type Surroundings,
  type Told,
  TRAININGS,
} from './trainings.ts';

const SURROUNDINGS: readonly Surroundings[] = [
  { accelerate: 'no' },
  { accelerate: 'revectorised' },
  // Two threads and more run on shared memory, one on plain memory.
  { accelerate: 'threads', threads: 2 },
  { accelerate: 'revectorised', threads: 3 },
  { accelerate: 'revectorised', threads: 6 },
];

test('there is one hash in all surroundings', { timeout: 600_000 }, async () => {
  const here = await allHashes();
  expect(Object.values(here).every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  for (const surroundings of SURROUNDINGS) {
    expect(await hashesElsewhere(surroundings), JSON.stringify(surroundings)).toEqual(here);
  }
});

test('another seed has another hash', async () => {
  const { tiny } = TRAININGS;
  expect(await hashOf({ ...tiny, seed: 1 })).not.toBe(await hashOf(tiny));
});

/** Without the beginnings and ends of the pieces, but for the very last. */
const story = (told: readonly Told[]): Told[] => [
  ...told.filter(({ type }) => type !== 'started' && type !== 'finished'),
  told.at(-1)!,
];

// The recipe unlocks its second level on the way.
const UNLOCKING = { task: 'calculator', updates: 130, batch: 64, agent: { hidden: 48 } } as const;

test('an interrupted training tells the same story to the same end', async () => {
  const { told } = await listen(train(UNLOCKING));
  expect(told.some(({ type }) => type === 'levelUnlocked')).toBe(true);
  // After the first update, around an evaluation, around an unlocking, and at a periodic checkpoint.
  const unlocked = told.find(({ type }) => type === 'levelUnlocked')!.update as number;
  const stops = [1, 9, 10, 11, 50, unlocked - 1, unlocked, unlocked + 1].toSorted((a, b) => a - b);
  expect(story(await inPieces(UNLOCKING, stops))).toEqual(story(told));
});

test('a training of one’s own task with observations and masks can be interrupted too', async () => {
  const { told } = await listen(train(BISECTION));
  expect(told.some(({ type }) => type === 'levelUnlocked')).toBe(true);
  expect(story(await inPieces(BISECTION, [1, 17, 40]))).toEqual(story(told));
});

test('a training that reads, points and looks back can be interrupted too', async () => {
  const { told } = await listen(train(TRAININGS.expressions));
  expect(story(await inPieces(TRAININGS.expressions, [1, 4, 7]))).toEqual(story(told));
});

test.each(['progress', 'learnability', 'replay'] as const)('curriculum %s goes on where it was', async (name) => {
  const { told } = await listen(train(TRAININGS[name]));
  expect(story(await inPieces(TRAININGS[name], [1, 3, 7]))).toEqual(story(told));
});

test.each(['ppo', 'grpo', 'reinforce', 'remembered'] as const)('%s can be interrupted too', async (name) => {
  const { told } = await listen(train(TRAININGS[name]));
  expect(story(await inPieces(TRAININGS[name], [1, 3, 5]))).toEqual(story(told));
});

test('a training that was solved for good stays so when it is resumed', async () => {
  const easy = {
    ...BISECTION,
    curriculum: { name: 'uniform' },
    evaluation: { every: 5 },
    stop: { solved: 0.25, evaluations: 2 },
  } as const;
  const { checkpoints, told } = await listen(train(easy));
  const { update } = told.findLast(({ type }) => type === 'update') as { update: number };
  expect(update).toBeLessThan(easy.updates);
  expect([...checkpoints.keys()].at(-1)).toBe(update);
  expect(story(await inPieces(easy, [update - 1]))).toEqual(story(told));
  expect(story(await inPieces(easy, [update]))).toEqual(story(told));
});

test('a signal that comes before the start leaves a checkpoint of the start', async () => {
  const events: TrainEvent[] = [];
  for await (const event of train(TRAININGS.tiny, { signal: AbortSignal.abort() })) events.push(event);
  expect(events.map(({ type }) => type)).toEqual(['started', 'checkpoint', 'finished']);
  const told = await inPieces(TRAININGS.tiny, []);
  expect(events.at(-1)).toMatchObject({ status: 'interrupted', updates: 0, levels: [] });
  expect(told.at(-1)).toMatchObject({ status: 'finished', updates: 12 });
});
