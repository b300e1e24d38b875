// What can be done without memory: by a chain from left to right, each operand once, that is algebraically equal.

import { shortestProgram } from './compile.ts';
import type { ExpressionProblem } from './problem.ts';
import { structureAt, structureCount } from './structure.ts';

/** Whether some chain from left to right computes `structure`. */
export const isMemoryless = (structure: string): boolean => shortestProgram(structure, 0) !== undefined;

/** Whether no program without `STO` and `RCL` is algebraically right. */
export const needsMemory = ({ structure }: Pick<ExpressionProblem, 'structure'>): boolean => !isMemoryless(structure);

/** The exact memoryless ceiling on `problems`: the share that needs no memory. */
export function memorylessCeiling(problems: readonly Pick<ExpressionProblem, 'structure'>[]): number {
  return problems.filter((problem) => !needsMemory(problem)).length / problems.length;
}

/** The exact memoryless ceiling over all structures of `n` operators; n = 7 takes seconds, n = 8 minutes. */
export function memorylessCeilingOf(n: number): number {
  const count = structureCount(n);
  let memoryless = 0;
  for (let rank = 0; rank < count; rank++) if (isMemoryless(structureAt(n, rank))) memoryless++;
  return memoryless / count;
}
