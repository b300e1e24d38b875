import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { stepOutput } from '../tasks/task.ts';
import { ceilingsOf } from './ceilings.ts';
import { configure } from './config.ts';
import { evaluationStream, train } from './train.ts';

const SPLITS = ['validation', 'test'] as const;
const noMemory = (operators: number, seed: number, problems = 100) =>
  ({
    ...{ task: { name: 'expressions', options: { operators } }, preset: 'no-memory', seed },
    evaluation: { every: 100, problems, testProblems: problems },
  }) as const;

test('a ceiling is a count of the problems of one split, divided once', () => {
  const { config } = configure(noMemory(6, 0, 2500));
  const [validation, tested] = SPLITS.map((split) => ceilingsOf(config, split)[0]!);
  expect(validation!.problems).toBe('evaluated');
  // 2,500 times 1 / 2,500 is 0.99999…
  expect([validation!.levels[0], tested!.levels[0]]).toEqual([1, 1]);
  for (const [level, share] of validation!.levels.entries()) {
    expect(Math.round(2500 * share!) / 2500).toBe(share);
    if (level > 0) expect(share).not.toBe(tested!.levels[level]);
  }
});

test('whoever plays the best chain on every problem comes to the ceiling, seed by seed and split by split', () => {
  for (const seed of [0, 1]) {
    const { config, task } = configure(noMemory(4, seed));
    const machine = task.machine(1);
    const out = stepOutput(task, 1);
    const [lane, action] = [new Int32Array(1), new Int32Array(1)];
    for (const split of SPLITS) {
      const shares = task.levels.map((_, level) => {
        const draw = evaluationStream(Random.stream(seed, 'evaluation'), split, level);
        let solved = 0;
        for (let i = 0; i < 100; i++) {
          const problem = task.sample(level, split, draw.fold(i));
          machine.reset([problem], out);
          for (const token of task.teach!(problem) ?? []) {
            action[0] = token;
            machine.step(lane, action, out);
          }
          solved += machine.solved(0) ? 1 : 0;
        }
        return solved / 100;
      });
      expect(ceilingsOf(config, split).map(({ levels }) => levels)).toEqual([shares]);
    }
  }
});

test('a run without memory comes up to its ceiling on its own problems, and never above', async () => {
  const input = noMemory(2, 0, 200);
  const { config } = configure(input);
  const [validation, tested] = SPLITS.map((split) => ceilingsOf(config, split)[0]!.levels);
  const best = [0, 0];
  for await (const event of train({ ...input, updates: 400, batch: 96, agent: { hidden: 64 } })) {
    if (event.type !== 'evaluation' && event.type !== 'finished') continue;
    for (const { level, solved } of event.levels) {
      expect(solved).toBeLessThanOrEqual((event.type === 'evaluation' ? validation! : tested!)[level]!);
      if (event.type === 'evaluation') best[level] = Math.max(best[level]!, solved);
    }
  }
  // Within two problems of what is possible: nearer than the splits are to each other.
  expect(validation![1]! - best[1]!).toBeLessThanOrEqual(0.01);
  expect(Math.abs(validation![1]! - tested![1]!)).toBeGreaterThan(0.005);
}, 60_000);
