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
import type { ActorCritic } from './actorCritic.ts';
import type { Trajectories, TrajectoryArrays } from './trajectories.ts';

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

/** Lanes `first` to `first + size` of a batch, with a tape and machines of their own. */
export class Rollout {
  readonly first: number;
  readonly size: number;
  /** The initial state of the last run. */
  initial: Tensor | undefined;
  steps: readonly RolloutStep[] = [];
  private readonly task: Task;
  private readonly agent: ActorCritic;
  private readonly tape: Tape;
  private readonly machine: Machine;
  private readonly out: StepOutput;
  private readonly trajectories: Trajectories;

  constructor(
    task: Task,
    agent: ActorCritic,
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
  }

  /** Runs one episode of each problem and writes it into the trajectories; the tape is ready for `backward`. */
  run(problems: readonly Problem[], options: RolloutOptions): void {
    const { agent, machine, out, size, tape, task } = this;
    assert(problems.length === size, `a rollout of ${size} lanes was given ${problems.length} problems`);
    const limit = options.limit ?? task.programLimit;
    tape.reset();
    machine.reset(problems, out);
    const levels = problems.map(({ level }) => level);
    let state = agent.encode(
      tape,
      problems.map((problem) => task.context(problem)),
      levels,
    );
    this.initial = state;
    let live = Int32Array.from({ length: size }, (_, lane) => lane);
    let tokens = indexColumn(tape, new Int32Array(size).fill(task.start));
    const running = new Uint8Array(size).fill(1);
    const steps: RolloutStep[] = [];
    for (let t = 0; t < limit; t++) {
      state = agent.advance(tape, state, tokens, out.observation);
      const logits = agent.evaluate(tape, state);
      const legal = task.masked ? out.legal : undefined;
      const policy = agent.policy.step(tape, logits, this.choose(options.choice, live, t), legal);
      steps.push({ lanes: live, state, policy });
      this.act(t, live, policy, running, steps.length === 1 ? levels : undefined);
      if (options.afterEnd === 'train') {
        tokens = policy.chosen;
        continue;
      }
      const rows = live.length;
      const kept = survivors(live, running);
      if (kept.length === 0) break;
      if (kept.length < rows) {
        const index = indexColumn(tape, kept);
        state = select(tape, state, index, kept.length);
        const chosen = tape.heap.integers(policy.chosen, rows);
        tokens = indexColumn(
          tape,
          kept.map((row) => chosen[row]!),
        );
        compact(out.observation, kept, task.observation.length);
        if (task.masked) compact(out.legal, kept, task.vocabulary.length);
        live = kept.map((row) => live[row]!);
      } else tokens = policy.chosen;
    }
    this.steps = steps;
    this.conclude(options);
  }

  /** Adds this group's parameter gradients into the block at `gradients`, from the weights in the trajectories. */
  backward(gradients: number, coefficients: TokenCoefficients): void {
    const { first, tape } = this;
    const { steps: limit, valueGradients, weights } = this.trajectories.arrays();
    for (const [t, { lanes, policy }] of this.steps.entries()) {
      const rows = lanes.length;
      const [weight, dvalue] = [tape.column(rows), tape.column(rows)];
      const [w, d] = [tape.heap.floats(weight, rows), tape.heap.floats(dvalue, rows)];
      for (let row = 0; row < rows; row++) {
        const cell = (first + lanes[row]!) * limit + t;
        w[row] = weights[cell]!;
        d[row] = valueGradients[cell]!;
      }
      policy.loss = { weight, dvalue, ...coefficients };
    }
    tape.backward(gradients);
  }

  private choose(choice: RolloutChoice, live: Int32Array, t: number): Choice {
    switch (choice.kind) {
      case 'sample': {
        const lanes = indexColumn(
          this.tape,
          live.map((lane) => this.first + lane),
        );
        return { kind: 'sample', key: choice.key, lanes, step: t };
      }
      case 'greedy':
        return choice;
      case 'forced':
        return { kind: 'forced', tokens: Array.from(live, (lane) => choice.programs[lane]![t]!) };
      default:
        return choice satisfies never;
    }
  }

  /** Steps the machines of the running lanes and writes the step into the trajectories. */
  private act(t: number, live: Int32Array, policy: PolicyStep, running: Uint8Array, levels?: readonly number[]): void {
    const { agent, first, machine, out, task, tape } = this;
    const all = this.trajectories.arrays();
    const rows = live.length;
    const chosen = tape.heap.integers(policy.chosen, rows);
    const logProbs = tape.heap.floats(policy.logProb, rows);
    const entropies = tape.heap.floats(policy.entropy, rows);
    const stride = policy.logits.width / 4;
    const logits = tape.heap.floats(policy.logits.at, rows * stride);
    const { valueColumn } = agent.policy;
    const going = survivors(live, running);
    const lanes = going.length === rows ? live : going.map((row) => live[row]!);
    const actions = going.length === rows ? chosen : going.map((row) => chosen[row]!);
    machine.step(lanes, actions, out);
    for (let row = 0; row < rows; row++) {
      const cell = (first + live[row]!) * all.steps + t;
      all.tokens[cell] = chosen[row]!;
      all.values[cell] = logits[row * stride + valueColumn]!;
      all.logProbs[cell] = logProbs[row]!;
      all.entropies[cell] = entropies[row]!;
      all.rewards[cell] = 0;
      all.discounts[cell] = 0;
    }
    for (let i = 0; i < lanes.length; i++) {
      const lane = lanes[i]!;
      const cell = (first + lane) * all.steps + t;
      all.rewards[cell] = out.reward[i]!;
      all.discounts[cell] = out.discount[i]!;
      all.lengths[first + lane] = t + 1;
      if (out.discount[i] === 0) running[lane] = 0;
    }
    if (levels) for (const [lane, level] of levels.entries()) all.levels[first + lane] = level;
    assert(task.observation.length === 0 || lanes.length === rows, 'a closed loop cannot go on after the end');
  }

  private conclude(options: RolloutOptions): void {
    const all: TrajectoryArrays = this.trajectories.arrays();
    for (let lane = 0; lane < this.size; lane++) {
      all.solved[this.first + lane] = this.machine.solved(lane) ? 1 : 0;
      if (options.afterEnd === 'train') all.lengths[this.first + lane] = this.steps.length;
    }
  }
}

/** Rows whose lane is still running. */
function survivors(live: Int32Array, running: Uint8Array): Int32Array {
  let count = 0;
  for (const lane of live) count += running[lane]!;
  const kept = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < live.length; row++) if (running[live[row]!] === 1) kept[next++] = row;
  return kept;
}

/** Moves the kept rows of [rows, columns] to the front. */
function compact(array: Int32Array | Uint8Array, kept: Int32Array, columns: number): void {
  for (let i = 0; i < kept.length; i++) {
    const from = kept[i]! * columns;
    array.copyWithin(i * columns, from, from + columns);
  }
}
