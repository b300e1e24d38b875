// Agents made by hand, which play by their task's teacher and hold what comes next where their kind says: so that one
// knows what a report must find.

import type { Agent, Encoding, Evaluation, StepInput } from '../../src/agents/agent.ts';
import { orderChoice } from '../../src/insight/causal/orders.ts';
import { type Subject, subjectOf } from '../../src/insight/subject.ts';
import { type Heap, rowBytes } from '../../src/network/heap.ts';
import { indexColumn } from '../../src/network/layers/embedding.ts';
import { PolicyHead } from '../../src/network/layers/policyHead.ts';
import { zeros } from '../../src/network/layers/rows.ts';
import { Parameters } from '../../src/network/parameters.ts';
import type { Tape, Tensor } from '../../src/network/tape.ts';
import { shortestProgram } from '../../src/tasks/expressions/compile.ts';
import type { ExpressionProblem } from '../../src/tasks/expressions/problem.ts';
import { operatorCount } from '../../src/tasks/expressions/structure.ts';
import { CELLS, KEY, SYMBOLS } from '../../src/tasks/expressions/vocabulary.ts';
import { createTask } from '../../src/tasks/table.ts';
import { type Problem, symbols, type Task } from '../../src/tasks/task.ts';
import { smallAgent, smallHeap } from './smallSubject.ts';

/**
 * - `planner`: the whole program, and what its task calls a plan (the order of operations, the use of memory), stands in
 *   its state from the beginning, and it only counts along.
 * - `memory`: the whole program stands in its encoded context, and at each of its places when its turn comes; its state
 *   counts.
 * - `chooser`: as the planner, but its plan tells operands by their places, and where two orders are right both stand in
 *   its state, with one number that says which: the first operand's name decides. Made for steering alone.
 * - `reactive`: its state is a clock and the next token, worked out anew at every step from what it is shown.
 */
export const PLANTED = ['planner', 'memory', 'reactive'] as const;
export type Planted = (typeof PLANTED)[number] | 'chooser';

/** Expressions whose operands are in order: a token is a place in the context too, so a plan can stand in tokens. */
export const PLANTED_TASK = createTask('expressions', { operators: 4, operands: 'slots' });

/** Those of the chooser: names are random, so that the same structure comes in either order. */
const CHOOSER_TASK = createTask('expressions', { operators: 4 });

/** What says which order a chooser takes: less or more than nothing. */
const GATE = 2;

/** Longest program that a planted agent has room for. */
const LONGEST = 14;

/** Most operands of a problem: as tokens of a plan their places. */
const OPERANDS = 5;

export class PlantedAgent implements Agent {
  readonly heap: Heap;
  readonly parameters: Parameters;
  readonly policy: PolicyHead;
  /** Ones: the program token by token, then the clock, then the values of labels that are of a plan. */
  readonly hidden: number;
  readonly sequence = false;
  readonly coupled = false;
  private readonly task: Task;
  private readonly kind: Planted;
  /** Tokens that a program can have; their order is that of a plan's ones. */
  private readonly keys: readonly number[];
  /** Labels that are of a plan. */
  private readonly plans: readonly { readonly label: number; readonly values: number }[];
  /** Of each encoded context. */
  private programs: readonly (readonly number[])[] = [];
  private labels: readonly (readonly number[])[] = [];

  constructor(heap: Heap, task: Task, kind: Planted) {
    this.heap = heap;
    this.task = task;
    this.kind = kind;
    this.keys = [0, 1, 2, 3, 4, 10, 11, 12, 15, 16, 17];
    this.plans = task.labels!.labels.flatMap(({ kind, values }, label) =>
      kind === 'plan' ? [{ label, values: values.length }] : [],
    );
    const room = this.plans.reduce((sum, { values }) => sum + values, LONGEST * (this.keys.length + 1));
    this.hidden = 16 * Math.ceil((kind === 'chooser' ? 2 * room + 1 : room) / 16);
    this.parameters = new Parameters(heap);
    this.parameters.allocate();
    this.policy = new PolicyHead(heap, task.vocabulary.length);
  }

  prepare(): void {}

  finish(): void {}

  encode(tape: Tape, shown: readonly (readonly number[])[]): Encoding {
    const { hidden, task } = this;
    const problems = shown.map((context) => task.parse!(symbols(task, context).join(' ')));
    this.programs = problems.map((problem) => task.teach!(problem)!);
    this.labels = problems.map((problem) => (problem as ExpressionProblem).labels);
    const state = zeros(tape, shown.length, rowBytes(hidden));
    const longest = Math.max(...shown.map(({ length }) => length));
    const states = zeros(tape, shown.length * longest, rowBytes(hidden));
    for (const [i, program] of this.programs.entries()) {
      if (this.kind === 'planner') {
        this.writePlan(this.row(state, i), program);
        this.writeLabels(this.row(state, i), problems[i]!, program);
      }
      if (this.kind === 'chooser') this.writeOrders(this.row(state, i), problems[i]!, program);
      if (this.kind === 'memory') {
        this.writePlan(this.row(states, i * longest), program);
        this.writeTurns((place) => this.row(states, i * longest + place), problems[i]!, program);
      }
    }
    const pointable = indexColumn(tape, new Int32Array(shown.length * longest).fill(-1));
    const lengths = indexColumn(
      tape,
      shown.map(({ length }) => length),
    );
    return {
      state,
      memory: { states, longest, lengths, pointable },
      contexts: Int32Array.from(shown.keys()),
    };
  }

  advance(tape: Tape, _: Encoding, state: Tensor, { contexts, tokens }: StepInput): Tensor {
    const next = zeros(tape, state.rows, state.width);
    const last = this.heap.integers(tokens, state.rows).slice();
    const places = this.heap.integers(contexts, state.rows).slice();
    for (let i = 0; i < state.rows; i++) {
      const to = this.row(next, i);
      const place = places[i]!;
      const begins = last[i] === this.task.start;
      const from = this.row(state, i);
      const time = begins ? 0 : this.clock(from).indexOf(1) + 1;
      if (this.kind === 'reactive') this.writePlan(to, this.programs[place]!.slice(time, time + 1));
      else {
        to.set(from);
        this.clock(to).fill(0);
      }
      if (time < LONGEST) this.clock(to)[time] = 1;
    }
    return next;
  }

  evaluate(tape: Tape, { memory }: Encoding, state: Tensor, { contexts }: StepInput): Evaluation {
    const { keys, kind } = this;
    const logits = zeros(tape, state.rows, rowBytes(this.policy.vocabulary));
    const values = { tensor: zeros(tape, state.rows, 32), column: 0 };
    const places = this.heap.integers(contexts, state.rows).slice();
    for (let i = 0; i < state.rows; i++) {
      const own = this.row(state, i);
      const time = kind === 'reactive' ? 0 : this.clock(own).indexOf(1);
      const plan = kind === 'memory' ? this.row(memory!.states, places[i]! * memory!.longest) : own;
      const to = this.heap.floats(logits.at + i * logits.width, this.policy.vocabulary);
      const from = kind === 'chooser' && own[this.hidden - 1]! > 0 ? this.hidden >> 1 : 0;
      for (const [k, key] of keys.entries()) {
        const token = kind === 'chooser' ? (this.labels[places[i]!]![key] ?? key) : key;
        if (kind === 'chooser' && key < OPERANDS && this.labels[places[i]!]![key] === undefined) continue;
        to[token] = 10 * plan[from + Math.max(0, time) * keys.length + k]!;
      }
    }
    return { logits, values };
  }

  private row(tensor: Tensor, i: number): Float32Array {
    return this.heap.floats(tensor.at + i * tensor.width, this.hidden);
  }

  private clock(state: Float32Array): Float32Array {
    return state.subarray(LONGEST * this.keys.length, LONGEST * (this.keys.length + 1));
  }

  private writeLabels(to: Float32Array, problem: Problem, program: readonly number[]): void {
    const { values } = this.task.labels!.of(problem, program);
    let at = LONGEST * (this.keys.length + 1);
    for (const plan of this.plans) {
      const value = values[plan.label]![0]!;
      if (value >= 0) to[at + value] = 1;
      at += plan.values;
    }
  }

  private writeTurns(rowOf: (place: number) => Float32Array, problem: Problem, program: readonly number[]): void {
    let at = LONGEST * (this.keys.length + 1);
    for (const [label, { values }] of this.task.labels!.places!.entries()) {
      for (const [place, turn] of this.task.labels!.of(problem, program).places![label]!.entries()) {
        if (turn >= 0) rowOf(place)[at + turn] = 1;
      }
      at += values.length;
    }
  }

  private writeOrders(to: Float32Array, problem: Problem, program: readonly number[]): void {
    const { labels } = problem as ExpressionProblem;
    const places = program.map((token) => (token < SYMBOLS ? labels.indexOf(token) : token));
    const orders = bothOrders(this.task, problem) ?? [places, places];
    for (const [i, order] of orders.entries()) this.writePlan(to.subarray(i * (this.hidden >> 1)), order);
    to[this.hidden - 1] = labels[0]! % 2 === 0 ? -GATE : GATE;
  }

  private writePlan(to: Float32Array, program: readonly number[]): void {
    for (const [step, token] of program.entries()) to[step * this.keys.length + this.keys.indexOf(token)] = 1;
  }
}

/** Right programs that begin with the left part, and with the right one, operands told by their places. */
function bothOrders(task: Task, problem: Problem): readonly (readonly number[])[] | undefined {
  if (!orderChoice(task, problem)) return undefined;
  const { structure } = problem as ExpressionProblem;
  let end = 1;
  for (let open = 1; open > 0; end++) open += structure[end] === 'x' ? -1 : 1;
  const parts = [structure.slice(1, end), structure.slice(end)];
  const root = structure[0] === '+' ? KEY.ADD : KEY.MUL;
  const keys = (part: number, cells: number) =>
    shortestProgram(parts[part]!, cells)!
      .slice(0, -1)
      .map((key) => (key < 0 ? -1 - key + part * (operatorCount(parts[0]!) + 1) : key));
  return [0, 1].map((first) => [...keys(first, CELLS), KEY.STO, ...keys(1 - first, CELLS - 1), root, KEY.RCL, KEY.ANS]);
}

/** A planted agent as a subject; its untrained control is a small network of another shape. */
export async function plantedSubject(kind: Planted, seed = 0): Promise<Subject> {
  const heap = await smallHeap();
  const task: Task = kind === 'chooser' ? CHOOSER_TASK : PLANTED_TASK;
  const untrained = smallAgent(heap, task, 1);
  // Its teacher knows no levels beyond the task's.
  const { extended: _, ...own } = task;
  return subjectOf({ task: own, network: new PlantedAgent(heap, task, kind), untrained, seed });
}
