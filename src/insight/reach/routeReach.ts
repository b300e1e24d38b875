// Whether a route can still be the cheapest: it can as long as nothing was given away, for what a choice gives away
// never comes back.

import type { RouteProblem } from '../../tasks/routes/graph.ts';
import type { RouteMachine } from '../../tasks/routes/machine.ts';
import { optimally } from '../../tasks/routes/travel.ts';
import { stepOutput, type Task } from '../../tasks/task.ts';
import type { Reach, SearchOptions } from './search.ts';

/** As `searchReach`, for `routes` with every place allowed; `undefined` for others. */
export function routeReach(task: Task, { banned }: SearchOptions = {}): Reach | undefined {
  if (task.name !== 'routes' || (banned && banned.size > 0)) return undefined;
  const machine = task.machine(1) as RouteMachine;
  const out = stepOutput(task, 1);
  const step = (token: number) => machine.step(Int32Array.of(0), Int32Array.of(token), out);
  return (given, prefix) => {
    const problem = given as RouteProblem;
    machine.reset([problem], out);
    for (const token of prefix) {
      if (out.discount[0] === 0 || (task.masked && out.legal[token] !== 1)) return undefined;
      step(token);
    }
    if (out.discount[0] === 0) return machine.solved(0);
    if (machine.journey(0).lost > 0) return false;
    while (out.discount[0] !== 0) {
      const next = optimally(problem, machine.plan(0), machine.journey(0), 0);
      // By bad luck no way is left; whether another choice had better luck is not known.
      if (next === undefined) return undefined;
      step(next);
    }
    return machine.solved(0) ? true : undefined;
  };
}
