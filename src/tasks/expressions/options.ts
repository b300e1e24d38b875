// The options of `expressions`.

import { z } from 'zod';
import { thoughtOptions } from '../thoughts.ts';
import { MOST_OPERATORS } from './structure.ts';

export const expressionOptions = z.strictObject({
  /** Operators at the highest level; level k has k + 1 of them. */
  operators: z.int().min(1).max(MOST_OPERATORS).default(6),
  /** `slots`: x0…xn in order; `shuffled`: distinct labels of ten in random order; `digits`: literals, repeats allowed. */
  operands: z.enum(['slots', 'shuffled', 'digits']).default('shuffled'),
  /** `stack`: `STO` and `RCL`, three deep; `registers`: `STO0`…`RCL2`, which stay full when recalled; `none`. */
  memory: z.enum(['stack', 'registers', 'none']).default('stack'),
  /** Whether only keys that act may be chosen; faults switch it off. */
  mask: z.boolean().default(true),
  /** What is held out: single structures, or whole classes equal up to algebra and renaming. */
  split: z.enum(['structure', 'class']).default('structure'),
  /** `closed`: after each token the agent sees whether a value is held, what is pending, the depth, and a failure. */
  loop: z.enum(['open', 'closed']).default('open'),
  /** Probability that an operand key or `RCL` fails; above 0 an illegal key ends the episode as a failure. */
  faults: z.number().min(0).max(1).default(0),
  /** What a token costs; an unsolved episode also pays for the tokens that it left. */
  tokenPrice: z.number().min(0).default(0),
  /**
   * Which problem a program is taken to have been for in hindsight: the expression as it was computed, or any way of
   * writing it, one time in four.
   */
  hindsight: z.enum(['traced', 'equal']).default('traced'),
  /** Weight of the share of inner nodes found, where the whole is not solved; 0 is no shaping. */
  partial: z.number().min(0).default(0.3),
  ...thoughtOptions,
});

export type ExpressionOptions = Readonly<z.output<typeof expressionOptions>>;

/** Whether the machine says which keys are legal. */
export const isMasked = (options: ExpressionOptions): boolean => options.mask && options.faults === 0;

/** Tokens that an episode of `n` operators may take, `ANS` included and thoughts left out. */
export const tokenLimit = (n: number): number => 2 * n + 10;
