// Problems side by side under one program: the machine, and what each lane has come to so far.

import { type Machine, type Problem, type StepOutput, stepOutput, type Task } from '../../tasks/task.ts';

/** What `Lanes.save` keeps. */
export interface LanesState {
  readonly machine: unknown;
  readonly live: Int32Array;
  readonly earned: Float64Array;
  readonly solved: Uint8Array;
  readonly legal: Uint8Array;
  readonly observation: Int32Array;
}

const NONE = new Int32Array(0);

export class Lanes {
  readonly task: Task;
  readonly size: number;
  /** [lanes] sum of the rewards so far. */
  readonly earned: Float64Array;
  /** [lanes] 1 where the episode has ended solved. */
  readonly solved: Uint8Array;
  /** [lanes, vocabulary] what may be chosen; empty where the task masks nothing. */
  readonly legal: Uint8Array;
  /** [lanes, fields] what the machine shows. */
  readonly observation: Int32Array;
  /** Lanes whose episode goes on, ascending. */
  live: Int32Array;
  readonly machine: Machine;
  private readonly out: StepOutput;
  private readonly actions: Int32Array;

  constructor(task: Task, problems: readonly Problem[]) {
    const size = problems.length;
    this.task = task;
    this.size = size;
    this.earned = new Float64Array(size);
    this.solved = new Uint8Array(size);
    this.live = Int32Array.from({ length: size }, (_, lane) => lane);
    this.machine = task.machine(size);
    this.out = stepOutput(task, size);
    this.actions = new Int32Array(size);
    this.machine.reset(problems, this.out);
    this.legal = task.masked ? this.out.legal.slice() : new Uint8Array(0);
    this.observation = this.out.observation.slice();
  }

  isLegal(lane: number, token: number): boolean {
    return !this.task.masked || this.legal[lane * this.task.vocabulary.length + token] === 1;
  }

  /** One token for every running lane; where it is not legal the episode is lost. */
  step(token: number): void {
    const { live, task } = this;
    const stepped = task.masked ? live.filter((lane) => this.isLegal(lane, token)) : live;
    this.act(stepped, this.actions.fill(token, 0, stepped.length).subarray(0, stepped.length));
  }

  /** `actions[i]` for lane `lanes[i]`, which are kept and never written to; running lanes that are not named are lost. */
  act(lanes: Int32Array, actions: Int32Array): void {
    const { earned, legal, machine, observation, out, solved, task } = this;
    if (lanes.length > 0) machine.step(lanes, actions, out);
    const { discount, reward } = out;
    const size = task.masked ? task.vocabulary.length : 0;
    const fields = task.observation.length;
    let ended = 0;
    for (let row = 0; row < lanes.length; row++) {
      const lane = lanes[row]!;
      earned[lane]! += reward[row]!;
      if (discount[row] === 0) {
        solved[lane] = machine.solved(lane) ? 1 : 0;
        ended++;
        continue;
      }
      for (let k = 0; k < size; k++) legal[lane * size + k] = out.legal[row * size + k]!;
      for (let k = 0; k < fields; k++) observation[lane * fields + k] = out.observation[row * fields + k]!;
    }
    if (ended === 0) this.live = lanes;
    else this.live = ended === lanes.length ? NONE : lanes.filter((_, row) => discount[row] !== 0);
  }

  save(): LanesState {
    const { earned, legal, live, machine, observation, solved } = this;
    return {
      machine: machine.save(),
      live,
      earned: earned.slice(),
      solved: solved.slice(),
      legal: legal.slice(),
      observation: observation.slice(),
    };
  }

  restore(state: LanesState): void {
    this.machine.restore(state.machine);
    this.live = state.live;
    this.earned.set(state.earned);
    this.solved.set(state.solved);
    this.legal.set(state.legal);
    this.observation.set(state.observation);
  }
}
