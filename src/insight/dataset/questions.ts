// Questions that probes are made for: the tokens to come, and what the task tells of every moment.

import type { Recording } from './recording.ts';
import type { Question } from './stepProbes.ts';

/** Look-aheads on which penalties are chosen: near and far. */
export const EXAMPLES = [0, 1, 4] as const;

export interface TokenQuestions {
  /** What an answer is called, by its number. */
  readonly names: readonly string[];
  /** Which token of the program is number `index`? */
  at(index: number): Question;
}

/** Tokens by the names that the task gives them, numbered as they come in the episodes that probes are made from. */
export function tokenQuestions(train: readonly Recording[]): TokenQuestions {
  const called = new Map<string, number>();
  for (const { labels } of train) for (const name of labels.tokens) called.set(name, called.get(name) ?? called.size);
  return {
    names: [...called.keys()],
    at:
      (index) =>
      ({ labels }) => {
        const name = labels.tokens[index];
        // A name that no probe was made with is an answer that none gives.
        return name === undefined ? undefined : (called.get(name) ?? -1);
      },
  };
}

/** The value of label number `label` of `labelsOf` before token `step`. */
export const labelQuestion =
  (label: number, step: number): Question =>
  ({ labels }) => {
    const value = labels.values[label]![step]!;
    return value < 0 ? undefined : value;
  };
