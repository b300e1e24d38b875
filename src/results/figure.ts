// What all pictures of a part have, and the words that they share.

import type { PartAnalysis } from './analysis.ts';
import type { Estimated } from './intervals.ts';

export interface Figure {
  /** `recipe-scores.svg` */
  readonly file: string;
  readonly svg: string;
  /** In a few words, for whoever does not see it. */
  readonly alt: string;
  /** How to read it, in a sentence or two. */
  readonly caption: string;
}

export const scaleOf = ({ part }: PartAnalysis): number => (part.measure === 'solved' ? 100 : 1);
export const measureOf = ({ part }: PartAnalysis): string =>
  part.measure === 'solved' ? 'solved exactly, %' : 'reward per episode';

/** ` with …` of what has several runs, and nothing of what has not. */
export function withIntervals(what: string, estimates: readonly Estimated[]): string {
  const known = estimates.filter(({ low }) => Number.isFinite(low)).length;
  if (known === 0) return '';
  return known < estimates.length ? ` with ${what} where there are several runs` : ` with ${what}`;
}
