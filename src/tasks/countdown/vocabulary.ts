// The tokens of `countdown`. Their ids are the same under every option, so that weights carry over.

import type { Token } from '../task.ts';
import { OPERATORS } from './search.ts';

/** The number n from 1 to 12 is token n − 1. */
export const NUMBERS = 12;

/** Ids of the tokens that are not numbers. */
export const TOKEN = {
  /** Operators 0, 1 and 2: +, − and ×. */
  ADD: 12,
  START: 15,
  PAD: 16,
  /** The first of three, ten and ten: the target's hundreds, tens and units. */
  HUNDREDS: 17,
  TENS: 20,
  UNITS: 30,
} as const;

export const VOCABULARY_SIZE = 40;

const digits = (count: number, write: (digit: number) => string): Token[] =>
  Array.from({ length: count }, (_, digit) => ({ symbol: write(digit), kind: 'control' }));

export const VOCABULARY: readonly Token[] = [
  ...Array.from({ length: NUMBERS }, (_, i): Token => ({ symbol: String(i + 1), kind: 'operand' })),
  ...['+', '-', '*'].map((symbol): Token => ({ symbol, kind: 'tool' })),
  ...['[GO]', '[PAD]'].map((symbol): Token => ({ symbol, kind: 'control' })),
  ...digits(3, (digit) => `${digit}··`),
  ...digits(10, (digit) => `·${digit}·`),
  ...digits(10, (digit) => `··${digit}`),
];

export const numberToken = (number: number): number => number - 1;

/** The operator 0, 1 or 2 of a token; another integer where it is none. */
export const operatorOf = (token: number): number => token - TOKEN.ADD;

export const isOperator = (token: number): boolean => token >= TOKEN.ADD && token < TOKEN.ADD + OPERATORS;

/** The tokens of a program, alternating. */
export function programTokens(numbers: readonly number[], operators: readonly number[]): number[] {
  return numbers.flatMap((number, i) =>
    i === 0 ? [numberToken(number)] : [TOKEN.ADD + operators[i - 1]!, numberToken(number)],
  );
}

/** The three tokens of a target below 300. */
export const targetTokens = (target: number): number[] => [
  TOKEN.HUNDREDS + Math.floor(target / 100),
  TOKEN.TENS + (Math.floor(target / 10) % 10),
  TOKEN.UNITS + (target % 10),
];
