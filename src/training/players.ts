// What players without learning pay on the very problems that a run is evaluated on.

import { Random } from '../core/random.ts';
import { meanRegrets } from '../evaluation/accuracy.ts';
import { createTask } from '../tasks/table.ts';
import type { Config } from './configSchema.ts';
import { evaluationStream } from './train.ts';

/** A player and what it pays. */
export interface PlayerRegret {
  readonly name: string;
  /** By level, as `PricedScore.regret`. */
  readonly levels: readonly Readonly<Record<string, number>>[];
}

/** Of the test problems of the built-in task that `config` names; nobody where its study counts no regret. */
export function playersRegret({ evaluation, seed, task: { name, options } }: Config): readonly PlayerRegret[] {
  const task = createTask(name, options);
  const { study } = task;
  if (!study?.regret) return [];
  const stream = Random.stream(seed, 'evaluation');
  const levels = task.levels.map((_, level) => {
    const draw = evaluationStream(stream, 'test', level);
    const problems = Array.from({ length: evaluation.testProblems }, (_, i) =>
      task.sample(level, 'test', draw.fold(i)),
    );
    return { problems, analyses: problems.map((problem) => study.analyse(problem)) };
  });
  return (study.baselines ?? []).map((player, index) => {
    const own = stream.fold(PLAYERS).fold(index);
    const pays = levels.map(({ analyses, problems }, level) => {
      const regrets = problems.map((problem, i) => player.play(problem, own.fold(level).fold(i)).regret!);
      return meanRegrets(regrets, analyses);
    });
    return { name: player.name, levels: pays };
  });
}

/** Of the evaluation stream; 0 and 1 are those of the splits. */
const PLAYERS = 1000;
