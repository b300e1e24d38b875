import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { chainReaches } from './literalChain.ts';

/** All values of all chains, one by one. */
function everyValue(operands: readonly number[]): Set<number> {
  const values = new Set<number>();
  const extend = (value: number, left: readonly number[]): void => {
    values.add(value);
    for (const [i, operand] of left.entries()) {
      const rest = left.filter((_, other) => other !== i);
      for (const next of [value + operand, value - operand, value * operand]) extend(next, rest);
    }
  };
  for (const [i, operand] of operands.entries()) {
    extend(
      operand,
      operands.filter((_, other) => other !== i),
    );
  }
  return values;
}

test('chains reach what a count of all of them says, zeros and repeats included', () => {
  const random = Random.stream(0, 'task');
  for (let round = 0; round < 40; round++) {
    const operands = Array.from({ length: 1 + random.below(5) }, () => random.below(round < 20 ? 10 : 4));
    const values = everyValue(operands);
    for (let target = -60; target <= 120; target++) {
      expect(chainReaches(operands, target), `${operands} to ${target}`).toBe(values.has(target));
    }
  }
});

test('by hand: 8 * 8 - 7 * 9 needs memory for any digits, and 9 - 8 does for these', () => {
  expect(chainReaches([8, 8, 7, 9], 1)).toBe(true);
  // 2 · 2 + 2 = 6 and (2 + 2) · 2 = 8; nothing in between.
  expect(chainReaches([2, 2, 2], 7)).toBe(false);
});
