// Exact bounds as charts draw them.

import type { Ceiling } from 'innerloop';

export interface Bound {
  readonly y: number;
  readonly level: number;
  readonly about: string;
}

/** The ceilings that are no promise of everything, one by one. */
export const boundsOf = (ceilings: readonly Ceiling[]): readonly Bound[] =>
  ceilings.flatMap(({ about, levels }) =>
    levels.flatMap((y, level) => (y === null || y === 1 ? [] : [{ y, level, about }])),
  );

/** Of one training: those of its evaluations, and those of the fresh problems at its end. */
export type Ceilings = Readonly<Record<'validation' | 'test', readonly Ceiling[]>>;

export const NO_CEILINGS: Ceilings = { validation: [], test: [] };

/** Which problems they are exact on, as the words that follow them: ` on the very problems of these evaluations`. */
export function onProblems(ceilings: readonly Ceiling[]): string {
  if (ceilings.length === 0) return '';
  return ceilings.every(({ problems }) => problems === 'evaluated')
    ? ' on the very problems of these evaluations'
    : ' over all problems of a level';
}
