// Which exact bounds are drawn over curves.

import type { Ceiling } from 'innerloop';

/**
 * Without what bounds no agent that reads its problem: the best fixed program. The published tutorial's agent does not
 * read, and is bounded by it.
 */
export const drawnOf = (task: string | undefined, ceilings: readonly Ceiling[]): readonly Ceiling[] =>
  task === 'tutorial' ? ceilings : ceilings.filter(({ about }) => !about.includes('fixed program'));
