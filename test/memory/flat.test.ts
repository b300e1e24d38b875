// What can leak is watched: memory under the kernels and JavaScript's own stay flat over 10,000 updates.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { losses } from '../../src/algorithms/losses.ts';
import { Random } from '../../src/core/random.ts';
import { freshDraws } from '../../src/curricula/draws.ts';
import { loadKernels } from '../../src/kernels/kernels.ts';
import { Heap } from '../../src/network/heap.ts';
import { configure } from '../../src/training/config.ts';
import { Team } from '../../src/training/team.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('10,000 updates', { timeout: 120_000 }, async () => {
  const { config, task } = configure({ task: 'calculator', batch: 32, agent: { hidden: 16 } });
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const team = await Team.gather(heap, task, config, 1);
  const { learner } = team;
  learner.agent.parameters.initialise(Random.stream(0, 'initialisation'));
  let update = 0;
  const run = (updates: number): { kernels: number; wasm: number; js: number } => {
    for (let i = 0; i < updates; i++) {
      update++;
      const draws = freshDraws(update, config.batch);
      draws.levels.fill(update % 3);
      team.rollOut(update, draws);
      team.apply(team.runBack(losses(learner.trajectories.arrays(), config.algorithm, update)), update);
    }
    collect();
    return { kernels: heap.used, wasm: heap.image.memory.buffer.byteLength, js: process.memoryUsage().heapUsed };
  };
  const early = run(1000);
  const late = run(9000);
  expect(late.kernels).toBe(early.kernels);
  expect(late.wasm).toBe(early.wasm);
  expect(late.js - early.js).toBeLessThan(1_000_000);
});
