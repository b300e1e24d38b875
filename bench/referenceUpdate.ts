// The reference update of the published system (each row seeing its own context), driven over stdin and stdout so that
// rounds can alternate with PyTorch's (pytorch/reference_update.py): a line {"batch", "hidden", "updates", "afterEnd"}
// is answered by {"milliseconds": [one per update]}.

import { createInterface } from 'node:readline';
import { losses } from '../src/algorithms/losses.ts';
import { Random } from '../src/core/random.ts';
import { freshDraws } from '../src/curricula/draws.ts';
import { loadKernels } from '../src/kernels/kernels.ts';
import { accelerate } from '../src/kernels/node.ts';
import { platform } from '../src/kernels/platform.ts';
import { Heap } from '../src/network/heap.ts';
import { createTask } from '../src/tasks/table.ts';
import { configure } from '../src/training/config.ts';
import { Team } from '../src/training/team.ts';

interface Request {
  readonly batch: number;
  readonly hidden: number;
  readonly updates: number;
  /** `train`, as published: all six tokens of every lane; `mask`: lanes that have answered cost nothing. */
  readonly afterEnd: 'train' | 'mask';
}

const WARM_UP = 30;
const threads = Number(process.argv[2] ?? 1);
const revectorise = process.argv[3] !== 'plain';
accelerate({ revectorise });

type Update = () => void;
const models = new Map<string, Promise<Update>>();

/** One update: fresh stage-0 problems, rollout, environment, loss, backward, clip, Adam. */
async function model({ afterEnd, batch, hidden }: Request): Promise<Update> {
  const { config } = configure({
    task: 'tutorial',
    batch,
    agent: { name: 'recurrent', hidden, context: 'row' },
    algorithm: { afterEnd },
  });
  const task = createTask('tutorial');
  const heap = new Heap(await loadKernels({ shared: threads > 1, wideTiles: platform().wideTiles }));
  const team = await Team.gather(heap, task, config, threads);
  team.learner.agent.parameters.initialise(Random.stream(0, 'initialisation'));
  let update = 0;
  const run = (): void => {
    update++;
    team.rollOut(update, freshDraws(update, batch));
    const objective = losses(team.learner.trajectories.arrays(), config.algorithm, update - 1);
    team.apply(team.runBack(objective), update);
  };
  for (let i = 0; i < WARM_UP; i++) run();
  return run;
}

console.log(JSON.stringify({ node: process.version, v8: process.versions.v8, threads, revectorise }));
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  const key = `${request.batch}×${request.hidden} ${request.afterEnd}`;
  if (!models.has(key)) models.set(key, model(request));
  const run = await models.get(key)!;
  const milliseconds = Array.from({ length: request.updates }, () => {
    const before = performance.now();
    run();
    return performance.now() - before;
  });
  console.log(JSON.stringify({ milliseconds }));
}
process.exit(0);
