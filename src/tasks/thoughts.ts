// Thoughts: a token that does nothing to a task's machine, and so is nothing but time to compute in.

import { z } from 'zod';
import type { Thoughts, Token } from './task.ts';

export const THINK = { symbol: 'THINK', kind: 'control' } as const satisfies Token;

/** Options of a task that lets its agent think. */
export const thoughtOptions = {
  /** How often `THINK`, which does nothing to the machine, may be used; 0 takes it away. */
  think: z.int().min(0).max(8).default(0),
  /** What a `THINK` costs of the reward. */
  thinkPrice: z.number().min(0).default(0),
};

/** What of a program acts: all but its thoughts. */
export const acting = (
  { thoughts }: { readonly thoughts?: Thoughts | undefined },
  program: readonly number[],
): readonly number[] => (thoughts ? program.filter((token) => token !== thoughts.token) : program);
