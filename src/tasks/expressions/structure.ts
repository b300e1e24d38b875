// A structure is an expression without its operands, as a string in prefix order: `+x*xx` is x + (x·x). The string is
// plain data, its own cache key, and what the split hashes. Here: counting, drawing and evaluating structures.

import { assert } from '../../core/assert.ts';
import type { Random } from '../../core/random.ts';

/** Highest number of operators. */
export const MOST_OPERATORS = 8;

/** Catalan numbers: binary trees with n inner nodes. */
const CATALAN: readonly number[] = [1, 1, 2, 5, 14, 42, 132, 429, 1430];

const OPERATORS = '+-*';

/** How many structures `n` operators make: Catalan(n)·3ⁿ. */
export function structureCount(n: number): number {
  let count = CATALAN[n]!;
  for (let i = 0; i < n; i++) count *= 3;
  return count;
}

/** How many operators `structure` has: 2n + 1 nodes in all. */
export const operatorCount = (structure: string): number => (structure.length - 1) / 2;

/** The structure of `rank`, 0 to `structureCount(n)` − 1: a one-to-one numbering. */
export function structureAt(n: number, rank: number): string {
  assert(rank >= 0 && rank < structureCount(n), `no structure of ${n} operators has the number ${rank}`);
  let choices = Math.floor(rank / CATALAN[n]!);
  const grow = (size: number, shape: number): string => {
    if (size === 0) return 'x';
    const operator = OPERATORS[choices % 3]!;
    choices = Math.floor(choices / 3);
    let left = 0;
    let rest = shape;
    for (;;) {
      const here = CATALAN[left]! * CATALAN[size - 1 - left]!;
      if (rest < here) break;
      rest -= here;
      left++;
    }
    const rights = CATALAN[size - 1 - left]!;
    const first = grow(left, Math.floor(rest / rights));
    return operator + first + grow(size - 1 - left, rest % rights);
  };
  return grow(n, rank % CATALAN[n]!);
}

/** The number of a structure drawn uniformly. */
export const drawRank = (n: number, random: Random): number => random.below(structureCount(n));

/** A largest prime below 2²⁶: products of two residues are exact in doubles. */
export const PRIME = 67108859;
const INVERSE = 1 / PRIME;

/** Character codes of the operators in a structure. */
export const [PLUS, MINUS, TIMES] = [43, 45, 42] as const;
const LEAF = 120;

/** `left` operator `right` modulo the prime. */
export function residue(operator: number, left: number, right: number): number {
  if (operator === TIMES) {
    const product = left * right;
    const rest = product - Math.floor(product * INVERSE) * PRIME;
    if (rest < 0) return rest + PRIME;
    return rest >= PRIME ? rest - PRIME : rest;
  }
  if (operator === PLUS) {
    const sum = left + right;
    return sum >= PRIME ? sum - PRIME : sum;
  }
  return left >= right ? left - right : left - right + PRIME;
}

/**
 * `left` operator `right` as whole numbers: exact, or NaN (equal to nothing) beyond 2⁵³, where only a program that
 * recalls a register again and again gets.
 */
export function whole(operator: number, left: number, right: number): number {
  const value = operator === TIMES ? left * right : operator === PLUS ? left + right : left - right;
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

/** How values combine: `residue` or `whole`. */
export type Arithmetic = (operator: number, left: number, right: number) => number;

/** Values on their way; as many as leaves at the most. */
let pile = new Float64Array(MOST_OPERATORS + 1);

/**
 * Values of the inner nodes of `structure`, the root's last, into `values` at `at`, `at + stride`, …
 * @param leaf the value of leaf i, counted from the left.
 * @returns the root's value.
 */
export function evaluate(
  structure: string,
  leaf: (index: number) => number,
  arithmetic: Arithmetic,
  values?: Float64Array,
  at = 0,
  stride = 1,
): number {
  if (structure.length > 2 * pile.length) pile = new Float64Array(structure.length);
  let height = 0;
  let next = operatorCount(structure); // the last leaf
  let write = at;
  for (let i = structure.length - 1; i >= 0; i--) {
    const code = structure.charCodeAt(i);
    if (code === LEAF) {
      pile[height++] = leaf(next--);
      continue;
    }
    const left = pile[--height]!;
    const value = arithmetic(code, left, pile[height - 1]!);
    pile[height - 1] = value;
    if (values) values[write] = value;
    write += stride;
  }
  return pile[0]!;
}
