// One problem, one traveller: a way of choosing links, played on the machine.

import { stepOutput, type Task } from '../task.ts';
import type { RouteProblem } from './graph.ts';
import { greedyLink, type Standing } from './greedy.ts';
import type { Journey, RouteMachine } from './machine.ts';
import type { Plan } from './plan.ts';

/** Answers the token that comes next; `undefined` ends the journey where it stands. */
export type Traveller = (problem: RouteProblem, plan: Plan, now: Standing, step: number) => number | undefined;

export interface Travelled extends Journey {
  readonly program: readonly number[];
  readonly solved: boolean;
  /** Sum over the episode. */
  readonly reward: number;
}

/** The destination of link `index`; `undefined` for −1. */
const towards = ({ links }: RouteProblem, index: number): number | undefined => links[index]?.to;

/** The cheapest link to a place not visited yet. */
export const greedily: Traveller = (problem, plan, now) => towards(problem, greedyLink(problem, plan, now));

/** The first listed of the links that cost least in expectation. */
export const optimally: Traveller = (problem, plan, { closed, place }) => {
  const least = plan.cost(place, closed);
  return problem.links.find(({ from }, index) => from === place && plan.costBy(index, closed) === least)?.to;
};

/** Names the tokens of a program. */
export const following =
  (program: readonly number[]): Traveller =>
  (_problem, _plan, _now, step) =>
    program[step];

/** Plays travellers on one lane. @param task tells the sizes of its machine's output. */
export function traveller(task: Pick<Task, 'observation' | 'vocabulary'>, machine: RouteMachine) {
  const out = stepOutput(task as Task, 1);
  const [lane, action] = [new Int32Array(1), new Int32Array(1)];
  return (problem: RouteProblem, choose: Traveller): Travelled => {
    machine.reset([problem], out);
    const program: number[] = [];
    let reward = 0;
    while (out.discount[0] === 1) {
      const token = choose(problem, machine.plan(0), machine.journey(0), program.length);
      if (token === undefined) break;
      program.push(token);
      action[0] = token;
      machine.step(lane, action, out);
      reward += out.reward[0]!;
    }
    return { ...machine.journey(0), program, solved: machine.solved(0), reward };
  };
}
