// What a step can be coloured by: the token to come, and what the machine holds.

import type { ObservedStep, Token } from 'innerloop';
import type { Facet } from './playing.ts';

/** More values than these are not told apart at a glance. */
const MOST_VALUES = 10;
/** What machines say where there is nothing. */
export const NOTHING = '–';

/** Names and values of one step. Fields that hold numbers count as empty or full. */
export function facetsOf({ before, id }: ObservedStep, vocabulary: readonly Token[]): ReadonlyMap<string, string> {
  const { kind, symbol } = vocabulary[id]!;
  const facets = new Map([['next token', kind === 'operand' && hasTools(vocabulary) ? 'operand' : symbol]]);
  for (const [label, value] of before) {
    facets.set(label, value);
    facets.set(`${label}: empty or full`, value === NOTHING ? 'empty' : 'full');
  }
  return facets;
}

const hasTools = (vocabulary: readonly Token[]): boolean => vocabulary.some(({ kind }) => kind === 'tool');

/** The facets of many steps: those that tell some apart, and not too many. */
export function facetsOver(steps: readonly ObservedStep[], vocabulary: readonly Token[]): Facet[] {
  const told = steps.map((step) => facetsOf(step, vocabulary));
  const names = new Set(told.flatMap((facets) => [...facets.keys()]));
  return [...names].flatMap((name): Facet[] => {
    const column = told.map((facets) => facets.get(name) ?? NOTHING);
    const values = [...new Set(column)].sort();
    if (values.length < 2 || values.length > MOST_VALUES) return [];
    // Empty or full is worth asking only of what has too many values to be shown.
    const plain = name.replace(/: empty or full$/, '');
    if (plain !== name && new Set(told.map((facets) => facets.get(plain))).size <= MOST_VALUES) return [];
    return [{ name, values, of: Uint8Array.from(column, (value) => values.indexOf(value)) }];
  });
}
