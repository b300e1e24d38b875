// Problems of `routes`, drawn by rejection: of the level, of the split, and a trap one time in two.

import type { Random } from '../../core/random.ts';
import type { Split } from '../task.ts';
import { splitOf } from './fingerprint.ts';
import { drawLinks, type RouteGraph, type RouteProblem } from './graph.ts';
import { isTrap } from './greedy.ts';
import type { RoutesOptions } from './options.ts';
import { type Plan, planOf } from './plan.ts';

/** The level of a solved graph: one less than the links on its cheapest route; negative where there is none. */
export const levelOf = (graph: RouteGraph, plan: Plan): number => plan.hops(graph.start) - 1;

/** Whether every place that has a way to the goal has one of sure links too, so that no failure ends a journey. */
export function isSure({ goal, links }: Pick<RouteGraph, 'goal' | 'links'>, plan: Plan): boolean {
  const all = plan.bits.reduce((set, bit) => set | bit, 0);
  if (all === 0) return true;
  const lucky = planOf({ links: links.map((link) => ({ ...link, risk: 0 })), goal });
  return links.every(
    ({ from }) => lucky.cost(from, 0) === Number.POSITIVE_INFINITY || plan.cost(from, all) < Number.POSITIVE_INFINITY,
  );
}

/** A problem of `level` from `split`; half of all are traps, and none can be lost by bad luck alone. */
export function drawProblem(level: number, split: Split, options: RoutesOptions, random: Random): RouteProblem {
  const trap = random.below(2) === 1;
  for (;;) {
    const { links, places } = drawLinks(options, random);
    const goal = places[random.below(places.length)]!;
    const plan = planOf({ links, goal });
    if (!isSure({ links, goal }, plan)) continue;
    const fitting = places.filter((start) => {
      const graph = { links, start, goal };
      return levelOf(graph, plan) === level && isTrap(graph, plan) === trap && splitOf(graph) === split;
    });
    if (fitting.length === 0) continue;
    const start = fitting[random.below(fitting.length)]!;
    return { level, links, start, goal, chance: [random.bits(), random.bits()] };
  }
}
