// Exact bounds on the problems that a run is evaluated on, where its task knows any.

import { Random } from '../core/random.ts';
import { CALCULATOR_CEILINGS } from '../evaluation/calculatorCeilings.ts';
import { TUTORIAL_CEILINGS } from '../evaluation/tutorialCeilings.ts';
import { createTask } from '../tasks/table.ts';
import type { Config } from './configSchema.ts';
import { evaluationStream } from './train.ts';

/** What somebody who lacks something can solve at the most. */
export interface Ceiling {
  readonly about: string;
  /**
   * `evaluated`: on the very problems that the run is evaluated on, which no agent that lacks it exceeds. `all`: over all
   * problems of a level, which an evaluation of some of them may exceed by chance.
   */
  readonly problems: 'evaluated' | 'all';
  /** By level the share; `null` where it is not known. */
  readonly levels: readonly (number | null)[];
}

/**
 * Ceilings that bound less than everything, of the built-in task that `config` names. Takes up to some seconds.
 *
 * @param split `validation`: the problems that all evaluations of the training have in common; `test`: those of its end.
 *   The two differ, and so do their ceilings.
 */
export function ceilingsOf(
  { evaluation, seed, task: { name, options } }: Pick<Config, 'evaluation' | 'seed' | 'task'>,
  split: 'validation' | 'test',
): readonly Ceiling[] {
  const overAll = (about: string, levels: Ceiling['levels']): Ceiling => ({ about, problems: 'all', levels });
  if (name === 'tutorial') {
    const fixed = TUTORIAL_CEILINGS.map(({ bestSolved }) => bestSolved.solved);
    const oracle = TUTORIAL_CEILINGS.map((ceiling) => ceiling.oracle);
    return [overAll('best fixed program', fixed), overAll('at most, with the digits in sight', oracle)];
  }
  if (name === 'calculator') {
    return [
      overAll('at most without memory, with the digits in sight', CALCULATOR_CEILINGS.oracle),
      overAll('best fixed program without memory', CALCULATOR_CEILINGS.fixed),
    ];
  }
  const task = createTask(name, options);
  const { study } = task;
  if (!study) return [];
  const stream = Random.stream(seed, 'evaluation');
  const problems = split === 'test' ? evaluation.testProblems : evaluation.problems;
  const first = task.sample(0, split, evaluationStream(stream, split, 0).fold(0));
  // One that bounds another verdict than `solved` would be in the wrong picture.
  const abouts = Object.keys(study.analyse(first).ceilings).filter((about) => study.bounds?.[about] === undefined);
  if (abouts.length === 0) return [];
  const levels = task.levels.map((_, level) => {
    const draw = evaluationStream(stream, split, level);
    const within = new Map<string, number>();
    for (let i = 0; i < problems; i++) {
      for (const [about, can] of Object.entries(study.analyse(task.sample(level, split, draw.fold(i))).ceilings)) {
        within.set(about, (within.get(about) ?? 0) + (can ? 1 : 0));
      }
    }
    return within;
  });
  return abouts
    .map((about): Ceiling => {
      const shares = levels.map((within) => within.get(about)! / problems);
      return { about: `at most with ${about}`, problems: 'evaluated', levels: shares };
    })
    .filter((ceiling) => ceiling.levels.some((value) => value !== null && value < 1));
}
