// The clauses of the task contract on what a task tells for reports: its study, its example and its extension.

import { Random } from '../core/random.ts';
import { demand, same } from './demand.ts';
import { checkLabels } from './labelsConformance.ts';
import type { Study } from './study.ts';
import type { Problem, Task } from './task.ts';

const PROBLEMS = 4;

/** A problem, and a program that was played on it. */
export interface Played {
  readonly problem: Problem;
  readonly program: readonly number[];
}

/** Puts what `task` tells through the contract, as far as it tells anything. */
export function checkTelling(task: Task, played: readonly Played[], seed: number): void {
  if (task.example !== undefined) {
    const { level } = task.parse?.(task.example) ?? { level: -1 };
    demand(level >= 0 && level < task.levels.length, task, 'parse takes the example');
  }
  if (task.study) {
    checkAnalysis(task, task.study, played);
    checkSets(task, task.study, seed);
    checkVerdicts(task, task.study, played);
    checkPlayers(task, task.study, played, seed);
  }
  if (task.labels) checkLabels(task, task.labels, played);
  if (task.extended) checkExtension(task, task.extended(), seed);
}

function checkAnalysis(task: Task, study: Study<Problem>, played: readonly Played[]): void {
  let names: string | undefined;
  for (const { problem } of played) {
    const analysis = study.analyse(problem);
    const { ceilings, cluster, groups, shortest } = analysis;
    demand(same(study.analyse(structuredClone(problem)), analysis), task, 'analyse is a pure function of the problem');
    demand(same(structuredClone(analysis), analysis), task, 'an analysis is plain data');
    demand(cluster !== '', task, 'a cluster has a name');
    const all = JSON.stringify([Object.keys(groups), Object.keys(ceilings)]);
    names ??= all;
    demand(all === names, task, 'every analysis has the same groups and ceilings');
    const taught = task.teach?.(problem)?.length ?? task.programLimit;
    demand(shortest === undefined || shortest <= taught, task, 'no taught program is shorter than the shortest');
  }
}

function checkSets(task: Task, { sets }: Study<Problem>, seed: number): void {
  demand(sets.length > 0, task, 'a study has at least one set');
  demand(new Set(sets.map(({ name }) => name)).size === sets.length, task, 'names of sets differ');
  for (const [i, set] of sets.entries()) {
    for (let level = 0; level < task.levels.length; level++) {
      const stream = Random.stream(seed, 'evaluation').fold(level);
      const draw = (): Problem[] =>
        Array.from({ length: PROBLEMS }, (_, index) => set.sample(level, stream.fold(index)));
      const problems = draw();
      demand(same(draw(), problems), task, `set ${set.name} samples by its stream alone`);
      demand(
        problems.every((problem) => problem.level === level),
        task,
        `set ${set.name} samples problems of the level asked for`,
      );
      if (i > 0) continue;
      const tests = problems.map((_, index) => task.sample(level, 'test', stream.fold(index)));
      demand(same(tests, problems), task, 'the first set is the test split');
    }
  }
}

function checkVerdicts(task: Task, study: Study<Problem>, played: readonly Played[]): void {
  const [{ problem, program }] = played as [Played];
  const ceilings = Object.keys(study.analyse(problem).ceilings);
  const verdicts = Object.keys(study.verdicts?.(problem, program) ?? {});
  for (const [ceiling, verdict] of Object.entries(study.bounds ?? {})) {
    const known = ceilings.includes(ceiling) && verdicts.includes(verdict);
    demand(known, task, `bounds name a ceiling and a verdict, not ${ceiling} and ${verdict}`);
  }
  if (!study.verdicts) return;
  const names = played.map(({ problem, program }) => {
    const verdicts = study.verdicts!(problem, program);
    demand(same(study.verdicts!(problem, program), verdicts), task, 'verdicts are a pure function of the episode');
    return Object.keys(verdicts);
  });
  demand(
    names.every((some) => same(some, names[0])),
    task,
    'every episode has the same verdicts',
  );
}

function checkPlayers(
  task: Task,
  { baselines = [], regret }: Study<Problem>,
  played: readonly Played[],
  seed: number,
): void {
  const names = new Set(baselines.map(({ name }) => name));
  demand(names.size === baselines.length, task, 'names of baselines differ');
  for (const { problem, program } of played) {
    for (const { name, play } of baselines) {
      const draw = () => play(problem, Random.stream(seed, 'evaluation'));
      const result = draw();
      demand(same(draw(), result), task, `baseline ${name} plays by the problem and its stream alone`);
      demand(Number.isFinite(result.reward), task, `baseline ${name} earns a finite reward, not ${result.reward}`);
      const counted = result.regret === undefined ? regret === undefined : regret !== undefined && result.regret >= 0;
      demand(counted, task, `baseline ${name} tells a regret of at least 0 where the study counts it, and else none`);
    }
    if (regret === undefined) continue;
    const lost = regret.of(problem, program);
    demand(Number.isFinite(lost) && lost >= 0, task, `regret is finite and at least 0, not ${lost}`);
    demand(same(regret.of(structuredClone(problem), program), lost), task, 'regret is a pure function of the episode');
    const taught = task.teach?.(problem);
    demand(!taught || regret.of(problem, taught) === 0, task, 'a taught program has no regret');
  }
}

function checkExtension(task: Task, extended: Task, seed: number): void {
  const shared = ({ masked, observation, padding, start, thoughts, vocabulary }: Task) => [
    ...[masked, observation, padding, start, thoughts],
    vocabulary,
  ];
  demand(same(shared(extended), shared(task)), task, 'an extension has the same tokens, mask and observations');
  const levels = extended.levels.slice(0, task.levels.length);
  demand(same(levels, task.levels), task, 'an extension begins with the same levels');
  demand(extended.programLimit >= task.programLimit, task, 'an extension takes programs as long');
  demand(extended.contextLimit >= task.contextLimit, task, 'an extension takes contexts as long');
  for (let level = 0; level < levels.length; level++) {
    const stream = Random.stream(seed, 'evaluation').fold(level);
    const draw = (from: Task) =>
      Array.from({ length: PROBLEMS }, (_, index) => from.sample(level, 'test', stream.fold(index)));
    demand(same(draw(extended), draw(task)), task, 'an extension samples the same problems of the same levels');
  }
}
