// What a program computes, as expressions instead of values: for people, and for hindsight.

import type { Tampering } from '../task.ts';
import type { ExpressionOptions } from './options.ts';
import { infix, infixText, operatorCharacter } from './print.ts';
import { evaluate, whole } from './structure.ts';
import { CELLS, KEY, SYMBOLS, VOCABULARY_SIZE, vocabulary } from './vocabulary.ts';

/** An expression on the calculator; `leaves` are the steps at which its operands were keyed in, from the left. */
export interface Traced {
  readonly structure: string;
  readonly leaves: readonly number[];
}

export interface Trace {
  readonly accumulator: Traced | undefined;
  /** Key of the operator that waits, or 0. */
  readonly pending: number;
  /** The stack from the bottom, or the registers. */
  readonly cells: readonly (Traced | undefined)[];
}

/** A key of an episode, and whether it acted: else it failed, or did nothing. */
export interface Press {
  readonly key: number;
  readonly acted: boolean;
}

/** Before which key of an episode its memory was tampered with, and how. */
export type Tamperings = readonly (Tampering | undefined)[];

/** What stands in a cell that was changed: a leaf that no step keyed in. */
const UNKNOWN: Traced = { structure: 'x', leaves: [-1] };

/** Follows the keys of `history` that acted. */
export function trace(history: readonly Press[], tamperings: Tamperings = []): Trace {
  let accumulator: Traced | undefined;
  let pending = 0;
  let cells: (Traced | undefined)[] = [];
  const tamper = (how: Tampering | undefined) => {
    if (how === 'empty') cells = [];
    if (how === 'change') cells = cells.map((cell) => cell && UNKNOWN);
  };
  const enter = (value: Traced) => {
    const operator = String.fromCharCode(operatorCharacter(pending));
    accumulator =
      accumulator === undefined
        ? value
        : {
            structure: operator + accumulator.structure + value.structure,
            leaves: [...accumulator.leaves, ...value.leaves],
          };
    pending = 0;
  };
  for (const [step, { key, acted }] of history.entries()) {
    tamper(tamperings[step]);
    if (!acted || key === KEY.ANS || key === KEY.THINK) continue;
    if (key < SYMBOLS) enter({ structure: 'x', leaves: [step] });
    else if (key <= KEY.MUL) pending = key;
    else if (key === KEY.RCL) enter(cells.pop()!);
    else if (key >= KEY.RCL0) enter(cells[key - KEY.RCL0]!);
    else {
      if (key === KEY.STO) cells.push(accumulator);
      else cells[key - KEY.STO0] = accumulator;
      accumulator = undefined;
    }
  }
  tamper(tamperings[history.length]);
  return { accumulator, pending, cells };
}

/** The state after `history` for people, `remaining` being the operands left. */
export function describeTrace(
  history: readonly Press[],
  remaining: readonly number[],
  { memory, operands }: Pick<ExpressionOptions, 'memory' | 'operands'>,
  tamperings?: Tamperings,
): readonly (readonly [label: string, value: string])[] {
  const unknown = VOCABULARY_SIZE;
  const names = { vocabulary: [...vocabulary(operands), { symbol: '?', kind: 'operand' as const }] };
  const { accumulator, pending, cells } = trace(history, tamperings);
  const show = (traced: Traced | undefined): string => {
    if (traced === undefined) return '–';
    const labels = traced.leaves.map((step) => history[step]?.key ?? unknown);
    const text = infixText(names, infix(traced.structure, labels));
    if (operands !== 'digits' || labels.length === 1 || labels.includes(unknown)) return text;
    const value = evaluate(traced.structure, (leaf) => labels[leaf]!, whole);
    return `${text} = ${Number.isNaN(value) ? 'beyond 2^53' : value}`;
  };
  const kept = memory === 'registers' ? Array.from({ length: CELLS }, (_, cell) => cells[cell]) : cells;
  return [
    ['accumulator', show(accumulator)],
    ['pending', pending === 0 ? '–' : names.vocabulary[pending]!.symbol],
    ...(memory === 'none' ? [] : [[memory, kept.length === 0 ? '–' : kept.map(show).join(' | ')] as const]),
    ['operands left', remaining.length === 0 ? '–' : infixText(names, remaining)],
  ];
}
