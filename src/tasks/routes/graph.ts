// A problem of `routes`: priced links between places, a start and a goal; and how graphs are drawn.

import type { Random, Words } from '../../core/random.ts';
import type { Problem } from '../task.ts';
import { FEWEST_PLACES, MOST_FAILING, MOST_PLACES, type RoutesOptions } from './options.ts';

export const LARGEST_PRICE = 9;

/** Places are 0 to 9. */
export interface Link {
  readonly from: number;
  readonly to: number;
  /** 1 to 9. */
  readonly price: number;
  /** Probability that a try fails, in quarters: 0, 1 or 2. */
  readonly risk: number;
}

export interface RouteGraph {
  /** In the order of the context. No two lead from the same place to the same place. */
  readonly links: readonly Link[];
  readonly start: number;
  readonly goal: number;
}

export interface RouteProblem extends Problem, RouteGraph {
  /** Key of the links' failures, so that they depend on nothing but the problem and the tries so far. */
  readonly chance: Words;
}

/** Places of a graph, and twice as many links in random order, at least one from every place. */
export function drawLinks(options: RoutesOptions, random: Random): { places: readonly number[]; links: Link[] } {
  const count = FEWEST_PLACES + random.below(options.places - FEWEST_PLACES + 1);
  const all = Array.from({ length: MOST_PLACES }, (_, place) => place);
  const places = random.shuffled(all).slice(0, count);
  const ends = new Set<number>();
  while (ends.size < 2 * count) {
    const from = ends.size < count ? places[ends.size]! : places[random.below(count)]!;
    const to = places[random.below(count)]!;
    if (from !== to) ends.add(from * MOST_PLACES + to);
  }
  const order = random.shuffled(ends);
  const failing = options.failing ? random.shuffled(order).slice(0, random.below(MOST_FAILING + 1)) : [];
  const links = order.map((end) => ({
    from: Math.floor(end / MOST_PLACES),
    to: end % MOST_PLACES,
    price: 1 + random.below(LARGEST_PRICE),
    risk: failing.includes(end) ? 1 + random.below(2) : 0,
  }));
  return { places, links };
}
