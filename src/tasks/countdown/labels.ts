// What probes ask of an episode of `countdown`: the operators to come, and the value held.

import type { Label, Labels } from '../labels.ts';
import { VALUE_LABELS, valueLabels } from '../valueLabels.ts';
import type { CountdownProblem } from './problem.ts';
import { apply, OPERATORS } from './search.ts';
import { isOperator, NUMBERS, operatorOf, VOCABULARY } from './vocabulary.ts';

/** Operators to come that are told apart. */
const AHEAD = 5;

const operator = (ahead: number): Label => ({
  name: `operator ${ahead} to come`,
  group: 'operations to come',
  kind: 'plan',
  values: Array.from({ length: OPERATORS }, (_, i) => '+-*'[i]!),
});

export const COUNTDOWN_LABELS: Labels<CountdownProblem> = {
  labels: [...Array.from({ length: AHEAD }, (_, i) => operator(i + 1)), ...VALUE_LABELS],
  of(_, program) {
    let value: number | undefined;
    let pending = -1;
    // The mask keeps numbers and operators in turn; what it does not is left out.
    const held = program.map((token) => {
      const before = value;
      if (isOperator(token)) pending = operatorOf(token);
      else if (token < NUMBERS && (value === undefined || pending >= 0)) {
        value = value === undefined ? token + 1 : apply(pending, value, token + 1);
        pending = -1;
      }
      return before;
    });
    const operators = Array.from({ length: AHEAD }, (_, ahead) =>
      program.map((_, step) => {
        const token = program.slice(step).filter(isOperator)[ahead];
        return token === undefined ? -1 : operatorOf(token);
      }),
    );
    return {
      values: [...operators, ...valueLabels(held)],
      tokens: program.map((token) => VOCABULARY[token]!.symbol),
    };
  },
};
