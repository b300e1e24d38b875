// What can be solved of `calculator` without its memory, exactly, over all digits and all programs of up to seven tools
// and an answer. Kept as numbers since finding them takes seconds; `npx vitest run
// src/evaluation/enumeration.calculator.test.ts` enumerates again and compares.

/** By level; `null` where memory is not needed. */
export const CALCULATOR_CEILINGS = {
  /** The best of all programs that leave the memory alone. */
  fixed: [null, null, 0.19],
  /** The share that some program without memory solves: one chosen with the digits in sight. */
  oracle: [null, null, 0.50251],
} as const;
