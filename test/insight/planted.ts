// Agents made by hand, which play by their task's teacher and hold what comes next where their kind says: so that one
// knows what a report must find.

import type { Agent, Encoding, Evaluation, StepInput } from '../../src/agents/agent.ts';
import { InnerloopError } from '../../src/core/errors.ts';
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
import { CELLS, KEY, SYMBOLS, VOCABULARY_SIZE } from '../../src/tasks/expressions/vocabulary.ts';
import { createTask } from '../../src/tasks/table.ts';
import { type Problem, symbols, type Task } from '../../src/tasks/task.ts';
import { smallAgent, smallHeap } from './smallSubject.ts';

/**
 * - `planner`: the whole program, and what its task calls a plan (the order of operations, the use of memory), stands in
 *   its state from the beginning, and it only counts along. Where two orders are right the other stands there, too, with one
 *   number that says which it takes.
 * - `memory`: the whole program stands in its encoded context, and at each of its places when its turn comes; its state
 *   counts.
 * - `reactive`: its encoded context is the tokens that it is shown; from them it works out the next token anew at every
 *   step. Its state is a clock, and that token.
 *
 * Where two orders are right, `Order` says which is taken.
 */
export const PLANTED = ['planner', 'memory', 'reactive'] as const;
export type Planted = (typeof PLANTED)[number];

/** What decides between two orders: the first operand's name, or the structure, so that it comes in one order alone. */
export type Order = 'by name' | 'by structure';

/** Names are random, so that the same structure comes in either order. */
export const PLANTED_TASK = createTask('expressions', { operators: 4 });

/** What says which order a planner takes: less than nothing for the left part first, or more. */
const GATE = 10;

/** Longest program that a planted agent has room for. */
const LONGEST = 14;

/** Most operands of a problem: in a plan a token is the place of its operand, as probes call it. */
const OPERANDS = 5;

/** Tokens of a plan; their order is that of its ones. */
const KEYS = [0, 1, 2, 3, 4, KEY.ADD, KEY.SUB, KEY.MUL, KEY.ANS, KEY.STO, KEY.RCL] as const;

const PLAN = LONGEST * KEYS.length;
/** Parts of a state, and of an encoded context's first place: ones. The reactive one has but the first two. */
const AT = {
  clock: 0,
  /** The program, token by token; of the reactive one the next token. */
  plan: LONGEST,
  /** By place the name of its operand. */
  names: LONGEST + PLAN,
  /** Labels that are of a plan, or the turn of a place; then the program of the other order, and the gate. */
  labels: LONGEST + PLAN + OPERANDS * SYMBOLS,
} as const;

/** What an agent needs to know of a problem. */
interface Known {
  readonly problem: Problem;
  /** Names of its operands, by place. */
  readonly names: readonly number[];
  /** The program of either order; twice the teacher's where there is but one. */
  readonly orders: readonly (readonly number[])[];
  /** The order that is taken. */
  readonly side: 0 | 1;
  /** Its program. */
  readonly keys: readonly number[];
  /** The same under the operands' names. */
  readonly program: readonly number[];
}

export class PlantedAgent implements Agent {
  readonly heap: Heap;
  readonly parameters: Parameters;
  readonly policy: PolicyHead;
  readonly hidden: number;
  readonly sequence = false;
  readonly coupled = false;
  private readonly task: Task;
  private readonly kind: Planted;
  /** Labels that are of a plan. */
  private readonly plans: readonly { readonly label: number; readonly values: number }[];
  private readonly order: Order;
  /** Where a planner's state holds the program of the other order. */
  private readonly other: number;
  private readonly known = new Map<string, Known | undefined>();

  constructor(heap: Heap, task: Task, kind: Planted, order: Order) {
    this.heap = heap;
    this.task = task;
    this.kind = kind;
    this.order = order;
    this.plans = task.labels!.labels.flatMap(({ kind, values }, label) =>
      kind === 'plan' ? [{ label, values: values.length }] : [],
    );
    this.other = this.plans.reduce((sum, { values }) => sum + values, AT.labels);
    const room = { planner: this.other + PLAN + 1, memory: this.other, reactive: VOCABULARY_SIZE }[kind];
    this.hidden = 16 * Math.ceil(room / 16);
    this.parameters = new Parameters(heap);
    this.parameters.allocate();
    this.policy = new PolicyHead(heap, task.vocabulary.length);
  }

  prepare(): void {}

  finish(): void {}

  encode(tape: Tape, shown: readonly (readonly number[])[]): Encoding {
    const { hidden, kind } = this;
    const state = zeros(tape, shown.length, rowBytes(hidden));
    const longest = Math.max(...shown.map(({ length }) => length));
    const states = zeros(tape, shown.length * longest, rowBytes(hidden));
    for (const [i, context] of shown.entries()) {
      const known = this.read(context)!;
      const rowOf = (place: number) => this.row(states, i * longest + place);
      if (kind === 'planner') this.writeProgram(this.row(state, i), known);
      if (kind === 'memory') {
        this.writeProgram(rowOf(0), known);
        this.writeTurns(rowOf, known);
      }
      if (kind === 'reactive') for (const [place, token] of context.entries()) rowOf(place)[token] = 1;
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

  advance(tape: Tape, encoding: Encoding, state: Tensor, { contexts, tokens }: StepInput): Tensor {
    const next = zeros(tape, state.rows, state.width);
    const last = this.heap.integers(tokens, state.rows).slice();
    const places = this.heap.integers(contexts, state.rows).slice();
    for (let i = 0; i < state.rows; i++) {
      const [from, to] = [this.row(state, i), this.row(next, i)];
      const time = last[i] === this.task.start ? 0 : clock(from).indexOf(1) + 1;
      if (this.kind === 'planner') to.set(from);
      clock(to).fill(0);
      if (time < LONGEST) clock(to)[time] = 1;
      const token = this.kind === 'reactive' ? this.reaction(encoding, places[i]!, time) : undefined;
      if (token !== undefined) to[AT.plan + KEYS.indexOf(token.key as (typeof KEYS)[number])] = 1;
    }
    return next;
  }

  evaluate(tape: Tape, encoding: Encoding, state: Tensor, { contexts }: StepInput): Evaluation {
    const { memory } = encoding;
    const logits = zeros(tape, state.rows, rowBytes(this.policy.vocabulary));
    const values = { tensor: zeros(tape, state.rows, 32), column: 0 };
    const places = this.heap.integers(contexts, state.rows).slice();
    for (let i = 0; i < state.rows; i++) {
      const own = this.row(state, i);
      const time = Math.max(0, clock(own).indexOf(1));
      const to = this.heap.floats(logits.at + i * logits.width, this.policy.vocabulary);
      if (this.kind === 'reactive') {
        const next = this.reaction(encoding, places[i]!, time);
        if (next) to[next.token] = 10;
        continue;
      }
      const plan = this.kind === 'memory' ? this.row(memory!.states, places[i]! * memory!.longest) : own;
      const from = this.kind === 'planner' ? this.chosen(own) : AT.plan;
      for (const [k, key] of KEYS.entries()) {
        const name =
          key < OPERANDS ? argmax(plan.subarray(AT.names + key * SYMBOLS, AT.names + (key + 1) * SYMBOLS)) : key;
        if (name !== undefined) to[name] = Math.max(to[name]!, 10 * plan[from + time * KEYS.length + k]!);
      }
    }
    return { logits, values };
  }

  /** Where a planner's state holds the program that its gate asks for: of two the left part's begins further left. */
  private chosen(state: Float32Array): number {
    const first = (from: number) => argmax(state.subarray(from, from + OPERANDS)) ?? 0;
    const side = first(AT.plan) <= first(this.other) ? 0 : 1;
    return side === (state[this.other + PLAN]! > 0 ? 1 : 0) ? AT.plan : this.other;
  }

  private row(tensor: Tensor, i: number): Float32Array {
    return this.heap.floats(tensor.at + i * tensor.width, this.hidden);
  }

  /** `undefined` where the tokens are no problem. */
  private read(context: readonly number[]): Known | undefined {
    const { task } = this;
    const text = symbols(task, context).join(' ');
    if (!this.known.has(text)) this.known.set(text, understood(task, text, this.order));
    return this.known.get(text);
  }

  /** The token that a context asks for, and its key; nothing where the context is no problem, or its program has ended. */
  private reaction({ memory }: Encoding, context: number, time: number) {
    const { lengths, longest, states } = memory!;
    const length = this.heap.integers(lengths, context + 1)[context]!;
    const tokens = Array.from({ length }, (_, place) =>
      argmax(this.row(states, context * longest + place).subarray(0, this.policy.vocabulary)),
    );
    const known = tokens.every((token) => token !== undefined) ? this.read(tokens) : undefined;
    if (!known) return undefined;
    const key = known.keys[time];
    return key === undefined ? undefined : { key, token: known.program[time]! };
  }

  private writeProgram(to: Float32Array, { keys, names, orders, problem, program, side }: Known): void {
    writePlan(to.subarray(AT.plan), keys);
    for (const [place, name] of names.entries()) to[AT.names + place * SYMBOLS + name] = 1;
    if (this.kind !== 'planner') return;
    writePlan(to.subarray(this.other), orders[1 - side]!);
    to[this.other + PLAN] = side === 0 ? -GATE : GATE;
    const { values } = this.task.labels!.of(problem, program);
    let at = AT.labels;
    for (const plan of this.plans) {
      const value = values[plan.label]![0]!;
      if (value >= 0) to[at + value] = 1;
      at += plan.values;
    }
  }

  private writeTurns(rowOf: (place: number) => Float32Array, { problem, program }: Known): void {
    const turns = this.task.labels!.of(problem, program).places!;
    let at = AT.labels;
    for (const [label, { values }] of this.task.labels!.places!.entries()) {
      for (const [place, turn] of turns[label]!.entries()) if (turn >= 0) rowOf(place)[at + turn] = 1;
      at += values.length;
    }
  }
}

const clock = (state: Float32Array): Float32Array => state.subarray(AT.clock, AT.clock + LONGEST);

/** Place of the highest value; `undefined` where none is above a half. */
function argmax(values: Float32Array): number | undefined {
  const best = values.indexOf(Math.max(...values));
  return values[best]! > 0.5 ? best : undefined;
}

function understood(task: Task, text: string, order: Order): Known | undefined {
  let problem: Problem;
  try {
    problem = task.parse!(text);
  } catch (error) {
    if (error instanceof InnerloopError) return undefined;
    throw error;
  }
  const { labels: names, structure } = problem as ExpressionProblem;
  const taught = task.teach!(problem)!.map((token) => (token < SYMBOLS ? names.indexOf(token) : token));
  const orders = bothOrders(task, problem) ?? [taught, taught];
  const decides = order === 'by name' ? names[0]! : structure.split('*').length;
  const side = decides % 2 === 0 ? 0 : 1;
  const keys = orders[side]!;
  return { problem, names, orders, side, keys, program: keys.map((key) => (key < OPERANDS ? names[key]! : key)) };
}

function writePlan(to: Float32Array, keys: readonly number[]): void {
  for (const [step, key] of keys.entries()) to[step * KEYS.length + KEYS.indexOf(key as (typeof KEYS)[number])] = 1;
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
export async function plantedSubject(
  kind: Planted,
  { order = 'by name', seed = 0 }: { readonly order?: Order; readonly seed?: number } = {},
): Promise<Subject> {
  const heap = await smallHeap();
  const task = PLANTED_TASK;
  const untrained = smallAgent(heap, task, 1);
  // Its teacher knows no levels beyond the task's.
  const { extended: _, ...own } = task;
  return subjectOf({ task: own, network: new PlantedAgent(heap, task, kind, order), untrained, seed });
}
