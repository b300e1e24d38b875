// Reads a person's own expression: `x1*(x0-x2)`, or with digits `(3*4+5)-(6*7)`.

import { InnerloopError } from '../../core/errors.ts';
import type { Operands } from './vocabulary.ts';

/** What was read; redundant parentheses are gone. */
export interface Parsed {
  readonly structure: string;
  readonly labels: readonly number[];
}

/** Longest text, in characters: enough for any expression of this task with room for parentheses. */
const LONGEST_TEXT = 400;

/** What people and word processors write for the operators. */
const OPERATOR: Readonly<Record<string, string>> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '–': '-',
  '*': '*',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '∙': '*',
};

const PARTS = /\s+|x[0-9]+|[0-9]+|./gu;

interface Part {
  readonly text: string;
  /** Counted from 1. */
  readonly position: number;
}

/** What operands look like, for sentences. */
const example = (operands: Operands): string => (operands === 'digits' ? 'a digit from 0 to 9' : 'an operand x0 to x9');

/** @throws InnerloopError that says where, what was expected and what was found. */
export function parseExpression(text: string, operands: Operands): Parsed {
  const refuse = (expected: string, received: string, hint?: string): never => {
    throw new InnerloopError({ kind: 'invalid', what: 'expression', expected, received, ...(hint && { hint }) });
  };
  if (text.length > LONGEST_TEXT) refuse(`at most ${LONGEST_TEXT} characters`, `${text.length}`);
  const parts = Array.from(
    text.matchAll(PARTS),
    (match): Part => ({ text: match[0], position: match.index + 1 }),
  ).filter((part) => part.text.trim() !== '');
  let next = 0;
  const labels: number[] = [];
  const found = (part: Part | undefined): string =>
    part ? `'${part.text}' at character ${part.position} of "${text}"` : `the end of "${text}"`;

  const operand = (part: Part | undefined): string => {
    const expected = `${example(operands)} or '('`;
    if (part === undefined || !/^(x[0-9]+|[0-9]+)$/.test(part.text)) return refuse(expected, found(part));
    const digit = part.text[0] !== 'x';
    if (digit !== (operands === 'digits')) {
      return refuse(expected, found(part), `option operands of this task is '${operands}'`);
    }
    const name = digit ? part.text : part.text.slice(1);
    if (name.length !== 1) refuse(expected, found(part), 'there are ten operands, of one digit each');
    const label = Number(name);
    if (operands !== 'digits' && labels.includes(label)) refuse('each operand once', `a second ${found(part)}`);
    if (operands === 'slots' && label !== labels.length) {
      refuse(`x${labels.length}`, found(part), "with option operands 'slots' they stand in order: x0, x1, …");
    }
    labels.push(label);
    return 'x';
  };

  const factor = (): string => {
    const part = parts[next++];
    if (part?.text !== '(') return operand(part);
    const inside = sum();
    const close = parts[next++];
    return close?.text === ')' ? inside : refuse("an operator or ')'", found(close));
  };

  /** Operands of `operators`, applied from left to right. */
  const chain = (operators: string, part: () => string): string => {
    let left = part();
    for (;;) {
      const operator = OPERATOR[parts[next]?.text ?? ''];
      if (operator === undefined || !operators.includes(operator)) return left;
      next++;
      left = operator + left + part();
    }
  };
  const product = (): string => chain('*', factor);
  const sum = (): string => chain('+-', product);

  const structure = sum();
  if (next < parts.length) refuse('an operator or the end', found(parts[next]));
  return { structure, labels };
}
