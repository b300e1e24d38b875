// The rule that plans nothing: always the cheapest link to a place that was not visited yet. Problems on which it does
// badly are traps.

import type { RouteGraph } from './graph.ts';
import { failure, type Plan } from './plan.ts';

/** Where somebody stands: the place, a bit for each closed link and for each place visited. */
export interface Standing {
  readonly place: number;
  readonly closed: number;
  readonly visited: number;
}

export const standingAt = (start: number): Standing => ({ place: start, closed: 0, visited: 1 << start });

/** After a try of link `index`. */
export function after({ links }: RouteGraph, { bits }: Plan, now: Standing, index: number, failed: boolean): Standing {
  if (failed) return { ...now, closed: now.closed | bits[index]! };
  const { to } = links[index]!;
  return { ...now, place: to, visited: now.visited | (1 << to) };
}

/** Index of the link that the rule tries, the first listed among equals; −1 where it has none. */
export function greedyLink({ links }: RouteGraph, { bits }: Plan, { closed, place, visited }: Standing): number {
  let best = -1;
  for (let index = 0; index < links.length; index++) {
    const { from, price, to } = links[index]!;
    if (from !== place || (closed & bits[index]!) !== 0 || (visited & (1 << to)) !== 0) continue;
    if (best < 0 || price < links[best]!.price) best = index;
  }
  return best;
}

/** What the rule pays beyond the optimum from `now` on, in expectation; Infinity where it may fail to arrive. */
export function greedyLoss(graph: RouteGraph, plan: Plan, now: Standing = standingAt(graph.start)): number {
  if (now.place === graph.goal) return 0;
  const index = greedyLink(graph, plan, now);
  if (index < 0) return Number.POSITIVE_INFINITY;
  const by = plan.costBy(index, now.closed);
  if (by === Number.POSITIVE_INFINITY) return by;
  const fails = failure(graph.links[index]!);
  const go = (failed: boolean) => greedyLoss(graph, plan, after(graph, plan, now, index, failed));
  const later = fails === 0 ? go(false) : (1 - fails) * go(false) + fails * go(true);
  return by - plan.cost(now.place, now.closed) + later;
}

/** From this on, relative to the optimum, the rule's loss makes a problem a trap. */
export const TRAP = 0.3;

/** Whether the rule pays at least 1.3 times the optimum, or may fail to arrive. */
export const isTrap = (graph: RouteGraph, plan: Plan): boolean =>
  greedyLoss(graph, plan) >= TRAP * plan.cost(graph.start, 0);
