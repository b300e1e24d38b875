// A problem of `expressions`: a structure, its operands, and hidden values to test programs with.

import type { Random, Words } from '../../core/random.ts';
import type { Problem } from '../task.ts';
import { operatorCount, PRIME } from './structure.ts';
import { type Operands, SYMBOLS } from './vocabulary.ts';

/** How many random assignments test an algebraic identity: a wrong one passes with probability below 1e-13. */
export const ASSIGNMENTS = 2;

export interface ExpressionProblem extends Problem {
  /** Prefix string, `x` for leaves. */
  readonly structure: string;
  /** Operand (0 to 9) of each leaf, from left to right. */
  readonly labels: readonly number[];
  /** [ASSIGNMENTS, leaves] residues modulo `PRIME`; leaves of equal label have equal ones. */
  readonly residues: readonly number[];
  /** Key of the machine's faults, so that they depend on nothing but the problem. */
  readonly chance: Words;
}

/** Labels for `leaves` leaves: in order, distinct and shuffled, or independent digits. */
function drawLabels(leaves: number, operands: Operands, random: Random): number[] {
  if (operands === 'slots') return Array.from({ length: leaves }, (_, leaf) => leaf);
  if (operands === 'digits') return Array.from({ length: leaves }, () => random.below(SYMBOLS));
  const pool = Array.from({ length: SYMBOLS }, (_, label) => label);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const from = leaf + random.below(SYMBOLS - leaf);
    const label = pool[from]!;
    pool[from] = pool[leaf]!;
    pool[leaf] = label;
  }
  return pool.slice(0, leaves);
}

/** The problem of `structure` with leaves `labels`, its hidden values drawn from `random`. */
export function problemOf(structure: string, labels: readonly number[], random: Random): ExpressionProblem {
  const residues: number[] = [];
  for (let assignment = 0; assignment < ASSIGNMENTS; assignment++) {
    const at = residues.length;
    for (const [leaf, label] of labels.entries()) {
      const first = labels.indexOf(label);
      residues.push(first < leaf ? residues[at + first]! : random.below(PRIME));
    }
  }
  const chance: Words = [random.bits(), random.bits()];
  return { level: operatorCount(structure) - 1, structure, labels, residues, chance };
}

/** The problem of `structure` with operands drawn at random. */
export function drawProblem(structure: string, operands: Operands, random: Random): ExpressionProblem {
  return problemOf(structure, drawLabels(operatorCount(structure) + 1, operands, random), random);
}
