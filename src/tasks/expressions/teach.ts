// The shortest program of a problem in its own operands: for imitation, and to compare lengths with.

import { breaks } from '../faults.ts';
import { shortestProgram } from './compile.ts';
import { type ExpressionOptions, tokenLimit } from './options.ts';
import type { ExpressionProblem } from './problem.ts';
import { operatorCount } from './structure.ts';
import { CELLS, KEY } from './vocabulary.ts';

/** The shortest length of a right program for `problem` where no key fails; `undefined` where there is none. */
export const shortestLength = (
  { structure }: Pick<ExpressionProblem, 'structure'>,
  memory: ExpressionOptions['memory'],
): number | undefined => shortestProgram(structure, memory === 'none' ? 0 : CELLS)?.length;

/**
 * A shortest program that solves `problem`; keys that will fail are pressed again.
 * @returns `undefined` where none does: for want of memory, or because faults leave too few tokens.
 */
export function teach(problem: ExpressionProblem, options: ExpressionOptions): readonly number[] | undefined {
  const plan = shortestProgram(problem.structure, options.memory === 'none' ? 0 : CELLS);
  if (plan === undefined) return undefined;
  const limit = tokenLimit(operatorCount(problem.structure));
  const program: number[] = [];
  let depth = 0;
  for (const key of plan) {
    const enters = key < 0 || key === KEY.RCL;
    let own = key < 0 ? problem.labels[-1 - key]! : key;
    if (key === KEY.RCL) depth--;
    // Registers used as a stack.
    if (options.memory === 'registers' && key === KEY.STO) own = KEY.STO0 + depth;
    if (options.memory === 'registers' && key === KEY.RCL) own = KEY.RCL0 + depth;
    if (key === KEY.STO) depth++;
    while (enters && program.length < limit && breaks(problem.chance, program.length, options.faults))
      program.push(own);
    program.push(own);
  }
  return program.length <= limit ? program : undefined;
}
