// The options of `countdown`.

import { z } from 'zod';

/** The most numbers that a problem can have. */
export const MOST_NUMBERS = 5;

export const countdownOptions = z
  .strictObject({
    /** Numbers at the highest level. */
    numbers: z.int().min(2).max(MOST_NUMBERS).default(4),
    /** Numbers at the lowest level; every count between is a level. */
    fewest: z.int().min(2).max(MOST_NUMBERS).default(3),
    /** `closed`: after each token the agent sees the value held; `open`: it has to reckon ahead. */
    loop: z.enum(['open', 'closed']).default('closed'),
  })
  .refine(({ fewest, numbers }) => fewest <= numbers, { path: ['fewest'], message: 'at most numbers' });

export type CountdownOptions = Readonly<z.output<typeof countdownOptions>>;

/** Numbers of a problem of `level`. */
export const numbersAt = (level: number, { fewest }: CountdownOptions): number => fewest + level;

/** Tokens of a whole program over `count` numbers: they alternate with operators. */
export const programLength = (count: number): number => 2 * count - 1;
