// What probes ask of an episode of `routes`: what the rest of the way will cost. Places are told by their names, which
// are drawn anew for every graph: there is no place that is the same in two of them.

import type { Label, Labels } from '../labels.ts';
import { stepOutput, type Task } from '../task.ts';
import type { RouteProblem } from './graph.ts';
import type { RouteMachine } from './machine.ts';

const PRICES = [5, 10, 15, 20] as const;

const PRICE: Label = {
  name: 'price to come',
  kind: 'plan',
  values: ['below 5', 'below 10', 'below 15', 'below 20', '20 or more'],
};

export function routeLabels(
  task: Pick<Task, 'observation' | 'vocabulary'>,
  machine: RouteMachine,
): Labels<RouteProblem> {
  const out = stepOutput(task as Task, 1);
  return {
    labels: [PRICE],
    of(problem, program) {
      machine.reset([problem], out);
      const paid = program.map((token) => {
        const before = machine.journey(0).paid;
        machine.step(Int32Array.of(0), Int32Array.of(token), out);
        return before;
      });
      const total = machine.journey(0).paid;
      return {
        values: [paid.map((before) => PRICES.filter((price) => total - before >= price).length)],
        tokens: program.map((token) => task.vocabulary[token]!.symbol),
      };
    },
  };
}
