// Exact bounds for the pictures and tables of a suite: of the very problems that its runs are evaluated on, and what the
// suite states.

import { createTask } from '../tasks/table.ts';
import { type Ceiling, ceilingsOf as ceilingsOfTask } from '../training/ceilings.ts';
import type { Config } from '../training/configSchema.ts';
import type { Part } from './suite.ts';

type Split = Parameters<typeof ceilingsOfTask>[1];

const cache = new Map<string, readonly Ceiling[]>();

/**
 * Ceilings that bound less than everything, of the task of `configs` and of the part itself.
 *
 * @param configs of the runs that are averaged, one at least: each has problems of its own.
 * @param average as the runs are averaged, so that none of them above its own ceiling is no mean above theirs.
 */
export function ceilingsOf(
  configs: readonly Config[],
  part: Part,
  split: Split,
  average: (shares: readonly number[]) => number,
): readonly Ceiling[] {
  const { task } = configs[0]!;
  const names = createTask(task.name, task.options).levels.map(({ name }) => name);
  const abouts = [...new Set(part.ceilings?.map(({ about }) => about))];
  const stated = abouts.map(
    (about): Ceiling => ({
      ...{ about, problems: 'all' },
      levels: names.map(
        (name) => part.ceilings!.find((one) => one.about === about && one.level === name)?.value ?? null,
      ),
    }),
  );
  if (part.measure !== 'solved') return stated;
  const runs = configs.map((config) => ofTask(config, split));
  const known = [...new Set(runs.flatMap((ceilings) => ceilings.map(({ about }) => about)))].map((about): Ceiling => {
    const own = runs.map((ceilings) => ceilings.find((one) => one.about === about));
    const { problems } = own.find((one) => one !== undefined)!;
    const levels = names.map((_, level) => {
      // One that bounds nothing on a run's problems is left out there: all of them are possible.
      const shares = own.map((one) => (one === undefined ? 1 : (one.levels[level] ?? null)));
      return shares.every((share) => share !== null) ? average(shares) : null;
    });
    return { about, problems, levels };
  });
  return [...known.filter(({ about }) => !abouts.includes(about)), ...stated];
}

/**
 * `Exact, on the very problems of these evaluations …: at most with no memory.`; nothing where nothing is known.
 *
 * @param where the problems are: `of these evaluations`.
 */
export function ceilingWords(ceilings: readonly Ceiling[], where: string): string {
  const names = (problems: Ceiling['problems']) => [
    ...new Set(ceilings.filter((one) => one.problems === problems).map(({ about }) => about)),
  ];
  const [evaluated, all] = [names('evaluated'), names('all')];
  return [
    ...(evaluated.length > 0
      ? [`Exact, on the very problems ${where} and averaged as the runs are: ${evaluated.join('; ')}.`]
      : []),
    ...(all.length > 0
      ? [
          `Exact over all problems of a level, so that a score on the few ${where} may be above by chance: ${all.join('; ')}.`,
        ]
      : []),
  ].join(' ');
}

function ofTask(config: Config, split: Split): readonly Ceiling[] {
  const { problems, testProblems } = config.evaluation;
  const key = JSON.stringify([config.task, config.seed, split, split === 'test' ? testProblems : problems]);
  let found = cache.get(key);
  if (found === undefined) {
    found = ceilingsOfTask(config, split);
    cache.set(key, found);
  }
  return found;
}
