// The default recipe learns: a fixed budget, and a threshold well under what is usually reached (all of 25 seeds solved
// everything within 420 updates).

import { expect, test } from 'vitest';
import type { FinishedEvent } from '../../src/training/events.ts';
import { train } from '../../src/training/train.ts';

async function finished(input: Parameters<typeof train>[0]): Promise<FinishedEvent> {
  for await (const event of train(input)) if (event.type === 'finished') return event;
  throw new Error('a training ended without saying so');
}

for (const seed of [1000, 1001, 1002]) {
  test(`calculator, default recipe, seed ${seed}`, { timeout: 60_000 }, async () => {
    const { levels, updates } = await finished({ task: 'calculator', seed });
    expect(updates).toBeLessThanOrEqual(600);
    for (const { solved } of levels) expect(solved).toBeGreaterThanOrEqual(0.95);
  });
}

test('without memory the last level stays at the ceiling of memoryless programs', { timeout: 60_000 }, async () => {
  const { levels } = await finished({ task: 'calculator', preset: 'no-memory', seed: 1000, updates: 300 });
  expect(levels[0]!.solved).toBeGreaterThanOrEqual(0.95);
  expect(levels[2]!.solved).toBeLessThan(0.35);
});

test('the published system is paid for wrong answers and solves nothing', { timeout: 60_000 }, async () => {
  // Seed 0 of ours ends like most of PyTorch's: whatever it earns, no stage is solved beyond chance.
  const { levels } = await finished({ task: 'tutorial', seed: 0 });
  for (const { solved } of levels) expect(solved).toBeLessThan(0.3);
});
