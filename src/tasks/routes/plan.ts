// The exact optimum by dynamic programming: least expected costs over places and the sets of links that have closed.

import type { Link, RouteGraph } from './graph.ts';
import { MOST_PLACES } from './options.ts';

/** Of a link's risk, which is in quarters. */
export const failure = ({ risk }: Link): number => risk / 4;

/** What is known of a graph once it is solved. Costs are sums of prices and quarters of sums: exact in binary. */
export interface Plan {
  /** Index of the link from one place to another, or −1. */
  between(from: number, to: number): number;
  /** The bit of a link that can fail, by which sets of closed links are told; 0 for a sure one. */
  readonly bits: readonly number[];
  /** Least expected cost of reaching the goal from `place` with the links of `closed` closed; Infinity: it cannot be. */
  cost(place: number, closed: number): number;
  /** The same, if link `index` is tried first. */
  costBy(index: number, closed: number): number;
  /** Fewest links on the cheapest route from `place`, if none fails; 0 where there is none. */
  hops(place: number): number;
}

/**
 * c(x, C) = min over open links x → y of price + (1 − f)·c(y, C) + f·c(x, C ∪ {link}), with c(goal, C) = 0. Sets with
 * more closed links come first; within a set, costs fall until they stay (Bellman–Ford): as a price is at least 1, the
 * best way from x leads to places of lower cost, and so never in a circle.
 */
export function planOf({ goal, links }: Pick<RouteGraph, 'links' | 'goal'>): Plan {
  let sets = 1;
  const bits = links.map(({ risk }) => {
    if (risk === 0) return 0;
    sets *= 2;
    return sets / 2;
  });
  const ends = new Int8Array(MOST_PLACES * MOST_PLACES).fill(-1);
  for (const [index, { from, to }] of links.entries()) ends[from * MOST_PLACES + to] = index;
  const costs = new Float64Array(sets * MOST_PLACES).fill(Number.POSITIVE_INFINITY);

  function costBy(index: number, closed: number): number {
    const link = links[index]!;
    const bit = bits[index]!;
    if ((closed & bit) !== 0) return Number.POSITIVE_INFINITY;
    const through = costs[closed * MOST_PLACES + link.to]!;
    if (bit === 0) return link.price + through;
    const stopped = costs[(closed | bit) * MOST_PLACES + link.from]!;
    return link.price + (1 - failure(link)) * through + failure(link) * stopped;
  }

  for (let closed = sets - 1; closed >= 0; closed--) {
    costs[closed * MOST_PLACES + goal] = 0;
    for (let changed = true; changed; ) {
      changed = false;
      for (let index = 0; index < links.length; index++) {
        const at = closed * MOST_PLACES + links[index]!.from;
        const cost = costBy(index, closed);
        if (cost >= costs[at]!) continue;
        costs[at] = cost;
        changed = true;
      }
    }
  }

  const hops = (place: number): number => {
    if (place === goal || costs[place] === Number.POSITIVE_INFINITY) return 0;
    let fewest = MOST_PLACES;
    for (let index = 0; index < links.length; index++) {
      const { from, to } = links[index]!;
      if (from === place && costBy(index, 0) === costs[place]) fewest = Math.min(fewest, 1 + hops(to));
    }
    return fewest;
  };

  return {
    bits,
    between: (from, to) => ends[from * MOST_PLACES + to]!,
    cost: (place, closed) => costs[closed * MOST_PLACES + place]!,
    costBy,
    hops,
  };
}
