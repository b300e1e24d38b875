// Every algorithm learns the first two levels of `calculator` with nothing but its defaults, in a small agent and within
// a budget well over what is usually needed (120 updates).

import { expect, test } from 'vitest';
import type { LevelScore } from '../../src/evaluation/accuracy.ts';
import { type TrainInput, train } from '../../src/index.ts';

const ALGORITHMS: Readonly<Record<string, Partial<TrainInput>>> = {
  ppo: { algorithm: { name: 'ppo' } },
  grpo: { algorithm: { name: 'grpo' } },
  'Dr. GRPO': { algorithm: { name: 'grpo', divideByDeviation: false, policyMean: 'constant' } },
  rloo: { algorithm: { name: 'rloo' } },
  reinforce: { algorithm: { name: 'reinforce' } },
  'a2c with self-imitation': { selfImitation: { weight: 0.5 } },
};

const BUDGET = {
  task: 'calculator',
  updates: 200,
  batch: 64,
  agent: { hidden: 48 },
  evaluation: { every: 20, problems: 64, testProblems: 200 },
} as const satisfies TrainInput;

test.each(Object.entries(ALGORITHMS))('%s', { timeout: 60_000 }, async (_, change) => {
  for (const seed of [1000, 1001]) {
    let levels: readonly LevelScore[] = [];
    for await (const event of train({ ...BUDGET, seed, ...change })) {
      if (event.type === 'finished') ({ levels } = event);
    }
    for (const { solved } of levels.slice(0, 2)) expect(solved).toBeGreaterThanOrEqual(0.9);
  }
});
