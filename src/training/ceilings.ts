// Exact bounds on the problems that a run is tested on, where its task knows any.

import { Random } from '../core/random.ts';
import { CALCULATOR_CEILINGS } from '../evaluation/calculatorCeilings.ts';
import { TUTORIAL_CEILINGS } from '../evaluation/tutorialCeilings.ts';
import { createTask } from '../tasks/table.ts';
import type { Config } from './configSchema.ts';
import { evaluationStream } from './train.ts';

/** What somebody who lacks something can solve at the most; by level, `null` where it is not known. */
export interface Ceiling {
  readonly about: string;
  readonly levels: readonly (number | null)[];
}

/** Problems a level that a ceiling is measured on: its standard error is 0.01 at the most. */
const PROBLEMS = 2500;

/** Ceilings that bound less than everything, of the built-in task that `config` names. Takes up to some seconds. */
export function ceilingsOf({ seed, task: { name, options } }: Pick<Config, 'seed' | 'task'>): readonly Ceiling[] {
  if (name === 'tutorial') {
    return [
      { about: 'best fixed program', levels: TUTORIAL_CEILINGS.map(({ bestSolved }) => bestSolved.solved) },
      { about: 'at most, with the digits in sight', levels: TUTORIAL_CEILINGS.map(({ oracle }) => oracle) },
    ];
  }
  if (name === 'calculator') {
    return [
      { about: 'at most without memory, with the digits in sight', levels: CALCULATOR_CEILINGS.oracle },
      { about: 'best fixed program without memory', levels: CALCULATOR_CEILINGS.fixed },
    ];
  }
  const task = createTask(name, options);
  const { study } = task;
  if (!study) return [];
  const stream = Random.stream(seed, 'evaluation');
  const levels = task.levels.map((_, level) => {
    const draw = evaluationStream(stream, 'test', level);
    const sums = new Map<string, number>();
    for (let i = 0; i < PROBLEMS; i++) {
      for (const [about, within] of Object.entries(study.analyse(task.sample(level, 'test', draw.fold(i))).ceilings)) {
        sums.set(about, (sums.get(about) ?? 0) + (within ? 1 : 0) / PROBLEMS);
      }
    }
    return sums;
  });
  // One that bounds another verdict than `solved` would be in the wrong picture.
  const abouts = [...levels[0]!.keys()].filter((about) => study.bounds?.[about] === undefined);
  return abouts
    .map((about) => ({ about: `at most with ${about}`, levels: levels.map((sums) => sums.get(about) ?? null) }))
    .filter((ceiling) => ceiling.levels.some((value) => value !== null && value < 0.9995));
}
