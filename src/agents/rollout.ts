// Rolls a group of lanes out: agent and machines, token by token. Lanes whose episode has ended are left out of the
// later steps, forward and backward, so that they cost nothing.

import { assert } from '../core/assert.ts';
import type { Words } from '../core/random.ts';
import { indexColumn } from '../network/layers/embedding.ts';
import type { Choice, PolicyStep } from '../network/layers/policyHead.ts';
import { select } from '../network/layers/rows.ts';
import { Tape, type Tensor } from '../network/tape.ts';
import type { WeightGradients } from '../network/weightGradients.ts';
import { type Machine, type Problem, type StepOutput, stepOutput, type Task } from '../tasks/task.ts';
import type { Agent } from './agent.ts';
import type { Trajectories } from './trajectories.ts';

/** How a rollout chooses its tokens; `forced` holds a program for each lane. */
export type RolloutChoice =
  | { readonly kind: 'sample'; readonly key: Words }
  | { readonly kind: 'greedy' }
  | { readonly kind: 'forced'; readonly programs: readonly (readonly number[])[] };

export interface RolloutOptions {
  readonly choice: RolloutChoice;
  /** What becomes of the tokens after the end of an episode: none are made, or the agent goes on to the limit. */
  readonly afterEnd: 'mask' | 'train';
  /** Tokens at the most; the task's limit by default. */
  readonly limit?: number;
  /** The batch's lanes that the problems belong to; the group's own, from its first, by default. */
  readonly lanes?: ArrayLike<number>;
}

/** One step of the rows still live. */
export interface RolloutStep {
  /** [rows] lanes of the rows, counted from the group's first. */
  readonly lanes: Int32Array;
  /** The agent's state after it took in the previous token. */
  readonly state: Tensor;
  readonly policy: PolicyStep;
}

/** The coefficients that an algorithm gives to every token of an update. */
export interface TokenCoefficients {
  readonly entropyWeight: number;
  readonly uniformWeight: number;
}

/**
 * Up to `size` lanes of a batch, `first` and those after it unless a run is told which, with a tape and machines of their
 * own.
 */
export class Rollout {
  readonly first: number;
  readonly size: number;
  /** The initial state of the last run. */
  initial: Tensor | undefined;
  steps: readonly RolloutStep[] = [];
  private readonly task: Task;
  private readonly agent: Agent;
  private readonly tape: Tape;
  private readonly machine: Machine;
  private readonly out: StepOutput;
  private readonly trajectories: Trajectories;
  /** By lane: 1 once its episode has ended. */
  private readonly ended: Uint8Array;
  /** [lanes of the last run] their places in the batch; and how many of its episodes go on. */
  private places = new Int32Array(0);
  private running = 0;

  constructor(
    task: Task,
    agent: Agent,
    weights: WeightGradients,
    trajectories: Trajectories,
    first: number,
    size: number,
  ) {
    this.task = task;
    this.agent = agent;
    this.trajectories = trajectories;
    this.first = first;
    this.size = size;
    this.tape = new Tape(agent.heap, weights);
    this.machine = task.machine(size);
    this.out = stepOutput(task, size);
    this.ended = new Uint8Array(size);
  }

  /** Runs one episode of each problem and writes it into the trajectories; the tape is ready for `backward`. */
  run(problems: readonly Problem[], options: RolloutOptions): void {
    const { agent, machine, out, tape, task } = this;
    const size = problems.length;
    assert(size <= this.size, `a rollout of ${this.size} lanes was given ${size} problems`);
    const limit = options.limit ?? task.programLimit;
    const steps: RolloutStep[] = [];
    tape.reset();
    machine.reset(problems, out);
    this.begin(problems, options.lanes);
    this.steps = steps;
    if (size === 0) return;
    const shown = problems.map((problem) => task.context(problem));
    const levels = problems.map(({ level }) => level);
    const encoding = agent.encode(tape, shown, levels, limit);
    let { state } = encoding;
    this.initial = state;
    let live = Int32Array.from({ length: size }, (_, lane) => lane);
    let lanes = this.laneColumn(live);
    let contexts = indexColumn(tape, encoding.contexts);
    let tokens = indexColumn(tape, new Int32Array(size).fill(task.start));
    for (let t = 0; t < limit; t++) {
      const input = { tokens, contexts, observation: out.observation };
      state = agent.advance(tape, encoding, state, input);
      const evaluation = agent.evaluate(tape, encoding, state, input);
      const legal = task.masked ? out.legal : undefined;
      const policy = agent.policy.step(tape, evaluation, choose(options.choice, live, lanes, t), legal);
      steps.push({ lanes: live, state, policy });
      tokens = policy.chosen;
      this.act(t, live, policy);
      if (options.afterEnd === 'train') continue;
      if (this.running === 0) break;
      if (this.running < live.length) {
        const kept = this.runningRows(live);
        state = select(tape, state, indexColumn(tape, kept), kept.length);
        const chosen = tape.heap.integers(policy.chosen, live.length);
        tokens = indexColumn(
          tape,
          kept.map((row) => chosen[row]!),
        );
        compact(out.observation, kept, task.observation.length);
        if (task.masked) compact(out.legal, kept, task.vocabulary.length);
        live = kept.map((row) => live[row]!);
        lanes = this.laneColumn(live);
        contexts = indexColumn(
          tape,
          live.map((lane) => encoding.contexts[lane]!),
        );
      }
    }
    this.conclude(options);
  }

  /** Adds this group's parameter gradients into the block at `gradients`, from the weights in the trajectories. */
  backward(gradients: number, coefficients: TokenCoefficients): void {
    const { places, tape } = this;
    for (const [t, { lanes, policy }] of this.steps.entries()) {
      const rows = lanes.length;
      const [weight, dvalue] = [tape.column(rows), tape.column(rows)];
      // Views are taken after the columns, which may have grown the memory.
      const { steps: limit, valueGradients, weights } = this.trajectories.arrays();
      const [w, d] = [tape.heap.floats(weight, rows), tape.heap.floats(dvalue, rows)];
      for (let row = 0; row < rows; row++) {
        const cell = places[lanes[row]!]! * limit + t;
        w[row] = weights[cell]!;
        d[row] = valueGradients[cell]!;
      }
      policy.loss = { weight, dvalue, ...coefficients };
    }
    tape.backward(gradients);
  }

  private begin(problems: readonly Problem[], lanes: ArrayLike<number> | undefined): void {
    const { levels } = this.trajectories.arrays();
    this.places = Int32Array.from(problems, (_, lane) => lanes?.[lane] ?? this.first + lane);
    for (const [lane, { level }] of problems.entries()) levels[this.places[lane]!] = level;
    this.ended.fill(0);
    this.running = problems.length;
  }

  /** The lanes' numbers in the whole batch: what makes their random draws their own. */
  private laneColumn(live: Int32Array): number {
    return indexColumn(
      this.tape,
      live.map((lane) => this.places[lane]!),
    );
  }

  /** Rows whose episode goes on. */
  private runningRows(live: Int32Array): Int32Array {
    const kept = new Int32Array(this.running);
    let next = 0;
    for (let row = 0; row < live.length; row++) if (this.ended[live[row]!] === 0) kept[next++] = row;
    return kept;
  }

  /** Steps the machines of the running lanes and writes the step into the trajectories. */
  private act(t: number, live: Int32Array, policy: PolicyStep): void {
    const { ended, machine, out, places, tape, task } = this;
    const all = this.trajectories.arrays();
    const rows = live.length;
    const chosen = tape.heap.integers(policy.chosen, rows);
    const logProbs = tape.heap.floats(policy.logProb, rows);
    const entropies = tape.heap.floats(policy.entropy, rows);
    const { column, tensor } = policy.values;
    const stride = tensor.width / 4;
    const values = tape.heap.floats(tensor.at, rows * stride);
    for (let row = 0; row < rows; row++) {
      const cell = places[live[row]!]! * all.steps + t;
      all.tokens[cell] = chosen[row]!;
      all.values[cell] = values[row * stride + column]!;
      all.logProbs[cell] = logProbs[row]!;
      all.entropies[cell] = entropies[row]!;
      all.rewards[cell] = 0;
      all.discounts[cell] = 0;
    }
    if (this.running === 0) return;
    const whole = this.running === rows;
    assert(whole || task.observation.length === 0, 'a closed loop cannot go on after the end');
    const going = whole ? undefined : this.runningRows(live);
    const lanes = going ? going.map((row) => live[row]!) : live;
    machine.step(lanes, going ? going.map((row) => chosen[row]!) : chosen, out);
    for (let i = 0; i < lanes.length; i++) {
      const lane = lanes[i]!;
      const cell = places[lane]! * all.steps + t;
      all.rewards[cell] = out.reward[i]!;
      all.discounts[cell] = out.discount[i]!;
      all.lengths[places[lane]!] = t + 1;
      if (out.discount[i] !== 0) continue;
      ended[lane] = 1;
      this.running--;
    }
  }

  private conclude(options: RolloutOptions): void {
    const all = this.trajectories.arrays();
    for (const [lane, place] of this.places.entries()) {
      all.solved[place] = this.machine.solved(lane) ? 1 : 0;
      if (options.afterEnd === 'train') all.lengths[place] = this.steps.length;
    }
  }
}

function choose(choice: RolloutChoice, live: Int32Array, lanes: number, step: number): Choice {
  switch (choice.kind) {
    case 'sample':
      return { kind: 'sample', key: choice.key, lanes, step };
    case 'greedy':
      return choice;
    case 'forced':
      return { kind: 'forced', tokens: Array.from(live, (lane) => choice.programs[lane]![step]!) };
    default:
      return choice satisfies never;
  }
}

/** Moves the kept rows of [rows, columns] to the front. */
function compact(array: Int32Array | Uint8Array, kept: Int32Array, columns: number): void {
  for (let i = 0; i < kept.length; i++) {
    const from = kept[i]! * columns;
    array.copyWithin(i * columns, from, from + columns);
  }
}
