// `routes`: read the priced links of a small graph, and name the places of the cheapest way from start to goal.

import type { z } from 'zod';
import type { Random } from '../../core/random.ts';
import type { Level, Split, Task } from '../task.ts';
import type { RouteProblem } from './graph.ts';
import { hindsightOf } from './hindsight.ts';
import { routeLabels } from './labels.ts';
import { OBSERVATION, routeMachine } from './machine.ts';
import { mostLinks, type RoutesOptions, routesOptions, tryLimit } from './options.ts';
import { describeRoutes, linkLimit, parseRoutes } from './parse.ts';
import { drawProblem } from './problem.ts';
import { routeStudy } from './study.ts';
import { optimally, traveller } from './travel.ts';
import { contextTokens, TOKEN, VOCABULARY } from './vocabulary.ts';

export { routesOptions } from './options.ts';

export const ROUTES_TITLE = 'Find the cheapest way through a small graph, where the cheapest next step misleads.';

function levelsOf({ links }: RoutesOptions): Level[] {
  return Array.from({ length: links }, (_, level) => ({
    name: `links=${level + 1}`,
    goal: `cheapest by ${level + 1} link${level === 0 ? '' : 's'}`,
  }));
}

/** The task, with its options' defaults filled in. */
export function routesTask(options: Partial<z.output<typeof routesOptions>> = {}): Task<RouteProblem> {
  const parsed = routesOptions.parse(options);
  const task = {
    name: 'routes',
    title: ROUTES_TITLE,
    vocabulary: VOCABULARY,
    start: TOKEN.START,
    levels: levelsOf(parsed),
    contextLimit: (parsed.failing ? 4 : 3) * linkLimit(parsed) + 3,
    padding: TOKEN.PAD,
    programLimit: tryLimit(parsed) + parsed.think,
    observation: parsed.failing ? OBSERVATION : [],
    masked: true,
    thoughts: { token: TOKEN.THINK, most: parsed.think },
    sample: (level: number, split: Split, random: Random) => drawProblem(level, split, parsed, random),
    context: (problem: RouteProblem) => contextTokens(problem, parsed.failing),
    machine: (lanes: number) => routeMachine(lanes, parsed),
    describe: describeRoutes,
    parse: (text: string, level?: number) => parseRoutes(text, level, parsed),
    example: EXAMPLES[Math.min(parsed.links, 2) - 1]!,
  } satisfies Task<RouteProblem>;
  const travel = traveller(task, routeMachine(1, parsed));
  return {
    ...task,
    hindsight: hindsightOf(travel, parsed),
    teach(problem) {
      const { program, solved } = travel(problem, optimally);
      return solved ? program : undefined;
    },
    study: routeStudy(parsed, travel),
    labels: routeLabels(task, routeMachine(1, parsed)),
    extended: () => routesTask({ ...parsed, links: mostLinks(parsed.places) }),
  };
}

const EXAMPLES = ['A>B 3, A>C 1, C>B 9: A>B', 'A>C 1, C>B 9, A>D 4, D>B 2, B>A 1: A>B'];
