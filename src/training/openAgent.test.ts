import { expect, test } from 'vitest';
import type { TrainInput } from './config.ts';
import type { FinishedEvent } from './events.ts';
import { openAgent } from './openAgent.ts';
import { train } from './train.ts';

const SMALL = {
  updates: 30,
  batch: 32,
  agent: { hidden: 24 },
  evaluation: { problems: 32, testProblems: 200 },
  stop: null,
} as const;

/** The last checkpoint of a short training, and how it ended. */
async function shortTraining(input: TrainInput): Promise<{ bytes: Uint8Array; finished: FinishedEvent }> {
  let bytes: Uint8Array | undefined;
  for await (const event of train(input)) {
    if (event.type === 'checkpoint') bytes = event.bytes;
    if (event.type === 'finished') return { bytes: bytes!, finished: event };
  }
  return expect.unreachable();
}

test.each(['calculator', 'tutorial'])('an agent of %s plays as at the end of its training', async (task) => {
  const { bytes, finished } = await shortTraining({ task, ...SMALL });
  const agent = await openAgent(bytes);
  expect(agent.hash).toBe(finished.hash);
  expect(agent.progress.update).toBe(30);
  expect(agent.config.agent.hidden).toBe(24);
  expect([0, 1, 2].map((level) => agent.evaluate(level))).toEqual(finished.levels);
  expect(agent.evaluate(0, { problems: 200, split: 'test', seed: 0 })).toEqual(finished.levels[0]);
  expect(agent.evaluate(1, { problems: 7, split: 'validation', seed: 5 }).problems).toBe(7);
});

test('a problem is given as data or as text, and answered in symbols', async () => {
  const agent = await openAgent((await shortTraining({ task: 'calculator', ...SMALL })).bytes);
  const [problem] = agent.problems(0, 1);
  const { digits } = problem as unknown as { digits: number[] };
  expect(agent.solve(problem!)).toEqual(agent.solve(digits.join(' ')));
  expect(agent.solve(problem!)).toEqual(agent.explain(problem!).program);
  expect(agent.problems(0, 5).slice(0, 2)).toEqual(agent.problems(0, 2));
  expect(() => agent.solve('3 4')).toThrow('problem: expected 3, 4 or 5 digits');
  expect(() => agent.evaluate(3)).toThrow('level: expected an integer from 0 to 2, received 3');
  expect(() => agent.evaluate(0, { problems: 0 })).toThrow('problems: expected an integer from 1');
  expect(() => agent.evaluate(0, { seed: -1 })).toThrow('seed: expected an integer from 0');
});

test('what is no checkpoint is refused under its name', async () => {
  await expect(openAgent(new Uint8Array(3), { name: 'my.safetensors' })).rejects.toThrow('my.safetensors: ');
});

test('an agent of expressions is examined set by set, beyond its levels and with several programs a problem', async () => {
  const agent = { hidden: 16, embedding: 8, feedback: 4 };
  const input = { ...SMALL, agent, evaluation: { every: 30, problems: 4, testProblems: 30 } };
  const options = { operators: 3 };
  const { bytes, finished } = await shortTraining({ task: { name: 'expressions', options }, ...input });
  const opened = await openAgent(bytes);
  const parts = [...opened.examine({ samples: 5 })];
  const sets = parts.flatMap((part) => (part.kind === 'set' ? [part] : []));
  expect(sets.map(({ heldOut, score, set }) => [set, score.level, heldOut])).toEqual([
    ...[
      ['test structures', 0, null],
      ['test structures', 1, null],
      ['test structures', 2, 'structures'],
    ],
    ...[3, 4, 5, 6, 7].map((level) => ['test structures', level, 'level']),
    ...[0, 1, 2].map((level) => ['test classes', level, null]),
    ...[0, 1, 2].map((level) => ['training structures', level, null]),
  ]);
  // The training's own last words, and `evaluate`.
  expect(sets.slice(0, 3).map(({ score }) => score)).toMatchObject(finished.levels);
  expect([0, 1, 2].map((level) => opened.evaluate(level))).toEqual(finished.levels);
  const samples = parts.flatMap((part) => (part.kind === 'samples' ? [part.score] : []));
  expect(samples.map(({ pass }) => pass.map(({ k }) => k))).toEqual([
    [1, 4, 5],
    [1, 4, 5],
    [1, 4, 5],
  ]);
  expect(parts.map(({ done, of }) => done / of).at(-1)).toBe(1);
  expect([...opened.examine({ samples: 5 })]).toEqual(parts);
  expect([...opened.examine({ levels: [6], problems: 3 })].map(({ score }) => score.problems)).toEqual([3]);
  expect(() => opened.examine({ levels: [8] })).toThrow('level: expected an integer from 0 to 7, received 8');
});

test('a run that held out classes says so, and a task without a study has no examination', async () => {
  const input = { ...SMALL, updates: 1, agent: { hidden: 16, embedding: 8, feedback: 4 } };
  const options = { operators: 3, split: 'class' };
  const { bytes } = await shortTraining({ task: { name: 'expressions', options }, ...input });
  const parts = [...(await openAgent(bytes)).examine({ levels: [2], problems: 2, samples: 0 })];
  expect(parts.map((part) => part.kind === 'set' && [part.set, part.heldOut])).toEqual([
    ['test classes', 'classes'],
    ['test structures', null],
    ['training structures', null],
  ]);
  const other = await openAgent((await shortTraining({ task: 'calculator', ...SMALL })).bytes);
  expect(() => other.examine()).toThrow('task calculator has no study of its problems');
});
