// Which problems may be trained on: a fifth of the graphs with their start and goal is held out, whatever their prices.

import { splitOfHash } from '../holdOut.ts';
import type { Split } from '../task.ts';
import type { RouteGraph } from './graph.ts';
import { MOST_PLACES } from './options.ts';

/** The finaliser of MurmurHash3 (Appleby): every bit of `x` moves every bit of the result. */
function mix(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const ROUNDS = 4;

/**
 * A number that does not change with the names of places, the order of links, prices or risks: each place's colour is
 * refined by those of its neighbours, in and out (Weisfeiler and Leman 1968). Graphs that are renamings of each other
 * have the same one, and so are never in two splits.
 */
export function fingerprint({ goal, links, start }: RouteGraph): number {
  let colours = Array.from({ length: MOST_PLACES }, (_, place) =>
    mix(1 + (place === start ? 1 : 0) + (place === goal ? 2 : 0)),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const next = colours.map((colour) => Math.imul(colour, 0x9e3779b1));
    for (const { from, to } of links) {
      next[from] = (next[from]! + mix(colours[to]! ^ 0x55555555)) | 0;
      next[to] = (next[to]! + mix(colours[from]! ^ 0x33333333)) | 0;
    }
    colours = next.map(mix);
  }
  return colours.reduce((all, colour) => (all + mix(colour)) | 0, links.length) >>> 0;
}

/** The split of a problem's graph with its start and goal. */
export const splitOf = (graph: RouteGraph): Split => splitOfHash(fingerprint(graph));
