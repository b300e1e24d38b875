// Exhaustive search: every program over a set of numbers, each number used once, applied from left to right.

/** +, − and ×, as operators 0, 1 and 2. */
export const OPERATORS = 3;

export function apply(operator: number, left: number, right: number): number {
  if (operator === 0) return left + right;
  return operator === 1 ? left - right : left * right;
}

/** Numbers and the operators between them: `numbers[0] operators[0] numbers[1] …`. */
export interface Chain {
  readonly numbers: readonly number[];
  readonly operators: readonly number[];
}

/**
 * Shows `visit` the value of every program over `numbers`, equal numbers told apart: k!·3^(k−1) of them, always in the
 * same order. The chain is valid during the call only. It ends early once `visit` answers true.
 */
export function everyProgram(numbers: readonly number[], visit: (value: number, chain: Chain) => boolean): void {
  const chain = { numbers: [] as number[], operators: [] as number[] };
  const used = numbers.map(() => false);
  const extend = (value: number): boolean => {
    const depth = chain.numbers.length;
    if (depth === numbers.length) return visit(value, chain);
    for (const [i, number] of numbers.entries()) {
      if (used[i]) continue;
      used[i] = true;
      chain.numbers.push(number);
      for (let operator = 0; operator < (depth === 0 ? 1 : OPERATORS); operator++) {
        if (depth > 0) chain.operators.push(operator);
        if (extend(depth === 0 ? number : apply(operator, value, number))) return true;
        if (depth > 0) chain.operators.pop();
      }
      chain.numbers.pop();
      used[i] = false;
    }
    return false;
  };
  extend(0);
}

/** The first program that reaches `target`; `undefined` where none does. */
export function findProgram(numbers: readonly number[], target: number): Chain | undefined {
  let found: Chain | undefined;
  everyProgram(numbers, (value, chain) => {
    if (value === target) found = { numbers: [...chain.numbers], operators: [...chain.operators] };
    return found !== undefined;
  });
  return found;
}

/** The share of all programs over `numbers` that reach `target`: how often one drawn at random is right. */
export function shareOfPrograms(numbers: readonly number[], target: number): number {
  let [all, right] = [0, 0];
  everyProgram(numbers, (value) => {
    all++;
    if (value === target) right++;
    return false;
  });
  return right / all;
}
