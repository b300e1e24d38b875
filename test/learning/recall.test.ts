// Memory over tens of steps is learnt: a fixed budget, and a threshold under what is reached (seeds 0 and 1000 solved
// everything within 300 updates).

import { expect, test } from 'vitest';
import { train } from '../../src/training/train.ts';

for (const preset of ['default', 'repeat-first']) {
  test(`recall, preset ${preset}`, { timeout: 60_000 }, async () => {
    for await (const event of train({ task: 'recall', preset, seed: 1000, evaluation: { testProblems: 500 } })) {
      if (event.type !== 'finished') continue;
      expect(event.updates).toBeLessThanOrEqual(1000);
      expect(event.levels.map(({ reward }) => reward > 0.9)).toEqual([true]);
      return;
    }
    expect.unreachable('a training ended without saying so');
  });
}
