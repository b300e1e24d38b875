// Whether literal digits can be brought to a value by a chain from left to right, each at most once: forwards from the
// first operand and backwards from the value, which meet in the middle.

import { MINUS, PLUS, TIMES, whole } from './structure.ts';

/** By subset of the operands, as bits: values that chains of exactly these can have. */
type Values = Map<number, Set<number>>;

/** Subsets with one operand more. @param next answers what becomes of a value with an operand more. */
function grow(values: Values, operands: readonly number[], next: (value: number, operand: number) => number[]): Values {
  const grown: Values = new Map();
  for (const [subset, of] of values) {
    for (const [i, operand] of operands.entries()) {
      if ((subset >> i) & 1) continue;
      const into = grown.get(subset | (1 << i)) ?? new Set<number>();
      grown.set(subset | (1 << i), into);
      for (const value of of) for (const result of next(value, operand)) into.add(result);
    }
  }
  return grown;
}

const after = (value: number, operand: number): number[] =>
  [PLUS, MINUS, TIMES].map((operator) => whole(operator, value, operand));

/** What must stand before `operand` to make `value`. After a factor 0 the chain might as well begin: it is left out. */
function before(value: number, operand: number): number[] {
  const values = [value - operand, value + operand];
  if (operand !== 0 && value % operand === 0) values.push(value / operand);
  return values;
}

function meet(reached: Values, wanted: Values): boolean {
  for (const [left, values] of reached) {
    for (const [right, targets] of wanted) {
      if ((left & right) !== 0) continue;
      const [small, large] = values.size <= targets.size ? [values, targets] : [targets, values];
      for (const value of small) if (large.has(value)) return true;
    }
  }
  return false;
}

const sizeOf = (values: Values): number => Array.from(values.values(), ({ size }) => size).reduce((a, b) => a + b, 0);

/** Whether some chain of some of `operands` has the value `target`. */
export function chainReaches(operands: readonly number[], target: number): boolean {
  let reached: Values = new Map(operands.map((operand, i) => [1 << i, new Set([operand])]));
  let wanted: Values = new Map([[0, new Set([target])]]);
  for (let length = 1; !meet(reached, wanted); length++) {
    if (length === operands.length) return false;
    // Both sides together come to chains of `length` + 1; the smaller side grows.
    if (sizeOf(reached) <= sizeOf(wanted)) reached = grow(reached, operands, after);
    else wanted = grow(wanted, operands, before);
  }
  return true;
}
