import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { fingerprint, splitOf } from './fingerprint.ts';
import { drawLinks, type Link, type RouteGraph } from './graph.ts';
import { greedyLoss, isTrap } from './greedy.ts';
import { routesOptions } from './options.ts';
import { planOf } from './plan.ts';

const link = (from: number, to: number, price: number, risk = 0): Link => ({ from, to, price, risk });

/** A to B: C is the cheap first step and a dear way; D is the cheapest. */
const TRAP: RouteGraph = { links: [link(0, 2, 1), link(2, 1, 9), link(0, 3, 4), link(3, 1, 2)], start: 0, goal: 1 };

test('costs and hops, worked by hand', () => {
  const plan = planOf(TRAP);
  expect([0, 1, 2, 3, 4].map((place) => plan.cost(place, 0))).toEqual([6, 0, 9, 2, Number.POSITIVE_INFINITY]);
  expect(TRAP.links.map((_, index) => plan.costBy(index, 0))).toEqual([10, 9, 6, 2]);
  expect([plan.hops(0), plan.hops(3), plan.hops(1), plan.hops(4)]).toEqual([2, 1, 0, 0]);
  expect([plan.between(0, 3), plan.between(3, 0)]).toEqual([2, -1]);
  // 1 + 9 is paid instead of 6.
  expect(greedyLoss(TRAP, plan)).toBe(4);
  expect(isTrap(TRAP, plan)).toBe(true);
});

test('hops are the fewest among routes of equal cost', () => {
  const links = [link(0, 2, 1), link(2, 1, 1), link(0, 1, 2)];
  expect(planOf({ links, goal: 1 }).hops(0)).toBe(1);
});

test('a trap pays 1.3 times the optimum, or does not arrive', () => {
  const through = (price: number): RouteGraph => ({
    ...TRAP,
    links: [link(0, 2, 1), link(2, 1, price), link(0, 1, 10)],
  });
  // 1 + 12 for 10: exactly 1.3; 1 + 11 is less.
  expect([through(12), through(11), through(9)].map((graph) => isTrap(graph, planOf(graph)))).toEqual([
    true,
    false,
    false,
  ]);
  const end: RouteGraph = { ...TRAP, links: [link(0, 2, 1), link(0, 1, 9)] };
  expect(greedyLoss(end, planOf(end))).toBe(Number.POSITIVE_INFINITY);
  const circle: RouteGraph = {
    ...TRAP,
    links: [link(0, 2, 1), link(2, 0, 1), link(2, 3, 5), link(3, 1, 1), link(0, 1, 9)],
  };
  // From C back to A is cheapest, but A was visited: 1 + 5 + 1 is the optimum itself.
  expect(greedyLoss(circle, planOf(circle))).toBe(0);
});

test('links that fail: the least expected cost, worked by hand', () => {
  // A to B at 2, half the time; else a sure way round by C at 3 + 4.
  const links = [link(0, 1, 2, 2), link(0, 2, 3), link(2, 1, 4)];
  const plan = planOf({ links, goal: 1 });
  expect(plan.bits).toEqual([1, 0, 0]);
  expect(plan.cost(0, 1)).toBe(7);
  // 2 + 0.5·0 + 0.5·7
  expect(plan.costBy(0, 0)).toBe(5.5);
  expect(plan.costBy(0, 1)).toBe(Number.POSITIVE_INFINITY);
  expect([plan.cost(0, 0), plan.hops(0)]).toEqual([5.5, 1]);
  // A quarter of failures: 2 + 0.25·7 = 3.75.
  expect(planOf({ links: links.with(0, link(0, 1, 2, 1)), goal: 1 }).cost(0, 0)).toBe(3.75);
  // Greedy tries the same first, then goes by C: nothing is lost.
  const graph = { links, start: 0, goal: 1 };
  expect(greedyLoss(graph, plan)).toBe(0);
  // The gamble at a fair price: 4 + 0.5·7 = 7.5 is worse than 7 for sure.
  expect(planOf({ links: links.with(0, link(0, 1, 4, 2)), goal: 1 }).cost(0, 0)).toBe(7);
});

/** Expected cost of the best plan with at most `tries` tries, by recursion over what can happen. */
function recursively(graph: RouteGraph, place: number, closed: number, tries: number): number {
  if (place === graph.goal) return 0;
  if (tries === 0) return Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { from, price, risk, to }] of graph.links.entries()) {
    if (from !== place || (closed & (1 << index)) !== 0) continue;
    const pass = recursively(graph, to, closed, tries - 1);
    const fail = risk === 0 ? 0 : recursively(graph, place, closed | (1 << index), tries - 1);
    least = Math.min(least, price + (risk === 0 ? pass : (1 - risk / 4) * pass + (risk / 4) * fail));
  }
  return least;
}

test('dynamic programming agrees with recursion over all that can happen', () => {
  const random = Random.stream(4, 'task');
  for (const failing of [false, true]) {
    const options = routesOptions.parse({ places: 5, failing });
    for (let i = 0; i < 40; i++) {
      const { links, places } = drawLinks(options, random);
      const graph = { links, start: places[0]!, goal: places[1]! };
      const plan = planOf(graph);
      const all = plan.bits.reduce((set, bit) => set | bit, 0);
      if (plan.cost(graph.start, all) === Number.POSITIVE_INFINITY) continue;
      expect(plan.cost(graph.start, 0)).toBeCloseTo(recursively(graph, graph.start, 0, failing ? 9 : 4), 9);
    }
  }
});

test('graphs that are renamings of each other have one fingerprint, whatever prices and order', () => {
  const options = routesOptions.parse({ failing: true });
  const random = Random.stream(5, 'task');
  const seen = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const { links, places } = drawLinks(options, random);
    const graph = { links, start: places[0]!, goal: places[1]! };
    const renamed = (place: number) => (place * 3 + 4) % 10;
    const other = {
      links: links.toReversed().map(({ from, to }) => link(renamed(from), renamed(to), 5)),
      start: renamed(graph.start),
      goal: renamed(graph.goal),
    };
    expect(fingerprint(other)).toBe(fingerprint(graph));
    expect(fingerprint({ ...graph, start: graph.goal, goal: graph.start })).not.toBe(fingerprint(graph));
    seen.add(fingerprint(graph));
  }
  expect(seen.size).toBe(200);
  const splits = Array.from({ length: 2000 }, () => {
    const { links, places } = drawLinks(options, random);
    return splitOf({ links, start: places[0]!, goal: places[1]! });
  });
  const share = (split: string) => splits.filter((one) => one === split).length / 2000;
  expect([share('train'), share('validation'), share('test')].map((one) => Math.round(20 * one) / 20)).toEqual([
    0.8, 0.1, 0.1,
  ]);
});
