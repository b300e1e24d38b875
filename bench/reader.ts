// The update that reads expressions, as it is measured here and in PyTorch (pytorch/pointer_update.py): 192 episodes, n ≤ 6
// at equal shares, hindsight, from the parameters of a half-trained agent that stay what they are (the rate is 0), so that
// batch after batch holds the very episodes that were recorded.

import { imitate } from '../src/algorithms/imitation.ts';
import { losses as objectiveOf } from '../src/algorithms/losses.ts';
import { scheduled } from '../src/algorithms/returns.ts';
import { Random } from '../src/core/random.ts';
import { freshDraws } from '../src/curricula/draws.ts';
import { readSafetensors, type Safetensors, type Tensor, writeSafetensors } from '../src/formats/safetensors.ts';
import { loadKernels } from '../src/kernels/kernels.ts';
import { platform } from '../src/kernels/platform.ts';
import { Heap } from '../src/network/heap.ts';
import { createTask } from '../src/tasks/table.ts';
import { type SolvedExample, stepOutput, type Task } from '../src/tasks/task.ts';
import { configure } from '../src/training/config.ts';
import type { Config } from '../src/training/configSchema.ts';
import { Team } from '../src/training/team.ts';

/** Batches that are recorded, and taken in turn. */
const BATCHES = 8;
/** Updates that make a half-trained agent. */
const TRAINING = 300;

const settings = (rate?: number): Config =>
  configure({ task: 'expressions', ...(rate === undefined ? {} : { optimiser: { rate } }) }).config;

/** What an update came to: both sides must agree. */
export interface Outcome {
  readonly crossEntropy: number;
  readonly policyLoss: number;
  readonly valueLoss: number;
  readonly norm: number;
}

/** The reader's team of one thread or more. */
export class Reader {
  readonly config: Config;
  readonly task: Task;
  readonly team: Team;

  private constructor(config: Config, task: Task, team: Team) {
    this.config = config;
    this.task = task;
    this.team = team;
  }

  /** @param recorded a file's parameters, which are held; from scratch, and learning, when absent. */
  static async open(threads: number, recorded?: Safetensors): Promise<Reader> {
    const config = settings(recorded ? 0 : undefined);
    const task = createTask(config.task.name, config.task.options);
    const heap = new Heap(await loadKernels({ shared: threads > 1, wideTiles: platform().wideTiles }));
    const team = await Team.gather(heap, task, config, threads);
    const { parameters } = team.learner.agent;
    if (recorded) parameters.import((name) => recorded.tensors.get(`param/${name}`) as Tensor & { dtype: 'F32' });
    else parameters.initialise(Random.stream(0, 'initialisation'));
    return new Reader(config, task, team);
  }

  /** Update `update`, from 1: problems, rollout, machines, hindsight, losses, backward, clip, Adam. */
  run(update: number): Outcome {
    const { config, task, team } = this;
    const { learner } = team;
    const draws = freshDraws(update, config.batch);
    for (const lane of draws.levels.keys()) draws.levels[lane] = lane % task.levels.length;
    team.rollOut(update, draws);
    const objective = objectiveOf(learner.trajectories.arrays(), config.algorithm, TRAINING);
    const { byAdvantage, weight } = config.hindsight;
    const { crossEntropy } = imitate(learner.examples.arrays(), weight, byAdvantage);
    const norm = team.runBack(objective);
    team.apply(norm, update);
    return { crossEntropy, policyLoss: objective.policyLoss, valueLoss: objective.valueLoss, norm };
  }

  /** The updates that a contestant takes in turn. */
  turn(count: number): Outcome {
    return this.run(1 + (count % BATCHES));
  }
}

/** Trains an agent halfway and records its parameters and what it then plays. */
export async function record(): Promise<Uint8Array> {
  const learning = await Reader.open(1);
  for (let update = 1; update <= TRAINING; update++) learning.run(update);
  const tensors = new Map<string, Tensor>();
  for (const { data, name, shape } of learning.team.learner.agent.parameters.export()) {
    tensors.set(`param/${name}`, { dtype: 'F32', shape, data });
  }
  const { config, task } = learning;
  const { agent, algorithm } = config;
  if (agent.name !== 'pointer' || algorithm.name !== 'a2c')
    throw new Error('the default preset is no longer the reader');
  const operands = Int32Array.from(task.vocabulary, ({ kind }) => (kind === 'operand' ? 1 : 0));
  tensors.set('operands', { dtype: 'I32', shape: [operands.length], data: operands });
  const metadata = {
    batches: `${BATCHES}`,
    hidden: `${agent.hidden}`,
    embedding: `${agent.embedding}`,
    feedback: `${agent.feedback}`,
    vocabulary: `${task.vocabulary.length}`,
    levels: `${task.levels.length}`,
    start: `${task.start}`,
    discount: `${algorithm.discount}`,
    value_coef: `${algorithm.valueWeight}`,
    entropy_coef: `${scheduled(algorithm.entropy, TRAINING)}`,
    uniform_coef: `${scheduled(algorithm.uniform, TRAINING)}`,
    hindsight_coef: `${config.hindsight.weight}`,
    by_advantage: config.hindsight.byAdvantage ? '1' : '0',
    clip: `${config.optimiser.clip}`,
  };
  const still = await Reader.open(1, { tensors, metadata });
  for (let batch = 0; batch < BATCHES; batch++) {
    still.run(1 + batch);
    for (const [name, tensor] of episodes(still, 1 + batch)) tensors.set(`${batch}/${name}`, tensor);
  }
  return writeSafetensors(tensors, metadata);
}

/** What the last update, `update`, played, and hindsight's examples; problems are drawn again from their streams. */
function episodes({ config, task, team }: Reader, update: number): [string, Tensor][] {
  const { lengths, levels, steps, tokens } = team.learner.trajectories.arrays();
  const stream = (name: 'task' | 'hindsight') => Random.stream(config.seed, name).fold(update);
  const [problemStream, exampleStream] = [stream('task'), stream('hindsight')];
  const played = Array.from(levels, (level, lane): SolvedExample => {
    const program = Array.from(tokens.subarray(lane * steps, lane * steps + lengths[lane]!));
    return { problem: task.sample(level, 'train', problemStream.fold(lane)), program };
  });
  const examples = played.flatMap(({ problem, program }, lane) => {
    return task.hindsight?.(problem, program, exampleStream.fold(lane)) ?? [];
  });
  return [...group('in', task, played), ...group('example', task, examples)];
}

/** Contexts, programs, masks and rewards, padded to the longest; a machine plays the programs for the last two. */
function group(prefix: string, task: Task, played: readonly SolvedExample[]): [string, Tensor][] {
  const contexts = played.map(({ problem }) => task.context(problem));
  const programs = played.map(({ program }) => program);
  const [rows, symbols] = [played.length, task.vocabulary.length];
  const steps = Math.max(...programs.map(({ length }) => length));
  const legal = new Int32Array(rows * steps * symbols);
  const rewards = new Float32Array(rows * steps);
  const out = stepOutput(task, 1);
  const machine = task.machine(1);
  for (const [row, { problem, program }] of played.entries()) {
    machine.reset([problem], out);
    for (const [t, token] of program.entries()) {
      legal.set(out.legal, (row * steps + t) * symbols);
      machine.step(Int32Array.of(0), Int32Array.of(token), out);
      rewards[row * steps + t] = out.reward[0]!;
    }
  }
  const integers = (shape: readonly number[], data: Int32Array<ArrayBuffer>): Tensor => ({ dtype: 'I32', shape, data });
  const table = (lists: readonly (readonly number[])[], filling: number): Tensor => {
    const width = Math.max(...lists.map(({ length }) => length));
    const data = new Int32Array(rows * width).fill(filling);
    for (const [row, list] of lists.entries()) data.set(list, row * width);
    return integers([rows, width], data);
  };
  const column = (numbers: readonly number[]): Tensor => integers([rows], Int32Array.from(numbers));
  const tensors: Readonly<Record<string, Tensor>> = {
    ctx: table(contexts, task.padding),
    ctx_length: column(contexts.map(({ length }) => length)),
    level: column(played.map(({ problem }) => problem.level)),
    actions: table(programs, 0),
    length: column(programs.map(({ length }) => length)),
    legal: integers([rows, steps, symbols], legal),
    rewards: { dtype: 'F32', shape: [rows, steps], data: rewards },
  };
  return Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]);
}

/** Reads what `record` wrote. */
export const recorded = (bytes: Uint8Array): Safetensors => readSafetensors(bytes, 'the recorded batches');
