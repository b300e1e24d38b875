// What can be told of countdown problems without an agent: whether their numbers were held out, how hard they are.

import type { Random } from '../../core/random.ts';
import type { Analysis, ProblemSet, Study } from '../study.ts';
import type { Split } from '../task.ts';
import { BASELINES, greedyValue } from './baselines.ts';
import { type CountdownOptions, numbersAt } from './options.ts';
import { type CountdownProblem, drawProblem } from './problem.ts';

function analyse({ numbers, target }: CountdownProblem): Analysis {
  const solved = greedyValue(numbers, target) === target;
  return {
    cluster: numbers.join(' '),
    groups: { 'greedy solves': solved, 'greedy fails': !solved },
    ceilings: {},
  };
}

export function countdownStudy(options: CountdownOptions): Study<CountdownProblem> {
  const set = (name: string, split: Split, about: string, held?: string): ProblemSet<CountdownProblem> => ({
    name,
    about,
    heldOut: () => held,
    sample: (level: number, random: Random) => drawProblem(level, numbersAt(level, options), split, random),
  });
  return {
    analyse,
    sets: [
      set('test sets', 'test', 'sets of numbers that training never saw', 'sets of numbers'),
      set('training sets', 'train', 'sets of numbers that training saw, with targets drawn anew'),
    ],
    baselines: BASELINES,
  };
}
