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
