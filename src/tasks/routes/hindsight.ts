// Hindsight: a route that did not solve its problem begins with one that was cheapest to where it led.

import type { SolvedExample } from '../task.ts';
import { splitOf } from './fingerprint.ts';
import type { RouteProblem } from './graph.ts';
import { MOST_PLACES, type RoutesOptions } from './options.ts';
import { planOf } from './plan.ts';
import { isSure, levelOf } from './problem.ts';
import { following, type traveller } from './travel.ts';

/**
 * `hindsight` of the task under `options`: the longest part of a program, from its first token on, that is a cheapest
 * route to where it ends, with that place as the goal. Thoughts stay in it. A single link is no lesson: agents taught
 * by those name the goal at once, whatever is asked, and never find out more.
 */
export function hindsightOf(travel: ReturnType<typeof traveller>, options: RoutesOptions) {
  return (problem: RouteProblem, program: readonly number[]): SolvedExample<RouteProblem> | undefined => {
    const whole = travel(problem, following(program));
    if (whole.solved) return undefined;
    for (let length = whole.program.length; length > 1; length--) {
      const part = whole.program.slice(0, length);
      const goal = part.at(-1)!;
      if (goal >= MOST_PLACES || goal === problem.start) continue;
      const graph = { ...problem, goal };
      const plan = planOf(graph);
      const level = levelOf(graph, plan);
      if (level < 1 || level >= options.links || !isSure(graph, plan) || splitOf(graph) !== 'train') continue;
      const example = { ...graph, level };
      const travelled = travel(example, following(part));
      if (travelled.solved && travelled.program.length === length) return { problem: example, program: part };
    }
    return undefined;
  };
}
