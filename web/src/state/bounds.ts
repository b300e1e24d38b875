// Exact bounds as charts draw them.

import type { Ceiling } from 'innerloop';

/** Nearer to everything than this a bound says nothing. */
const ALL = 0.9995;

export interface Bound {
  readonly y: number;
  readonly level: number;
  readonly about: string;
}

/** The ceilings that are no promise of everything, one by one. */
export const boundsOf = (ceilings: readonly Ceiling[]): readonly Bound[] =>
  ceilings.flatMap(({ about, levels }) =>
    levels.flatMap((y, level) => (y === null || y >= ALL ? [] : [{ y, level, about }])),
  );
