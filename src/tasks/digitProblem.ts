// What `tutorial` and `calculator` share: the 18 published tokens, the three levels and their problems in digits.

import { InnerloopError } from '../core/errors.ts';
import type { Level, Problem, Token } from './task.ts';

/** Ids of the tokens that are not digits (a digit is its own id). */
export const TOKEN = { CTX: 10, MUL: 11, ADD: 12, SUB: 13, ANS: 14, STO: 15, RCL: 16, EOS: 17 } as const;

/** The 18 tokens; `ANS` is punctuation here, so that the tools are what computes. */
export const DIGIT_VOCABULARY: readonly Token[] = [
  ...Array.from({ length: 10 }, (_, digit): Token => ({ symbol: String(digit), kind: 'operand' })),
  { symbol: '[CTX]', kind: 'control' },
  { symbol: '[MUL]', kind: 'tool' },
  { symbol: '[ADD]', kind: 'tool' },
  { symbol: '[SUB]', kind: 'tool' },
  { symbol: '[ANS]', kind: 'control' },
  { symbol: '[STO]', kind: 'tool' },
  { symbol: '[RCL]', kind: 'tool' },
  { symbol: '[EOS]', kind: 'control' },
];

export const DIGIT_LEVELS: readonly Level[] = [
  { name: 'add', goal: 'a·b + c' },
  { name: 'subtract', goal: '(a·b + c) − d' },
  { name: 'remember', goal: '(a·b + c) − (d·e)' },
];

/** Digits a, b, c, …: at least the `shownDigits(level)` that the context shows. */
export interface DigitProblem extends Problem {
  readonly digits: readonly number[];
}

/** How many digits a problem of `level` shows: 3, 4 or 5. */
export function shownDigits(level: number): number {
  return 3 + level;
}

/** The printed target: a·b + c, (a·b + c) − d or (a·b + c) − (d·e). */
export function printedTarget({ level, digits }: DigitProblem): number {
  const sum = digits[0]! * digits[1]! + digits[2]!;
  if (level === 0) return sum;
  return level === 1 ? sum - digits[3]! : sum - digits[3]! * digits[4]!;
}

/** The digits shown, then `[CTX]`. */
export function digitContext({ level, digits }: DigitProblem): number[] {
  return [...digits.slice(0, shownDigits(level)), TOKEN.CTX];
}

/** The `count` decimal digits of `code`, the most significant first. */
export function digitsOf(code: number, count: number): number[] {
  const digits = new Array<number>(count);
  let rest = code;
  for (let i = count - 1; i >= 0; i--) {
    digits[i] = rest % 10;
    rest = Math.floor(rest / 10);
  }
  return digits;
}

/** How many problems `level` has, by the digits it shows: 10³, 10⁴ or 10⁵. */
export const problemsOf = (level: number): number => 1000 * [1, 10, 100][level]!;

/** Every problem of `level` by the digits it shows, with zeros after them up to `count` digits. */
export function everyDigitProblem(level: number, count = shownDigits(level)): DigitProblem[] {
  const shown = shownDigits(level);
  const hidden = new Array<number>(count - shown).fill(0);
  return Array.from({ length: problemsOf(level) }, (_, code) => ({
    level,
    digits: [...digitsOf(code, shown), ...hidden],
  }));
}

/** `3·4 + 5 − 6·7 = -25` */
export function describeDigitProblem(problem: DigitProblem): string {
  const [a, b, c, d, e] = problem.digits;
  const tail = ['', ` − ${d}`, ` − ${d}·${e}`][problem.level];
  return `${a}·${b} + ${c}${tail} = ${printedTarget(problem)}`;
}

/**
 * Reads `3 4 5`: the digits shown, apart by spaces or commas; their number chooses the level.
 * @throws InnerloopError when they are not 3, 4 or 5 single digits, or not as many as `level` shows.
 */
export function parseDigitProblem(text: string, level?: number): DigitProblem {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const fits = words.every((word) => /^[0-9]$/.test(word));
  const expected =
    level === undefined
      ? '3, 4 or 5 digits from 0 to 9, as in "3 4 5"'
      : `the ${shownDigits(level)} digits that level '${DIGIT_LEVELS[level]!.name}' shows`;
  const levelOfText = words.length - 3;
  const known = level === undefined ? levelOfText >= 0 && levelOfText < DIGIT_LEVELS.length : levelOfText === level;
  if (fits && known) return { level: levelOfText, digits: words.map(Number) };
  const hint = level === undefined ? 'their number chooses the level' : 'or leave the level out: the digits choose it';
  throw new InnerloopError({ kind: 'invalid', what: 'problem', expected, received: `"${text}"`, hint });
}
