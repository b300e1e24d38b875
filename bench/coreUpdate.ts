// One core's update by itself, on one thread: shortest programs for problems of n ≤ 4 at equal shares are played by 192
// lanes, forced, and imitated: forward, backward, clip, Adam (rate 0). No problem is drawn and nothing looked back at, so
// that all cores do the same. Driven over stdin and stdout: a line {"updates"} is answered by {"milliseconds": [one per
// update], "tokens": of a batch, "parameters"}.
//
//     node bench/coreUpdate.ts PRESET        the agent of a preset of `expressions`

import { createInterface } from 'node:readline';
import type { RolloutOptions } from '../src/agents/rollout.ts';
import { imitate } from '../src/algorithms/imitation.ts';
import { Random } from '../src/core/random.ts';
import { loadKernels } from '../src/kernels/kernels.ts';
import { accelerate } from '../src/kernels/node.ts';
import { platform } from '../src/kernels/platform.ts';
import { Heap } from '../src/network/heap.ts';
import { createTask } from '../src/tasks/table.ts';
import { configure } from '../src/training/config.ts';
import { Learner } from '../src/training/learner.ts';

const LANES = 192;
const BATCHES = 8;
const WARM_UP = 24;

accelerate();
const [, , preset = 'default'] = process.argv;
const { config } = configure({ task: 'expressions', preset });
const task = createTask('expressions', { operators: 4 });
const heap = new Heap(await loadKernels({ shared: false, wideTiles: platform().wideTiles }));
const learner = new Learner(heap, task, { agent: config.agent, batch: LANES, hindsight: { weight: 0 } });
const { parameters } = learner.agent;
parameters.initialise(Random.stream(0, 'initialisation'));
const random = Random.stream(0, 'task');
const batches = Array.from({ length: BATCHES }, (_, batch) => {
  return Array.from({ length: LANES }, (_, lane) => {
    const problem = task.sample(lane % task.levels.length, 'train', random.fold(batch * LANES + lane));
    return { problem, program: task.teach!(problem)! };
  });
});
const [first] = batches as [(typeof batches)[0]];
const tokens = first.reduce((sum, { problem, program }) => sum + task.context(problem).length + program.length, 0);

function update(count: number): void {
  const batch = batches[count % BATCHES]!;
  learner.agent.prepare();
  const blocks = learner.shards.at(-1)!.block + 1;
  for (let block = 0, next = 0; block < blocks; block++) {
    const options = (problems: readonly unknown[]): RolloutOptions => {
      const programs = batch.slice(next, next + problems.length).map(({ program }) => program);
      next += problems.length;
      return { choice: { kind: 'forced', programs }, afterEnd: 'mask' };
    };
    learner.rollOut(block, (lane) => batch[lane]!.problem, options);
  }
  imitate(learner.trajectories.arrays(), 1);
  for (let block = 0; block < blocks; block++) learner.runBack(block, { entropyWeight: 0, uniformWeight: 0 });
  learner.reduce(0, 1);
  learner.apply({ rate: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, 1, learner.finish(), count + 1, 0, 1);
}

for (let i = 0; i < WARM_UP; i++) update(i);
console.log(JSON.stringify({ agent: config.agent, parameters: parameters.count, tokens }));
for await (const line of createInterface({ input: process.stdin })) {
  const { updates } = JSON.parse(line) as { updates: number };
  const milliseconds = Array.from({ length: updates }, (_, i) => {
    const before = performance.now();
    update(i);
    return performance.now() - before;
  });
  console.log(JSON.stringify({ milliseconds }));
}
process.exit(0);
