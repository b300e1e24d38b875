// One thread's share of a learner: the phases of an update over the shards of its gradient blocks. With one thread it
// does them all; with several, each thread has a Learner over the same memory (threads.ts).

import type { Agent } from '../agents/agent.ts';
import { type AgentConfig, createAgent } from '../agents/createAgent.ts';
import { Rollout, type RolloutOptions, type TokenCoefficients } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import type { Random } from '../core/random.ts';
import type { Heap } from '../network/heap.ts';
import { type AdamSettings, adamStep, clipFactor, type Slice, slices } from '../network/optimiser.ts';
import type { ParameterBlocks } from '../network/parameters.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import type { Problem, SolvedExample, Task } from '../tasks/task.ts';
import { planShards, type Shard } from './lanes.ts';
import { Memories, type Memory } from './memories.ts';

export interface LearnerConfig {
  readonly agent: AgentConfig;
  readonly batch: number;
  /** With a weight: unsolved episodes are looked at again as solved examples of what they did compute. */
  readonly hindsight: { readonly weight: number };
  /** With a weight: solved episodes of the past are replayed. */
  readonly selfImitation?: { readonly weight: number; readonly capacity: number; readonly episodes: number };
}

/** Addresses of what the threads of one learner share. */
export interface LearnerAddresses {
  readonly parameters: ParameterBlocks;
  readonly trajectories: number;
  readonly examples: number;
  readonly recalled: number;
  readonly memories: number;
  readonly gradients: readonly number[];
}

const NO_MEMORIES = { capacity: 0, episodes: 0 };

export class Learner {
  readonly heap: Heap;
  readonly agent: Agent;
  readonly trajectories: Trajectories;
  /** Where hindsight's examples are replayed; lanes without one have length 0. */
  readonly examples: Trajectories;
  /** Where solved episodes of the past are replayed; lanes without one have length 0. */
  readonly recalled: Trajectories;
  readonly memories: Memories;
  readonly shards: readonly Shard[];
  /** Addresses of the gradient blocks; the first holds the sum after `reduce`. */
  readonly gradients: readonly number[];
  private readonly weights: WeightGradients;
  private readonly rollouts: (Rollout | undefined)[];
  private readonly replays: (Rollout | undefined)[];
  private readonly recalls: (Rollout | undefined)[];
  /** By lane, of the last rollout. */
  private readonly problems: (Problem | undefined)[];
  /** By shard, what its unsolved episodes of the last rollout do solve. */
  private readonly found: SolvedExample[][];
  private readonly task: Task;

  /** @param shared another thread's learner of the same task and config; a new one when absent. */
  constructor(heap: Heap, task: Task, config: LearnerConfig, shared?: LearnerAddresses) {
    this.heap = heap;
    this.task = task;
    this.agent = createAgent(heap, task, config.agent, shared?.parameters);
    this.trajectories = new Trajectories(heap, config.batch, task.programLimit, shared?.trajectories);
    const examples = config.hindsight.weight > 0 ? config.batch : 0;
    this.examples = new Trajectories(heap, examples, task.programLimit, shared?.examples);
    const { capacity, episodes } = config.selfImitation?.weight ? config.selfImitation : NO_MEMORIES;
    this.recalled = new Trajectories(heap, episodes, task.programLimit, shared?.recalled);
    this.memories = new Memories(heap, capacity, task.programLimit, shared?.memories);
    this.shards = planShards(config.batch, this.agent.coupled);
    this.weights = new WeightGradients(heap);
    const blocks = this.shards.at(-1)!.block + 1;
    const bytes = this.agent.parameters.total * 4;
    this.gradients = shared?.gradients ?? Array.from({ length: blocks }, () => heap.allocate(bytes));
    this.rollouts = this.shards.map(() => undefined);
    this.replays = this.shards.map(() => undefined);
    this.recalls = this.shards.map(() => undefined);
    this.problems = new Array<Problem | undefined>(config.batch);
    this.found = this.shards.map(() => []);
  }

  get addresses(): LearnerAddresses {
    const { agent, examples, gradients, memories, recalled, trajectories } = this;
    return {
      parameters: agent.parameters.blocks,
      trajectories: trajectories.at,
      examples: examples.at,
      recalled: recalled.at,
      memories: memories.at,
      gradients,
    };
  }

  /** The rollout of a shard, made on first use by the thread that owns it. */
  rollout(shard: number): Rollout {
    const { first, size } = this.shards[shard]!;
    this.rollouts[shard] ??= new Rollout(this.task, this.agent, this.weights, this.trajectories, first, size);
    return this.rollouts[shard];
  }

  /**
   * Rolls out the shards of `block`. @param problem answers the problem of a lane. @param options answers the options
   * for the problems of a shard.
   */
  rollOut(
    block: number,
    problem: (lane: number) => Problem,
    options: (problems: readonly Problem[]) => RolloutOptions,
  ): void {
    for (const [i, { block: own, first, size }] of this.shards.entries()) {
      if (own !== block) continue;
      const problems = Array.from({ length: size }, (_, lane) => problem(first + lane));
      for (const [lane, one] of problems.entries()) this.problems[first + lane] = one;
      this.rollout(i).run(problems, options(problems));
    }
  }

  /**
   * Plays the episodes of `block` once more, token for token, as the policy and the critic see them now. Chance lies in
   * the problems, so that everything else comes out the same. @param lanes of the batch; others stay as they are.
   */
  replay(block: number, lanes: Int32Array): void {
    for (const [i, { block: own, first, size }] of this.shards.entries()) {
      if (own !== block) continue;
      const chosen = lanes.filter((lane) => lane >= first && lane < first + size);
      const { lengths, steps, tokens } = this.trajectories.arrays();
      const program = (lane: number) => Array.from(tokens.subarray(lane * steps, lane * steps + lengths[lane]!));
      const problems = Array.from(chosen, (lane) => this.problems[lane]!);
      const choice = { kind: 'forced', programs: Array.from(chosen, program) } as const;
      this.rollout(i).run(problems, { choice, afterEnd: 'mask', lanes: chosen });
    }
  }

  /** Finds solved examples in the unsolved episodes of `block`: of what they did compute, where the task can tell. */
  lookBack(block: number, random: Random): void {
    for (const [i, { block: own, first, size }] of this.shards.entries()) {
      if (own !== block) continue;
      const { lengths, solved, steps, tokens } = this.trajectories.arrays();
      const found: SolvedExample[] = [];
      for (let lane = first; lane < first + size; lane++) {
        if (solved[lane] === 1) continue;
        const program = Array.from(tokens.subarray(lane * steps, lane * steps + lengths[lane]!));
        const example = this.task.hindsight?.(this.problems[lane]!, program, random.fold(lane));
        if (example) found.push(example);
      }
      this.found[i] = found;
    }
  }

  /** Replays the examples that `lookBack` found in `block`. @param lanes those in these places; all when absent. */
  replayExamples(block: number, lanes?: Int32Array): void {
    const chosen = lanes && new Set(lanes);
    for (const [i, { block: own, first, size }] of this.shards.entries()) {
      if (own !== block) continue;
      const found = this.found[i]!.filter((_, place) => !chosen || chosen.has(first + place));
      this.examples.arrays().lengths.fill(0, first, first + size);
      const programs = found.map(({ program }) => program);
      this.exampleRollout(i).run(
        found.map(({ problem }) => problem),
        { choice: { kind: 'forced', programs }, afterEnd: 'mask' },
      );
    }
  }

  /**
   * Replays remembered episodes in the places of `block`; none while nothing is remembered.
   * @param random a stream of this replay's own. @param sample answers a memory's problem.
   */
  recall(block: number, random: Random, sample: (memory: Memory) => Problem): void {
    const { memories, recalled, shards } = this;
    const { lanes } = recalled.arrays();
    const { count } = memories;
    for (const [i, { block: own }] of shards.entries()) {
      if (own !== block) continue;
      const first = Math.floor((lanes * i) / shards.length);
      const size = Math.floor((lanes * (i + 1)) / shards.length) - first;
      const picked = Array.from({ length: count > 0 ? size : 0 }, (_, place) =>
        memories.read(random.fold(first + place).below(count)),
      );
      this.recalled.arrays().lengths.fill(0, first, first + size);
      this.recalls[i] ??= new Rollout(this.task, this.agent, this.weights, recalled, first, size);
      const programs = picked.map(({ program }) => program);
      this.recalls[i].run(picked.map(sample), { choice: { kind: 'forced', programs }, afterEnd: 'mask' });
    }
  }

  private exampleRollout(shard: number): Rollout {
    const { first, size } = this.shards[shard]!;
    this.replays[shard] ??= new Rollout(this.task, this.agent, this.weights, this.examples, first, size);
    return this.replays[shard];
  }

  /** Sums the gradients of the shards of `block`, from the weights in the trajectories, into its gradient block. */
  runBack(block: number, coefficients: TokenCoefficients): void {
    const target = this.gradients[block]!;
    this.heap.zero(target, this.agent.parameters.total * 4);
    for (const [i, shard] of this.shards.entries()) {
      if (shard.block !== block) continue;
      this.rollout(i).backward(target, coefficients);
      this.replays[i]?.backward(target, { entropyWeight: 0, uniformWeight: 0 });
      this.recalls[i]?.backward(target, { entropyWeight: 0, uniformWeight: 0 });
    }
    this.weights.flush();
  }

  /** Adds the other gradient blocks to the first, in order, over one of `parts` slices. */
  reduce(part: number, parts: number): void {
    const { from, to } = slices(this.agent.parameters.total, parts)[part]!;
    const [sum, ...others] = this.gradients as [number, ...number[]];
    for (const block of others) this.heap.kernels.add((to - from) * 4, block + from * 4, sum + from * 4);
  }

  /** Ends the summed gradient. @returns its global norm. */
  finish(): number {
    const [sum] = this.gradients as [number, ...number[]];
    this.agent.finish(sum, this.weights);
    return Math.sqrt(this.heap.kernels.sumOfSquares(this.agent.parameters.size * 4, sum));
  }

  /** One clipped Adam step over one of `parts` slices. @param step counts from 1. */
  apply(settings: AdamSettings, clip: number, norm: number, step: number, part: number, parts: number): void {
    const slice: Slice = slices(this.agent.parameters.size, parts)[part]!;
    const [sum] = this.gradients as [number, ...number[]];
    adamStep(this.heap, this.agent.parameters, sum, settings, step, clipFactor(norm, clip), slice);
  }
}
