// A problem's logits do not depend on its company: the same bits alone, at any row, in any batch or shard, and in
// whatever set of lanes is left after others have ended; on plain and shared memory, under tiles of any width.

import { expect, test } from 'vitest';
import { bisection } from '../../examples/bisection.ts';
import { ActorCritic } from '../../src/agents/actorCritic.ts';
import type { Agent } from '../../src/agents/agent.ts';
import { type AgentConfig, createAgent } from '../../src/agents/createAgent.ts';
import { Rollout, type RolloutChoice } from '../../src/agents/rollout.ts';
import { Trajectories } from '../../src/agents/trajectories.ts';
import { Random } from '../../src/core/random.ts';
import { loadKernels } from '../../src/kernels/kernels.ts';
import { Heap } from '../../src/network/heap.ts';
import { WeightGradients } from '../../src/network/weightGradients.ts';
import { calculatorTask } from '../../src/tasks/calculator/task.ts';
import { expressionsTask } from '../../src/tasks/expressions/task.ts';
import type { Problem, Task } from '../../src/tasks/task.ts';
import { tutorialTask } from '../../src/tasks/tutorial/task.ts';

const LANES = 101;

/** An episode to be played again: the problem and the tokens that were chosen. */
interface Episode {
  readonly problem: Problem;
  readonly program: readonly number[];
}

/** Bits, as unsigned integers: NaN and −0 are compared too. */
type Bits = readonly number[];

/** Plays episodes with one agent of random weights. */
class Player {
  private readonly task: Task;
  private readonly agent: Agent;
  private readonly weights: WeightGradients;
  private readonly trajectories: Trajectories;

  private constructor(task: Task, config: AgentConfig, heap: Heap) {
    this.task = task;
    this.agent = createAgent(heap, task, config);
    this.agent.parameters.initialise(Random.stream(7, 'initialisation'));
    this.agent.prepare();
    this.weights = new WeightGradients(heap);
    this.trajectories = new Trajectories(heap, LANES, task.programLimit);
  }

  static async of(task: Task, config: AgentConfig, memory = { shared: false, wideTiles: false }): Promise<Player> {
    return new Player(task, config, new Heap(await loadKernels(memory)));
  }

  /** Samples `LANES` episodes of all levels. */
  episodes(): Episode[] {
    const random = Random.stream(7, 'task');
    const problems = Array.from({ length: LANES }, (_, i) =>
      this.task.sample(i % this.task.levels.length, 'train', random.fold(i)),
    );
    this.rollout(problems, 0, { kind: 'sample', key: [1, 2] });
    const { lengths, steps, tokens } = this.trajectories.arrays();
    return problems.map((problem, lane) => ({
      problem,
      program: [...tokens.subarray(lane * steps, lane * steps + lengths[lane]!)],
    }));
  }

  /** Logits, value, log-probability and entropy of every step of each episode, played together from lane `first`. */
  play(episodes: readonly Episode[], first = 0): Bits[] {
    const problems = episodes.map(({ problem }) => problem);
    const programs = episodes.map(({ program }) => program);
    const { steps } = this.rollout(problems, first, { kind: 'forced', programs });
    const bits = episodes.map((): number[] => []);
    const { heap, policy: head } = this.agent;
    for (const { lanes, policy } of steps) {
      const rows = lanes.length;
      const stride = policy.logits.width / 4;
      const logits = heap.integers(policy.logits.at, rows * stride);
      const columns = [policy.logProb, policy.entropy].map((at) => heap.integers(at, rows));
      const { column, tensor } = policy.values;
      const values = heap.integers(tensor.at, (rows * tensor.width) / 4);
      for (const [row, lane] of lanes.entries()) {
        const at = row * stride;
        bits[lane]!.push(...logits.subarray(at, at + head.vocabulary), values[(row * tensor.width) / 4 + column]!);
        bits[lane]!.push(...columns.map((column) => column[row]!));
      }
    }
    return bits;
  }

  private rollout(problems: readonly Problem[], first: number, choice: RolloutChoice): Rollout {
    const rollout = new Rollout(this.task, this.agent, this.weights, this.trajectories, first, problems.length);
    rollout.run(problems, { choice, afterEnd: 'mask' });
    return rollout;
  }
}

/** Groups of rows to play together: every size up to 9, larger ones, orders turned round, shards at an offset. */
function* companies(): Generator<{ readonly rows: readonly number[]; readonly first: number }> {
  const all = Array.from({ length: LANES }, (_, row) => row);
  yield { rows: all, first: 0 };
  yield { rows: all.toReversed(), first: 0 };
  for (const size of [2, 3, 4, 5, 6, 7, 8, 9, 16, 31, 48]) {
    for (const first of [0, 1, LANES - size]) yield { rows: all.slice(first, first + size), first };
  }
  const random = Random.stream(7, 'evaluation');
  for (let i = 0; i < 20; i++) {
    const rows = all.map((row) => ({ row, key: random.bits() })).toSorted((a, b) => a.key - b.key);
    yield { rows: rows.slice(0, 1 + random.below(LANES - 1)).map(({ row }) => row), first: 0 };
  }
}

const recurrent = (hidden: number): AgentConfig => ({ name: 'recurrent', hidden, context: 'row' });
const pointer = (hidden: number) => ({
  name: 'pointer' as const,
  ...{
    hidden,
    embedding: 16,
    encoder: 'gru' as const,
    attention: true,
    pointer: true,
    feedback: 5,
    level: true,
    summary: true,
  },
});
/** Told nothing that it does not read. */
const bare: AgentConfig = { ...pointer(32), level: false, summary: false };
const transformer = (hidden: number, heads: number): AgentConfig => ({
  name: 'transformer',
  ...{ hidden, layers: 3, heads, inner: hidden + 11, level: true },
});

/**
 * The kinds of task: open loop with contexts of one length, of several lengths, observed and masked; and the agents that
 * look back at their context.
 */
const CASES: readonly { readonly task: Task; readonly agents: readonly AgentConfig[] }[] = [
  ...[calculatorTask(), tutorialTask(), bisection as Task].map((task) => ({
    task,
    agents: [...[1, 7, 40, 96, 130].map(recurrent), transformer(40, 5)],
  })),
  {
    task: expressionsTask(),
    agents: [...[16, 48, 96, 112].map(pointer), bare, transformer(64, 4), transformer(24, 1)],
  },
];

for (const { agents, task } of CASES) {
  test.each(agents)(`${task.name}: logits have no company, $name agent at hidden $hidden`, async (config) => {
    const player = await Player.of(task, config);
    const episodes = player.episodes();
    const lengths = new Set(episodes.map(({ program }) => program.length));
    expect(lengths.size, 'lanes end at different times').toBeGreaterThan(task.name === 'tutorial' ? 0 : 1);
    const alone = episodes.flatMap((episode) => player.play([episode]));
    expect(new Set(alone.map(String)).size, 'lanes differ').toBeGreaterThan(LANES / 4);
    for (const { rows, first } of companies()) {
      const together = player.play(
        rows.map((row) => episodes[row]!),
        first,
      );
      for (const [i, row] of rows.entries()) {
        if (String(together[i]) !== String(alone[row])) {
          expect.fail(`row ${row} feels its company at place ${i} of ${rows.length} from lane ${first}`);
        }
      }
    }
    const elsewhere = [true, false].flatMap((shared) => [true, false].map((wideTiles) => ({ shared, wideTiles })));
    for (const memory of elsewhere) {
      expect((await Player.of(task, config, memory)).play(episodes), JSON.stringify(memory)).toEqual(alone);
    }
  });
}

test('a row that does see others is found: contexts pooled over the batch, as published', async () => {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const task = calculatorTask();
  const agent = new ActorCritic(heap, task, { name: 'recurrent', hidden: 8, context: 'batch' });
  agent.parameters.initialise(Random.stream(7, 'initialisation'));
  agent.prepare();
  const trajectories = new Trajectories(heap, 2, task.programLimit);
  const weights = new WeightGradients(heap);
  const [a, b] = [task.parse!('1 2 3'), task.parse!('9 8 7')];
  const value = (problems: readonly Problem[]): number => {
    const rollout = new Rollout(task, agent, weights, trajectories, 0, problems.length);
    rollout.run(problems, { choice: { kind: 'greedy' }, afterEnd: 'mask' });
    return trajectories.arrays().values[0]!;
  };
  expect(value([a, b])).not.toBe(value([a]));
});
