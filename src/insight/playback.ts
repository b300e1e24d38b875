// Plays problems as a rollout does, but in the open: every step can be looked at and interfered with. Where nobody
// interferes it comes to the same bits.

import type { Agent, Encoding, KnockOut } from '../agents/agent.ts';
import type { Words } from '../core/random.ts';
import { indexColumn } from '../network/layers/embedding.ts';
import type { PolicyStep } from '../network/layers/policyHead.ts';
import { select } from '../network/layers/rows.ts';
import { Tape, type Tensor } from '../network/tape.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import { type Machine, type Problem, type StepOutput, stepOutput, type Task } from '../tasks/task.ts';

/** The encoded contexts, before the first token. Views are good until the hook returns, and may be written. */
export interface EncodedView {
  /** [hidden] the lane's state before the first token; empty for an agent without one. */
  state(lane: number): Float32Array;
  /** [tokens, hidden] the encoded tokens of a context, one after the other; empty for an agent that keeps none. */
  context(index: number): Float32Array;
  /** The context that each lane looks at: its own, until something else is written here. Later contexts are `extra`. */
  readonly contexts: Int32Array;
}

/** Between two tokens, before the agent takes in the last one. */
export interface MachineView {
  readonly step: number;
  /** [rows] lanes whose episode goes on. */
  readonly lanes: Int32Array;
  readonly machine: Machine;
  /** What the machine showed, and is shown to the agent next: row i speaks of `lanes[i]`. */
  readonly out: StepOutput;
}

/** A step of the lanes still running. Views are good until the hook returns, and may be written. */
export interface StateView {
  readonly step: number;
  /** [rows] lanes whose episode goes on. */
  readonly lanes: Int32Array;
  /** [hidden] the agent's state after it took in the token before. */
  state(row: number): Float32Array;
  /** As in `EncodedView`. */
  context(index: number): Float32Array;
  readonly contexts: Int32Array;
}

/** What the policy may choose from, and what it is made to choose. */
export interface ChoiceView {
  readonly step: number;
  readonly lanes: Int32Array;
  /** [vocabulary] 1 where the row's token may be chosen; where none is left its episode ends as it stands. */
  legal(row: number): Uint8Array;
}

/** What a step came to, before its tokens act. */
export interface StepRecord extends StateView {
  /** [vocabulary] of the row's policy, over what it might choose. */
  probabilities(row: number): Float32Array;
  /** The return that the agent expects. */
  value(row: number): number;
  entropy(row: number): number;
  /** [tokens of its context] where the agent looked; `undefined` for one that does not look. */
  attention(row: number): Float32Array | undefined;
  /** What the policy chose, or was made to. */
  token(row: number): number;
}

export interface Hooks {
  encoded?(view: EncodedView): void;
  /** To tamper with machines. */
  machine?(view: MachineView): void;
  /** To change states, or where lanes look. */
  state?(view: StateView): void;
  /** To take from the heads of all lanes what they look with, for one step. */
  knockOut?(step: number): KnockOut | undefined;
  /** To ban tokens. */
  choice?(view: ChoiceView): void;
  /** A token that a lane must take; its own choice where `undefined`. */
  token?(step: number, lane: number): number | undefined;
  /** To look. */
  record?(view: StepRecord): void;
  /** After the machines took in a step's tokens: rewards are in `out`. */
  acted?(view: MachineView): void;
}

export interface PlayOptions {
  readonly choice: { readonly kind: 'greedy' } | { readonly kind: 'sample'; readonly key: Words };
  readonly hooks?: Hooks;
  /** Contexts that are encoded beside those of the problems, for lanes to look at. */
  readonly extra?: readonly { readonly context: readonly number[]; readonly level: number }[];
  /** Tokens at the most; the task's own limit by default. */
  readonly limit?: number;
  /** Times that the agent takes in the start token once more before the first token: blank computation. Default 0. */
  readonly blanks?: number;
}

/** How an episode ended. */
export interface Played {
  readonly program: readonly number[];
  /** The exact verdict. */
  readonly solved: boolean;
  /** Sum over the tokens. */
  readonly reward: number;
}

/** Up to `lanes` problems at a time; keeps its buffers. */
export class Playback {
  readonly lanes: number;
  private readonly task: Task;
  private readonly agent: Agent;
  private readonly tape: Tape;
  private readonly machine: Machine;
  private readonly out: StepOutput;

  constructor(task: Task, agent: Agent, lanes: number) {
    this.task = task;
    this.agent = agent;
    this.lanes = lanes;
    this.tape = new Tape(agent.heap, new WeightGradients(agent.heap));
    this.machine = task.machine(lanes);
    this.out = stepOutput(task, lanes);
  }

  /** One episode of each problem. The agent must be prepared. */
  play(
    problems: readonly Problem[],
    { blanks = 0, choice, extra = [], hooks = {}, limit = Infinity }: PlayOptions,
  ): Played[] {
    const { agent, machine, out, tape, task } = this;
    const programs = problems.map((): number[] => []);
    const rewards = new Float64Array(problems.length);
    if (problems.length === 0) return [];
    tape.reset();
    machine.reset(problems, out);
    const shown = [...problems.map((problem) => task.context(problem)), ...extra.map(({ context }) => context)];
    const levels = [...problems, ...extra].map(({ level }) => level);
    const encoding = agent.encode(tape, shown, levels, task.programLimit + blanks);
    const lengths = shown.map(({ length }) => length);
    const look = { lengths, looks: Int32Array.from(problems, (_, lane) => lane) };
    let live = Int32Array.from(problems, (_, lane) => lane);
    let state = this.rowsOf(encoding.state, live);
    hooks.encoded?.(this.encodedView(encoding, state, look));
    let tokens: ArrayLike<number> = new Int32Array(live.length).fill(task.start);
    for (let step = -blanks; live.length > 0 && step < limit; step++) {
      if (step >= 0) hooks.machine?.({ step, lanes: live, machine, out });
      const contexts = indexColumn(
        tape,
        live.map((lane) => encoding.contexts[look.looks[lane]!]!),
      );
      const input = { tokens: indexColumn(tape, tokens), contexts, observation: out.observation };
      state = agent.advance(tape, encoding, state, input);
      if (step < 0) continue;
      const view = { step, lanes: live, ...this.encodedView(encoding, state, look) };
      hooks.state?.(view);
      // Where a lane looks may have been changed just now.
      const looks = live.map((lane) => encoding.contexts[look.looks[lane]!]!);
      const evaluation = agent.evaluate(tape, encoding, state, {
        ...input,
        contexts: indexColumn(tape, looks),
        knockOut: hooks.knockOut?.(step),
      });
      const legal = this.legalRows(step, live, hooks);
      const drawn = choice.kind === 'sample' ? { ...choice, lanes: indexColumn(tape, live), step } : choice;
      const policy = agent.policy.step(tape, evaluation, drawn, legal);
      const chosen = tape.heap.integers(policy.chosen, live.length).slice();
      for (const [row, lane] of live.entries()) chosen[row] = hooks.token?.(step, lane) ?? chosen[row]!;
      hooks.record?.({ ...view, ...this.policyView(policy, evaluation.attention, chosen, live, look) });
      const rows = this.act(step, live, chosen, legal, hooks, { programs, rewards });
      tokens = rows.map((row) => chosen[row]!);
      if (rows.length < live.length) {
        state = this.rowsOf(state, rows);
        live = rows.map((row) => live[row]!);
      }
    }
    return problems.map((_, lane) => ({
      program: programs[lane]!,
      solved: machine.solved(lane),
      reward: rewards[lane]!,
    }));
  }

  private rowsOf(x: Tensor, rows: Int32Array): Tensor {
    return select(this.tape, x, indexColumn(this.tape, rows), rows.length);
  }

  /** The machine's mask, or all ones, with what a hook takes away; absent where everything may be chosen anyway. */
  private legalRows(step: number, lanes: Int32Array, hooks: Hooks): Uint8Array | undefined {
    const { out, task } = this;
    if (!task.masked && !hooks.choice) return undefined;
    const { length } = task.vocabulary;
    const legal = out.legal.subarray(0, lanes.length * length);
    if (!task.masked) legal.fill(1);
    hooks.choice?.({ step, lanes, legal: (row) => legal.subarray(row * length, (row + 1) * length) });
    return legal;
  }

  /** Steps the machines of those that have a token to choose. @returns the rows whose episode goes on. */
  private act(
    step: number,
    live: Int32Array,
    chosen: Int32Array,
    legal: Uint8Array | undefined,
    hooks: Hooks,
    { programs, rewards }: { readonly programs: readonly number[][]; readonly rewards: Float64Array },
  ): Int32Array {
    const { machine, out, task } = this;
    const { length } = task.vocabulary;
    const free = (row: number) =>
      legal === undefined ||
      hooks.token?.(step, live[row]!) !== undefined ||
      legal.subarray(row * length, (row + 1) * length).includes(1);
    const able = Int32Array.from(live.keys()).filter(free);
    const lanes = able.map((row) => live[row]!);
    machine.step(
      lanes,
      able.map((row) => chosen[row]!),
      out,
    );
    for (const [i, lane] of lanes.entries()) {
      programs[lane]!.push(chosen[able[i]!]!);
      rewards[lane]! += out.reward[i]!;
    }
    hooks.acted?.({ step, lanes, machine, out });
    const going = Int32Array.from(able.keys()).filter((i) => out.discount[i] !== 0);
    const fields = task.observation.length;
    for (const [to, from] of going.entries()) {
      out.observation.copyWithin(to * fields, from * fields, (from + 1) * fields);
      out.legal.copyWithin(to * length, from * length, (from + 1) * length);
    }
    return going.map((i) => able[i]!);
  }

  private encodedView({ memory, contexts: places }: Encoding, state: Tensor, look: Look): EncodedView {
    const { heap } = this.agent;
    return {
      state: (row) => heap.floats(state.at + row * state.width, this.agent.hidden),
      context: (index) => {
        if (memory === undefined) return new Float32Array(0);
        const { longest, states } = memory;
        return heap.floats(
          states.at + places[index]! * longest * states.width,
          (look.lengths[index]! * states.width) / 4,
        );
      },
      contexts: look.looks,
    };
  }

  private policyView(
    { entropy, logits, normaliser, values }: PolicyStep,
    attention: { readonly shares: number; readonly stride: number } | undefined,
    chosen: Int32Array,
    live: Int32Array,
    look: Look,
  ): Omit<StepRecord, keyof StateView> {
    const { heap } = this.agent;
    const number = (at: number) => heap.floats(at, 1)[0]!;
    return {
      probabilities: (row) => {
        const normal = number(normaliser + row * 4);
        const all = heap.floats(logits.at + row * logits.width, this.task.vocabulary.length);
        return all.map((logit) => Math.exp(logit - normal));
      },
      value: (row) => number(values.tensor.at + row * values.tensor.width + values.column * 4),
      entropy: (row) => number(entropy + row * 4),
      attention: (row) =>
        attention && heap.floats(attention.shares + row * attention.stride, look.lengths[look.looks[live[row]!]!]!),
      token: (row) => chosen[row]!,
    };
  }
}

/** Lengths of all encoded contexts; and which of them each lane looks at. */
interface Look {
  readonly lengths: readonly number[];
  readonly looks: Int32Array;
}
