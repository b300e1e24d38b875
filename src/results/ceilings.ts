// Exact bounds on the problems that a run was tested on, where its task knows any.

import { Random } from '../core/random.ts';
import { TUTORIAL_CEILINGS } from '../evaluation/tutorialCeilings.ts';
import { createTask } from '../tasks/table.ts';
import type { Config } from '../training/configSchema.ts';
import { evaluationStream } from '../training/train.ts';
import type { Part } from './suite.ts';

/** What somebody who lacks something can solve at the most; by level, `null` where it is not known. */
export interface Ceiling {
  readonly about: string;
  readonly levels: readonly (number | null)[];
}

/** Problems a level that a ceiling is measured on: its standard error is 0.01 at the most. */
const PROBLEMS = 2500;

const cache = new Map<string, readonly Ceiling[]>();

/** Ceilings that bound less than everything, of the task that `config` names and of the part itself. */
export function ceilingsOf(config: Config, part: Part): readonly Ceiling[] {
  const key = JSON.stringify([config.task, config.seed]);
  let found = cache.get(key);
  if (found === undefined) {
    found = part.measure === 'solved' ? ofTask(config) : [];
    cache.set(key, found);
  }
  const names = createTask(config.task.name, config.task.options).levels.map(({ name }) => name);
  const abouts = [...new Set(part.ceilings?.map(({ about }) => about))];
  const stated = abouts.map((about) => ({
    about,
    levels: names.map((name) => part.ceilings!.find((one) => one.about === about && one.level === name)?.value ?? null),
  }));
  return [...found, ...stated];
}

function ofTask({ seed, task: { name, options } }: Config): readonly Ceiling[] {
  if (name === 'tutorial') {
    return [
      { about: 'best fixed program', levels: TUTORIAL_CEILINGS.map(({ bestSolved }) => bestSolved.solved) },
      { about: 'at most, with the digits in sight', levels: TUTORIAL_CEILINGS.map(({ oracle }) => oracle) },
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
