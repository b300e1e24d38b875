// The exact ceilings of the published task over all 10⁵ digit tuples and all programs of up to five tools and an answer.
// Kept as numbers since finding them takes seconds; `npx vitest run src/evaluation/tutorialCeilings.test.ts` enumerates
// again and compares.

/** A program by its symbols and what it comes to, over all problems of a stage. */
export interface TutorialCeiling {
  /** The fixed program with the highest mean reward. */
  readonly bestReward: { readonly program: readonly string[]; readonly reward: number; readonly solved: number };
  /** The fixed program that reaches the printed target most often. */
  readonly bestSolved: { readonly program: readonly string[]; readonly reward: number; readonly solved: number };
  /** Share of problems whose printed target some program reaches: one chosen with the digits in sight. */
  readonly oracle: number;
}

export const TUTORIAL_CEILINGS: readonly TutorialCeiling[] = [
  {
    bestReward: { program: ['[MUL]', '[ANS]'], reward: 1.06, solved: 0.1 },
    bestSolved: { program: ['[MUL]', '[ADD]', '[ANS]'], reward: 0.205, solved: 1 },
    oracle: 1,
  },
  {
    bestReward: { program: ['[MUL]', '[ADD]', '[ANS]'], reward: 1.12, solved: 0.1 },
    bestSolved: { program: ['[MUL]', '[ADD]', '[SUB]', '[ANS]'], reward: 0.265, solved: 1 },
    oracle: 1,
  },
  {
    bestReward: { program: ['[MUL]', '[ADD]', '[SUB]', '[ANS]'], reward: 1.03703, solved: 0.19 },
    bestSolved: { program: ['[MUL]', '[STO]', '[SUB]', '[MUL]', '[ADD]', '[ANS]'], reward: 0.09015, solved: 0.271 },
    oracle: 0.74181,
  },
];
