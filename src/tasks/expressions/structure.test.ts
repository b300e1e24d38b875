import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { parseExpression } from './parse.ts';
import { contextLength, infix, infixText } from './print.ts';
import { evaluate, PRIME, residue, structureAt, structureCount, whole } from './structure.ts';
import { vocabulary } from './vocabulary.ts';

const every = (n: number) => Array.from({ length: structureCount(n) }, (_, rank) => structureAt(n, rank));
const LABELS = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const write = (structure: string) => infixText({ vocabulary: vocabulary('slots') }, infix(structure, LABELS));

test('structures are Catalan(n)·3ⁿ, each once', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(structureCount)).toEqual([3, 18, 135, 1134, 10206, 96228, 938223, 9382230]);
  expect(every(1)).toEqual(['+xx', '-xx', '*xx']);
  for (const n of [2, 3, 4, 5]) expect(new Set(every(n)).size).toBe(structureCount(n));
  expect(() => structureAt(2, 18)).toThrow('no structure of 2 operators has the number 18');
});

test('the printed expression has the parentheses that the tree needs, and no others', () => {
  const printed: Readonly<Record<string, string>> = {
    '+x*xx': 'x0 + x1 * x2',
    '*x+xx': 'x0 * (x1 + x2)',
    '*+xxx': '(x0 + x1) * x2',
    '+x+xx': 'x0 + (x1 + x2)',
    '++xxx': 'x0 + x1 + x2',
    '-x-xx': 'x0 - (x1 - x2)',
    '--xxx': 'x0 - x1 - x2',
    '*x*xx': 'x0 * (x1 * x2)',
    '+*xx*xx': 'x0 * x1 + x2 * x3',
    '*-xx+xx': '(x0 - x1) * (x2 + x3)',
  };
  for (const [structure, text] of Object.entries(printed)) expect(write(structure)).toBe(text);
});

test('every expression up to five operators is read back as the tree that was printed', () => {
  for (const n of [1, 2, 3, 4, 5]) {
    let longest = 0;
    for (const structure of every(n)) {
      expect(parseExpression(write(structure), 'slots').structure).toBe(structure);
      longest = Math.max(longest, infix(structure, LABELS).length);
    }
    expect(longest).toBe(contextLength(n));
  }
});

test('residues are exact, at the edges of the field too', () => {
  const random = Random.stream(0, 'task');
  const edge = [0, 1, 2, PRIME - 2, PRIME - 1];
  const values = [...edge, ...Array.from({ length: 40 }, () => random.below(PRIME))];
  for (const a of values) {
    for (const b of values) {
      const exact = { '+': BigInt(a) + BigInt(b), '-': BigInt(a) - BigInt(b), '*': BigInt(a) * BigInt(b) };
      for (const [operator, value] of Object.entries(exact)) {
        const p = BigInt(PRIME);
        expect(residue(operator.charCodeAt(0), a, b)).toBe(Number(((value % p) + p) % p));
      }
    }
  }
});

test('nodes are evaluated from the right, the root last; beyond 2^53 nothing is equal', () => {
  const values = new Float64Array(3);
  // (5 − 2)·(3 + 4): nodes 3 + 4, 5 − 2 and 21
  expect(evaluate('*-xx+xx', (leaf) => [5, 2, 3, 4][leaf]!, whole, values)).toBe(21);
  expect(Array.from(values)).toEqual([7, 3, 21]);
  expect(whole(42, 9007199254740991, 2)).toBeNaN();
  const tower = `${'*'.repeat(40)}${'x'.repeat(41)}`;
  expect(evaluate(tower, () => 1, whole)).toBe(1);
  expect(evaluate(`${'+x'.repeat(40)}x`, () => 1, whole)).toBe(41);
});
