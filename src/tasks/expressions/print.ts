// The infix tokens of an expression, with the fewest parentheses from which its tree can be read back.

import type { Task } from '../task.ts';
import { symbols } from '../task.ts';
import { MINUS, PLUS, TIMES } from './structure.ts';
import { KEY } from './vocabulary.ts';

/** The token of an operator's character. */
export function operatorKey(code: number): number {
  if (code === PLUS) return KEY.ADD;
  return code === MINUS ? KEY.SUB : KEY.MUL;
}

/** The character of an operator's key. */
export function operatorCharacter(key: number): number {
  if (key === KEY.ADD) return PLUS;
  return key === KEY.SUB ? MINUS : TIMES;
}

const bindsTighter = (code: number): boolean => code === TIMES;
const isOperator = (code: number): boolean => code === PLUS || code === MINUS || code === TIMES;

/** Longest context of `n` operators: every inner node but the root in parentheses. */
export const contextLength = (n: number): number => 4 * n - 1;

/**
 * Tokens of the expression of `structure` whose leaves are `labels` from left to right: a left operand of lower
 * precedence and any right operator of lower or equal precedence stand in parentheses.
 */
export function infix(structure: string, labels: readonly number[]): number[] {
  const tokens: number[] = [];
  let at = 0;
  let leaf = 0;
  const enclosed = (inside: boolean): void => {
    if (inside) tokens.push(KEY.OPEN);
    print();
    if (inside) tokens.push(KEY.CLOSE);
  };
  const print = (): void => {
    const code = structure.charCodeAt(at++);
    if (!isOperator(code)) {
      tokens.push(labels[leaf++]!);
      return;
    }
    const left = structure.charCodeAt(at);
    enclosed(isOperator(left) && bindsTighter(code) && !bindsTighter(left));
    tokens.push(operatorKey(code));
    const right = structure.charCodeAt(at);
    enclosed(isOperator(right) && (bindsTighter(code) || !bindsTighter(right)));
  };
  print();
  return tokens;
}

/** The tokens as people write them: `x1 * (x0 - x2)`. */
export function infixText(task: Pick<Task, 'vocabulary'>, tokens: readonly number[]): string {
  return symbols(task as Task, tokens)
    .join(' ')
    .replaceAll('( ', '(')
    .replaceAll(' )', ')');
}
