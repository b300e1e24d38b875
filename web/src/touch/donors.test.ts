// Donors: which problem's state can tell where a plan is, and whose program came of it.

import { expect, test } from 'vitest';
import { donorFor, followed } from './donors.ts';

const agent = {
  vocabulary: [
    ...['x0', 'x1', 'x2', 'x3'].map((symbol) => ({ symbol, kind: 'operand' as const })),
    ...['+', '*'].map((symbol) => ({ symbol, kind: 'tool' as const })),
    { symbol: 'ANS', kind: 'control' as const },
  ],
};
const written = (context: string, program: string) => ({ context: context.split(' '), program: program.split(' ') });
const host = written('x0 + x1 * x2', 'x1 * x2 + x0 ANS');
const candidate = (index: number, context: string, program: string) => ({
  problem: { level: 1, index },
  ...written(context, program),
});

test('a donor begins alike, by the places of operands, and its state is put there before their ways part', () => {
  const alike = candidate(0, 'x3 + x2 * x0', 'x2 * x0 + x3 ANS');
  const elsewhere = candidate(1, 'x3 * x2 + x0', 'x3 * x2 + x0 ANS');
  const later = candidate(2, 'x3 + x2 * x0', 'x2 * x3 + x0 ANS');
  expect(donorFor(agent, host, [alike])).toBeUndefined();
  expect(donorFor(agent, host, [])).toBeUndefined();
  expect(donorFor(agent, host, [alike, elsewhere])).toEqual({ problem: { level: 1, index: 1 }, step: 0 });
  expect(donorFor(agent, host, [elsewhere, later])).toEqual({ problem: { level: 1, index: 2 }, step: 1 });
  // A program that only ends earlier differs nowhere before its end.
  expect(donorFor(agent, host, [candidate(3, 'x0 + x1 * x2', 'x1 *')])).toBeUndefined();
});

test('what came of it follows the donor, itself or neither; of two that go on alike nothing is told', () => {
  const donor = written('x3 + x2 * x0', 'x2 * x3 + x0 ANS');
  const after = (program: string) => followed(agent, 2, written('x0 + x1 * x2', program), host, donor);
  expect(after('x1 * x0 + x2 ANS')).toBe('donor');
  expect(after('x1 * x2 + x0 ANS')).toBe('itself');
  expect(after('x1 * x0 ANS')).toBe('neither');
  expect(followed(agent, 3, host, host, written('x3 + x2 * x0', 'x2 + x0 + x3 ANS'))).toBe('alike');
});
