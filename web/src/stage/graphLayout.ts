// Where the places of a graph stand: on an ellipse, the start on the left and the goal on the right, the others so that
// few links cross.

export interface GraphLink {
  readonly from: number;
  readonly to: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** @returns the spot of every place, within ±1. */
export function layOut(links: readonly GraphLink[], start: number, goal: number): ReadonlyMap<number, Spot> {
  const places = [...new Set([start, ...links.flatMap(({ from, to }) => [from, to]), goal])];
  const others = places.filter((place) => place !== start && place !== goal).sort((a, b) => a - b);
  const upper = Math.ceil(others.length / 2);
  let order = others;
  let least = cost(spotsOf(order, upper, start, goal), links);
  // Swaps as long as one helps: at most ten places, so this is quick.
  for (let better = true; better; ) {
    better = false;
    for (let i = 0; i < order.length; i++) {
      for (let j = i + 1; j < order.length; j++) {
        const swapped = order.with(i, order[j]!).with(j, order[i]!);
        const found = cost(spotsOf(swapped, upper, start, goal), links);
        if (found >= least) continue;
        [least, order, better] = [found, swapped, true];
      }
    }
  }
  return spotsOf(order, upper, start, goal);
}

function spotsOf(order: readonly number[], upper: number, start: number, goal: number): Map<number, Spot> {
  const spots = new Map<number, Spot>([
    [start, { x: -1, y: 0 }],
    [goal, { x: 1, y: 0 }],
  ]);
  const arc = (some: readonly number[], side: 1 | -1): void => {
    for (const [i, place] of some.entries()) {
      const angle = (Math.PI * (i + 1)) / (some.length + 1);
      // Alternately further in, so that links between neighbours do not lie on top of each other.
      const radius = i % 2 === 0 ? 1 : 0.8;
      spots.set(place, { x: -Math.cos(angle) * radius, y: side * Math.sin(angle) * radius });
    }
  };
  arc(order.slice(0, upper), -1);
  arc(order.slice(upper), 1);
  return spots;
}

/** A link this near to a place that is not its own looks as if it ended there. */
const CLEARANCE = 0.16;

/** Places that links run over, then crossings, then length. */
function cost(spots: ReadonlyMap<number, Spot>, links: readonly GraphLink[]): number {
  let total = 0;
  for (const [i, { from: a, to: b }] of links.entries()) {
    const [p, q] = [spots.get(a)!, spots.get(b)!];
    total += 0.2 * Math.hypot(p.x - q.x, p.y - q.y);
    for (const [place, spot] of spots) {
      if (place !== a && place !== b && distance(spot, p, q) < CLEARANCE) total += 4;
    }
    for (const { from: c, to: d } of links.slice(i + 1)) {
      if (a === c || a === d || b === c || b === d) continue;
      if (cross(p, q, spots.get(c)!, spots.get(d)!)) total++;
    }
  }
  return total;
}

/** From a spot to the line between two others. */
function distance({ x, y }: Spot, p: Spot, q: Spot): number {
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const along = Math.max(0, Math.min(1, ((x - p.x) * dx + (y - p.y) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - p.x - along * dx, y - p.y - along * dy);
}

function cross(a: Spot, b: Spot, c: Spot, d: Spot): boolean {
  const side = (p: Spot, q: Spot, r: Spot) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
