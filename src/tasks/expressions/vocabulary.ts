// The 26 tokens of `expressions`, whose ids are the same under every option, so that weights carry over; and one more
// where the agent may think.

import type { Token } from '../task.ts';
import { THINK } from '../thoughts.ts';

/** Ids of the tokens that are not operands (operand k, `xk` or the digit k, is token k). */
export const KEY = {
  ADD: 10,
  SUB: 11,
  MUL: 12,
  OPEN: 13,
  CLOSE: 14,
  ANS: 15,
  STO: 16,
  RCL: 17,
  /** `STO0`; the next two are `STO1` and `STO2`. */
  STO0: 18,
  /** `RCL0`; the next two are `RCL1` and `RCL2`. */
  RCL0: 21,
  START: 24,
  PAD: 25,
  /** Only where the agent may think. */
  THINK: 26,
} as const;

/** Without thoughts. */
export const VOCABULARY_SIZE = 26;

/** How many different operands there are. */
export const SYMBOLS = 10;

/** Slots of the stack, or registers. */
export const CELLS = 3;

/** What shows as an operand: labels x0…x9, or the digits themselves. */
export type Operands = 'slots' | 'shuffled' | 'digits';

const tool = (symbol: string): Token => ({ symbol, kind: 'tool' });
const control = (symbol: string): Token => ({ symbol, kind: 'control' });

/** The tokens with their symbols. @param think how often the agent may think. */
export function vocabulary(operands: Operands, think = 0): readonly Token[] {
  const letter = operands === 'digits' ? '' : 'x';
  return [
    ...Array.from({ length: SYMBOLS }, (_, k): Token => ({ symbol: `${letter}${k}`, kind: 'operand' })),
    ...['+', '-', '*'].map(tool),
    ...['(', ')', 'ANS'].map(control),
    ...['STO', 'RCL', 'STO0', 'STO1', 'STO2', 'RCL0', 'RCL1', 'RCL2'].map(tool),
    ...['[GO]', '[PAD]'].map(control),
    ...(think > 0 ? [THINK] : []),
  ];
}
