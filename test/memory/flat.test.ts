// What can leak is watched: memory under the kernels and JavaScript's own stay flat over 10,000 updates.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createAlgorithm, losses } from '../../src/algorithms/losses.ts';
import { Random } from '../../src/core/random.ts';
import { freshDraws } from '../../src/curricula/draws.ts';
import { loadKernels } from '../../src/kernels/kernels.ts';
import { Heap } from '../../src/network/heap.ts';
import { configure } from '../../src/training/config.ts';
import { optimise } from '../../src/training/optimise.ts';
import { Team } from '../../src/training/team.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('several steps an update, hindsight and memories', { timeout: 120_000 }, async () => {
  const { config, task } = configure({
    task: 'expressions',
    batch: 24,
    agent: { hidden: 16, embedding: 8, feedback: 8 },
    algorithm: { name: 'ppo', minibatches: 3 },
    selfImitation: { weight: 1, capacity: 50, episodes: 8 },
  });
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const team = await Team.gather(heap, task, config, 1);
  team.learner.agent.parameters.initialise(Random.stream(0, 'initialisation'));
  const algorithm = createAlgorithm(config.algorithm);
  let [update, steps] = [0, 0];
  const run = (updates: number): number => {
    for (let i = 0; i < updates; i++) {
      team.rollOut(++update, freshDraws(update, config.batch));
      const objective = algorithm.begin(team.learner.trajectories.arrays(), update);
      steps = optimise(team, config, objective, update, steps).steps;
      team.remember();
    }
    collect();
    return process.memoryUsage().heapUsed;
  };
  const [early, { used }] = [run(200), heap];
  const late = run(1000);
  expect(steps).toBe(update * 6);
  expect(team.learner.memories.count).toBe(50);
  expect(heap.used).toBe(used);
  expect(late - early).toBeLessThan(1_000_000);
});

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
