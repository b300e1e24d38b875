// What can be told of routes without an agent: which are traps, what players without learning pay, and regret.

import type { Random } from '../../core/random.ts';
import type { Baseline, ProblemSet, Study } from '../study.ts';
import type { Split } from '../task.ts';
import type { RouteProblem } from './graph.ts';
import { isTrap } from './greedy.ts';
import type { RoutesOptions } from './options.ts';
import { planOf } from './plan.ts';
import { drawProblem } from './problem.ts';
import { following, greedily, optimally, type Travelled, type Traveller, type traveller } from './travel.ts';

/** The regret of a journey that does not arrive, and the most that one that does can have. */
export const MOST_REGRET = 3;

/** Any open link from where one stands, each equally often; to give up where there is none. */
const atRandom =
  (random: Random): Traveller =>
  ({ links }, { bits }, { closed, place }) => {
    const open = links.filter(({ from }, index) => from === place && (closed & bits[index]!) === 0);
    return open.length === 0 ? undefined : open[random.below(open.length)]!.to;
  };

function setsOf(options: RoutesOptions): readonly ProblemSet<RouteProblem>[] {
  const set = (name: string, split: Split, about: string, held?: string): ProblemSet<RouteProblem> => ({
    name,
    about,
    heldOut: () => held,
    sample: (level, random) => drawProblem(level, split, options, random),
  });
  return [
    set('test graphs', 'test', 'graphs that training never saw, whatever their prices', 'graphs'),
    set('training graphs', 'train', 'drawn as training draws; hardly any was seen'),
  ];
}

/** @param travel plays on the task's machine. */
export function routeStudy(options: RoutesOptions, travel: ReturnType<typeof traveller>): Study<RouteProblem> {
  function regret(problem: RouteProblem, { arrived, lost }: Travelled): number {
    if (!arrived) return MOST_REGRET;
    return Math.min(MOST_REGRET, lost / planOf(problem).cost(problem.start, 0));
  }
  const player = (name: string, about: string, choose: (random: Random) => Traveller): Baseline<RouteProblem> => ({
    name,
    about,
    play(problem, random) {
      const travelled = travel(problem, choose(random));
      const { arrived, reward, solved } = travelled;
      return { solved, reward, regret: regret(problem, travelled), ended: arrived };
    },
  });
  return {
    analyse(problem) {
      const trap = isTrap(problem, planOf(problem));
      // Where links fail, luck may make a way short.
      const shortest = options.failing ? {} : { shortest: problem.level + 1 };
      return { groups: { traps: trap, others: !trap }, ceilings: {}, ...shortest };
    },
    sets: setsOf(options),
    verdicts: (problem, program) => ({ arrived: travel(problem, following(program)).arrived }),
    baselines: [
      player('random', 'any link from where it stands, each equally often', atRandom),
      player('greedy', 'always the cheapest link to a place not visited yet', () => greedily),
      player('exact', 'the optimum by dynamic programming', () => optimally),
    ],
    regret: {
      about: `(paid − least) ÷ least, luck set aside; not arriving counts as ${MOST_REGRET}, and no arrival as more`,
      end: 'arrived',
      of: (problem, program) => regret(problem, travel(problem, following(program))),
    },
  };
}
