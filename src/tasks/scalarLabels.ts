// Labels of a task for one lane: questions about its plain state before every token, as `scalarTask` takes them.

import { assert } from '../core/assert.ts';
import type { Label, Labels } from './labels.ts';
import type { Problem } from './task.ts';

/**
 * A question about every moment of an episode, for reports on trained agents. Reports have criteria on `plan` labels of
 * the group `operations to come` and of the name `memory to come`, and on all `value` labels; others stand in the report.
 */
export interface ScalarLabel<P extends Problem, S, A extends string> extends Label {
  /**
   * Its answer before a token: one of `values`, or `undefined` where it has none; a pure function.
   * @param state the state in which the token is chosen.
   * @param toCome the tokens that follow until the episode ends, the one that is being chosen first: what a `plan` label
   * reads.
   */
  of(state: S, problem: P, toCome: readonly A[]): string | undefined;
}

/** What of a definition says which states a program goes through. */
interface Steps<P extends Problem, S, A extends string> {
  readonly name: string;
  readonly symbols: readonly A[];
  start(problem: P): S;
  step(state: S, action: A, problem: P): { readonly state: S };
}

/** @throws Error, later, when a label answers with what is not among its values. */
export function scalarLabels<P extends Problem, S, A extends string>(
  definition: Steps<P, S, A>,
  asked: readonly ScalarLabel<P, S, A>[],
  structure?: (problem: P) => string,
): Labels<P> {
  function indexOf({ name, values }: Label, answer: string | undefined): number {
    const index = answer === undefined ? -1 : values.indexOf(answer);
    const known = answer === undefined || index >= 0;
    assert(known, `task ${definition.name}: label ${name} is '${answer}', which is not in its \`values\``);
    return index;
  }

  return {
    labels: asked.map(({ of: _, ...label }) => label),
    of(problem, program) {
      const tokens = program.map((id) => definition.symbols[id]!);
      const states: S[] = [];
      for (const [t] of tokens.entries()) {
        states.push(
          t === 0 ? definition.start(problem) : definition.step(states[t - 1]!, tokens[t - 1]!, problem).state,
        );
      }
      const answer = (label: ScalarLabel<P, S, A>, step: number) =>
        indexOf(label, label.of(states[step]!, problem, tokens.slice(step)));
      return { values: asked.map((label) => states.map((_, step) => answer(label, step))), tokens };
    },
    ...(structure && { structure }),
  };
}
