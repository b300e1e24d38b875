// Whether any program can still be right, for expressions, exactly: as every operand stands once, whatever a right
// program computes on its way is a part of the normal form (some terms of a sum, some factors of a product) or the
// negative of one. What is none of these can never be used, so that few ways are left to search.

import type { ExpressionMachine } from '../../tasks/expressions/machine.ts';
import { type Form, normalForm } from '../../tasks/expressions/normalForm.ts';
import { tokenLimit } from '../../tasks/expressions/options.ts';
import { operatorCharacter } from '../../tasks/expressions/print.ts';
import type { ExpressionProblem } from '../../tasks/expressions/problem.ts';
import { operatorCount, PLUS, PRIME, residue, TIMES } from '../../tasks/expressions/structure.ts';
import { CELLS, KEY, SYMBOLS } from '../../tasks/expressions/vocabulary.ts';
import { stepOutput, type Task } from '../../tasks/task.ts';
import { acting } from '../../tasks/thoughts.ts';
import type { Reach, SearchOptions } from './search.ts';

/** Two residues as one number: exact, and a chance equality is out of the question. */
const BASE = 0x4000000;
const join = (first: number, second: number): number => first * BASE + second;
const combined = (operator: number, a: number, b: number): number =>
  join(residue(operator, Math.floor(a / BASE), Math.floor(b / BASE)), residue(operator, a % BASE, b % BASE));
const negative = (a: number): number => {
  const [first, second] = [Math.floor(a / BASE), a % BASE];
  return join(first === 0 ? 0 : PRIME - first, second === 0 ? 0 : PRIME - second);
};

/** Between two operands; whoever holds nothing waits for one. */
interface State {
  readonly accumulator: number | undefined;
  /** The stack, from the bottom. */
  readonly cells: readonly number[];
  /** A bit for each leaf that is still to be keyed in. */
  readonly left: number;
}

/**
 * As `searchReach`, for tasks whose operands are variables and whose memory is a stack, or none; `undefined` for others.
 * States that are looked at count towards the budget.
 */
export function expressionReach(
  task: Task,
  { banned = new Set(), budget = 50_000 }: SearchOptions = {},
): Reach | undefined {
  const cells = cellsOf(task);
  if (cells === undefined) return undefined;
  const operators = [KEY.ADD, KEY.SUB, KEY.MUL].filter((key) => !banned.has(key));
  const [keeps, recalls] = [!banned.has(KEY.STO), !banned.has(KEY.RCL)];
  const machine = task.machine(1) as ExpressionMachine;
  const out = stepOutput(task, 1);
  return (given, prefix) => {
    const problem = given as ExpressionProblem;
    machine.reset([problem], out);
    for (const token of prefix) {
      if (out.discount[0] === 0 || out.legal[token] !== 1) return undefined;
      machine.step(LANE, Int32Array.of(token), out);
    }
    if (out.discount[0] === 0) return machine.solved(0);
    const parts = partsOf(problem);
    const target = parts.whole;
    /** By state the most tokens that were not enough. */
    const failed = new Map<string, number>();
    let looked = 0;

    const entries = ({ cells: kept, left }: State, apply: (value: number) => number, tokens: number): Outcome => {
      let gaveUp = false;
      const tried = (accumulator: number, next: Omit<State, 'accumulator'>): boolean => {
        if (!parts.known.has(accumulator)) return false;
        const found = solve({ accumulator, ...next }, tokens - 1);
        if (found === undefined) gaveUp = true;
        return found === true;
      };
      if (recalls && kept.length > 0 && tried(apply(kept.at(-1)!), { cells: kept.slice(0, -1), left })) return true;
      for (let leaf = 0; leaf < parts.leaves.length; leaf++) {
        if (((left >> leaf) & 1) === 0) continue;
        if (tried(apply(parts.leaves[leaf]!), { cells: kept, left: left & ~(1 << leaf) })) return true;
      }
      return gaveUp ? undefined : false;
    };

    /** With a value held and nothing pending. */
    const solve = (state: State, tokens: number): Outcome => {
      const held = state.accumulator!;
      if (tokens < 1) return false;
      if (held === target) return true;
      const key = `${held} ${state.left} ${state.cells}`;
      if ((failed.get(key) ?? 0) >= tokens) return false;
      if (++looked > budget) return undefined;
      for (const operator of operators) {
        const found = entries(state, (value) => combined(operatorCharacter(operator), held, value), tokens - 1);
        if (found !== false) return found;
      }
      if (keeps && recalls && state.left !== 0 && state.cells.length < cells) {
        // To recall at once would undo it.
        const found = load({ accumulator: undefined, cells: [...state.cells, held], left: state.left }, tokens - 1);
        if (found !== false) return found;
      }
      failed.set(key, tokens);
      return false;
    };

    /** With nothing held: an operand begins anew. */
    const load = ({ cells: kept, left }: State, tokens: number): Outcome => {
      for (let leaf = 0; leaf < parts.leaves.length; leaf++) {
        if (((left >> leaf) & 1) === 0) continue;
        const found = solve({ accumulator: parts.leaves[leaf]!, cells: kept, left: left & ~(1 << leaf) }, tokens - 1);
        if (found !== false) return found;
      }
      return false;
    };

    const now = after(machine, problem, parts.leaves);
    const tokens = tokenLimit(operatorCount(problem.structure)) - acting(task, prefix).length;
    // What was kept and is no part of the answer is lost with its operands.
    if (now.state.cells.some((value) => !parts.known.has(value))) return false;
    const { accumulator } = now.state;
    if (accumulator !== undefined && !parts.known.has(accumulator)) return false;
    if (now.pending !== 0)
      return entries(now.state, (value) => combined(operatorCharacter(now.pending), accumulator!, value), tokens);
    if (accumulator !== undefined) return solve(now.state, tokens);
    const loaded = load(now.state, tokens);
    const kept = now.state.cells;
    if (loaded === true || kept.length === 0 || !recalls) return loaded;
    const undone = solve({ accumulator: kept.at(-1)!, cells: kept.slice(0, -1), left: now.state.left }, tokens - 1);
    return undone === true ? true : loaded === undefined ? undefined : undone;
  };
}

type Outcome = boolean | undefined;

const LANE = Int32Array.of(0);

/** Places to keep values; `undefined` where the search would not be exact. */
function cellsOf(task: Task): number | undefined {
  // Digits may come out right by chance; keys that fail, or do nothing, are not told by a mask.
  if (task.name !== 'expressions' || task.vocabulary[0]!.symbol !== 'x0' || !task.masked) return undefined;
  const machine = task.machine(1);
  machine.reset([task.parse!(task.example!)], stepOutput(task, 1));
  const labels = machine.describe(0).map(([label]) => label);
  if (labels.includes('registers')) return undefined;
  return labels.includes('stack') ? CELLS : 0;
}

interface Parts {
  /** Values of the leaves, from the left. */
  readonly leaves: readonly number[];
  readonly whole: number;
  /** Values of all parts of the normal form, and their negatives. */
  readonly known: ReadonlySet<number>;
}

function partsOf({ labels, residues, structure }: ExpressionProblem): Parts {
  const leaves = labels.map((_, leaf) => join(residues[leaf]!, residues[labels.length + leaf]!));
  const known = new Set<number>();
  const note = (value: number) => {
    known.add(value);
    known.add(negative(value));
    return value;
  };
  /** Notes what any of `values` come to together. @returns what all do. */
  const together = (operator: number, values: readonly number[]): number => {
    let some: number[] = [];
    for (const value of values) some = [...some, value, ...some.map((other) => combined(operator, other, value))];
    for (const value of some) note(value);
    return values.reduce((a, b) => combined(operator, a, b));
  };
  const visit = (form: Form): number => {
    switch (form.kind) {
      case 'leaf':
        return note(leaves[form.leaf]!);
      case 'sum':
        return together(
          PLUS,
          form.terms.map(({ form: term, sign }) => (sign === 1 ? visit(term) : negative(visit(term)))),
        );
      case 'product':
        return together(TIMES, form.factors.map(visit));
      default:
        return form satisfies never;
    }
  };
  const whole = visit(normalForm(structure));
  return { leaves, whole, known };
}

/** What the keys that acted have come to. */
function after(machine: ExpressionMachine, { labels }: ExpressionProblem, leaves: readonly number[]) {
  let accumulator: number | undefined;
  let pending = 0;
  let left = (1 << leaves.length) - 1;
  const cells: number[] = [];
  const enter = (value: number) => {
    accumulator = pending === 0 ? value : combined(operatorCharacter(pending), accumulator!, value);
    pending = 0;
  };
  for (const { acted, key } of machine.history(0)) {
    if (!acted) continue;
    if (key < SYMBOLS) {
      const leaf = labels.indexOf(key);
      enter(leaves[leaf]!);
      left &= ~(1 << leaf);
    } else if (key <= KEY.MUL) pending = key;
    else if (key === KEY.RCL) enter(cells.pop()!);
    else if (key === KEY.STO) {
      cells.push(accumulator!);
      accumulator = undefined;
    }
  }
  return { state: { accumulator, cells, left }, pending };
}
