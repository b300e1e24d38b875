// What the keys do: the state of a batch of pocket calculators, in typed columns, and their rules. Immediate execution:
// an operand is applied as it is keyed in. Every rule reads and writes one lane, so that an outcome has no company.

import { assert } from '../../core/assert.ts';
import type { Tampering } from '../task.ts';
import type { ExpressionOptions } from './options.ts';
import { operatorCharacter } from './print.ts';
import { ASSIGNMENTS, type ExpressionProblem } from './problem.ts';
import { evaluate, MOST_OPERATORS, residue, whole } from './structure.ts';
import { CELLS, KEY, SYMBOLS, VOCABULARY_SIZE } from './vocabulary.ts';

const { ADD, MUL, ANS, STO, RCL, STO0, RCL0 } = KEY;

/** Whether `key` brings a value in: an operand or a recall. */
export const isEntry = (key: number): boolean => key < SYMBOLS || key === RCL || (key >= RCL0 && key < RCL0 + CELLS);

/** Calculators for `lanes` problems. */
export function calculators(lanes: number, options: ExpressionOptions) {
  const digits = options.operands === 'digits';
  const stack = options.memory === 'stack';
  const registers = options.memory === 'registers';
  /** Values carried along: in `digits` the literal one, and one for each random assignment. */
  const width = digits ? 1 + ASSIGNMENTS : ASSIGNMENTS;
  /** The first values are those that decide: the literal one, or all. */
  const deciding = digits ? 1 : ASSIGNMENTS;

  const operators = new Uint8Array(lanes);
  const held = new Uint8Array(lanes);
  /** The operator's key, or 0. */
  const pending = new Uint8Array(lanes);
  /** Stack: how many cells are filled. Registers: a bit for each. */
  const filled = new Uint8Array(lanes);
  /** Operands still to be entered. */
  const left = new Uint8Array(lanes);
  /** A bit for each inner node whose value the accumulator has held. */
  const found = new Uint8Array(lanes);
  const available = new Uint8Array(lanes * SYMBOLS);
  const accumulator = new Float64Array(lanes * width);
  const cells = new Float64Array(lanes * CELLS * width);
  const operand = new Float64Array(lanes * SYMBOLS * width);
  const nodes = new Float64Array(lanes * MOST_OPERATORS * width);

  function put(lane: number, { structure, labels, residues }: ExpressionProblem): void {
    const leaves = labels.length;
    assert(leaves <= options.operators + 1, `a problem of ${leaves - 1} operators is above this task's levels`);
    operators[lane] = leaves - 1;
    left[lane] = leaves;
    held[lane] = 0;
    pending[lane] = 0;
    filled[lane] = 0;
    found[lane] = 0;
    for (let symbol = lane * SYMBOLS; symbol < (lane + 1) * SYMBOLS; symbol++) available[symbol] = 0;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const symbol = lane * SYMBOLS + labels[leaf]!;
      available[symbol]!++;
      if (digits) operand[symbol * width] = labels[leaf]!;
      for (let a = 0; a < ASSIGNMENTS; a++) {
        operand[symbol * width + width - ASSIGNMENTS + a] = residues[a * leaves + leaf]!;
      }
    }
    for (let v = 0; v < width; v++) {
      const leaf = (index: number) => operand[(lane * SYMBOLS + labels[index]!) * width + v]!;
      evaluate(structure, leaf, digits && v === 0 ? whole : residue, nodes, lane * MOST_OPERATORS * width + v, width);
    }
  }

  /** Whether an operand may come: nothing is held, or an operator waits. */
  const expects = (lane: number): boolean => held[lane] === 0 || pending[lane] !== 0;

  /** Whether `key` acts, were it to work. */
  function legal(lane: number, key: number): boolean {
    if (isEntry(key)) {
      if (!expects(lane)) return false;
      if (key < SYMBOLS) return available[lane * SYMBOLS + key] !== 0;
      if (key === RCL) return stack && filled[lane] !== 0;
      return registers && ((filled[lane]! >> (key - RCL0)) & 1) === 1;
    }
    if (expects(lane)) return false;
    if (key >= ADD && key <= MUL) return left[lane] !== 0 || filled[lane] !== 0;
    if (key === STO) return stack && filled[lane]! < CELLS;
    return key === ANS || (registers && key >= STO0 && key < STO0 + CELLS);
  }

  /** Writes which keys are legal into 26 bytes from `at`. */
  function writeLegal(lane: number, mask: Uint8Array, at: number): void {
    const open = expects(lane) ? 1 : 0;
    const shut = 1 - open;
    const full = filled[lane]!;
    const from = lane * SYMBOLS;
    for (let k = 0; k < SYMBOLS; k++) mask[at + k] = available[from + k] !== 0 ? open : 0;
    const more = left[lane] !== 0 || full !== 0 ? shut : 0;
    for (let k: number = ADD; k <= MUL; k++) mask[at + k] = more;
    for (let k = MUL + 1; k < VOCABULARY_SIZE; k++) mask[at + k] = 0;
    mask[at + ANS] = shut;
    if (stack) {
      mask[at + STO] = full < CELLS ? shut : 0;
      mask[at + RCL] = full !== 0 ? open : 0;
    }
    if (!registers) return;
    for (let k = 0; k < CELLS; k++) {
      mask[at + STO0 + k] = shut;
      mask[at + RCL0 + k] = (full >> k) & open;
    }
  }

  /** Loads a value, or applies what is pending to it, and marks the nodes that the result is the value of. */
  function enter(lane: number, from: Float64Array, at: number): void {
    const into = lane * width;
    const key = pending[lane]!;
    if (key === 0) {
      for (let v = 0; v < width; v++) accumulator[into + v] = from[at + v]!;
      held[lane] = 1;
      return;
    }
    const operator = operatorCharacter(key);
    const first = digits ? whole : residue;
    accumulator[into] = first(operator, accumulator[into]!, from[at]!);
    for (let v = 1; v < width; v++) accumulator[into + v] = residue(operator, accumulator[into + v]!, from[at + v]!);
    pending[lane] = 0;
    for (let node = 0; node < operators[lane]!; node++) if (equals(lane, node, 0, deciding)) found[lane]! |= 1 << node;
  }

  /** Whether values `first` to `last` − 1 of the accumulator are those of `node`. */
  function equals(lane: number, node: number, first: number, last: number): boolean {
    const at = (lane * MOST_OPERATORS + node) * width;
    for (let v = first; v < last; v++) if (accumulator[lane * width + v] !== nodes[at + v]) return false;
    return true;
  }

  function store(lane: number, cell: number): void {
    const at = (lane * CELLS + cell) * width;
    for (let v = 0; v < width; v++) cells[at + v] = accumulator[lane * width + v]!;
    held[lane] = 0;
  }

  /** Presses a legal key other than `ANS`. */
  function press(lane: number, key: number): void {
    if (key < SYMBOLS) {
      enter(lane, operand, (lane * SYMBOLS + key) * width);
      available[lane * SYMBOLS + key]!--;
      left[lane]!--;
    } else if (key <= MUL) pending[lane] = key;
    else if (key === STO) store(lane, filled[lane]!++);
    else if (key === RCL) enter(lane, cells, (lane * CELLS + --filled[lane]!) * width);
    else if (key >= RCL0) enter(lane, cells, (lane * CELLS + key - RCL0) * width);
    else {
      store(lane, key - STO0);
      filled[lane]! |= 1 << (key - STO0);
    }
  }

  function tamper(lane: number, how: Tampering): void {
    if (how === 'empty') filled[lane] = 0;
    else for (let at = lane * CELLS * width; at < (lane + 1) * CELLS * width; at++) cells[at]! += 1;
  }

  const root = (lane: number): number => operators[lane]! - 1;

  return {
    columns: [operators, held, pending, filled, left, found, available, accumulator, cells, operand, nodes],
    put,
    legal,
    writeLegal,
    press,
    tamper,
    /** Operators of the lane's problem. */
    operators: (lane: number): number => operators[lane]!,
    /** Whether the accumulator has the value asked for. */
    right: (lane: number): boolean => equals(lane, root(lane), 0, deciding),
    /** Whether it has it for every assignment of operands. */
    algebraic: (lane: number): boolean => equals(lane, root(lane), width - ASSIGNMENTS, width),
    /** Share of the inner nodes whose value the accumulator has held. */
    share(lane: number): number {
      let count = 0;
      for (let bits = found[lane]!; bits !== 0; bits &= bits - 1) count++;
      return count / operators[lane]!;
    },
    /** Value held, operator pending, cells filled. */
    observe(lane: number, to: Int32Array, at: number): void {
      const full = filled[lane]!;
      to[at] = held[lane]!;
      to[at + 1] = pending[lane] === 0 ? 0 : pending[lane]! - ADD + 1;
      to[at + 2] = registers ? (full & 1) + ((full >> 1) & 1) + (full >> 2) : full;
    },
    /** Operand tokens still to be entered, repeats included. */
    remaining: (lane: number): number[] =>
      Array.from({ length: SYMBOLS }, (_, k) => new Array<number>(available[lane * SYMBOLS + k]!).fill(k)).flat(),
  };
}
