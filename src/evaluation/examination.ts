// What can be said about an agent on a task that tells of its problems: set by set, group by group, beside its ceilings.

import type { Random } from '../core/random.ts';
import type { ProblemSet, Study } from '../tasks/study.ts';
import type { Problem, Thoughts } from '../tasks/task.ts';
import { acting } from '../tasks/thoughts.ts';
import { type Evaluator, type LevelScore, levelScore, type Outcome } from './accuracy.ts';
import { type BaselineScore, baselineScores, type RegretScore, regretScore } from './baselines.ts';
import { clusteredMean, type Estimate, gather } from './clusters.ts';
import { passAtK } from './passAtK.ts';
import { byGroup, byName, clustersOf, type Mean, mean, type Share, share } from './shares.ts';

/** Greedy play on one set of problems of one level. */
export interface SetScore extends LevelScore {
  /** Different clusters among the problems; `null` where they have none. */
  readonly clusters: number | null;
  /** Different families; `null` where they have none. */
  readonly families: number | null;
  /** Of each group the share solved. */
  readonly groups: Readonly<Record<string, Share>>;
  /**
   * What those who lack something could solve of these very problems at the most, and how far the agent is above: by
   * the verdict that the ceiling bounds.
   */
  readonly ceilings: Readonly<Record<string, { readonly share: number; readonly margin: Estimate }>>;
  /**
   * Of the solved problems with a known shortest program: tokens, thoughts left out, ÷ its tokens, in the mean; `null`
   * without any.
   */
  readonly length: Mean | null;
  /** Share of the problems by the task's other verdicts. */
  readonly verdicts: Readonly<Record<string, Share>>;
  /** What the agent's programs cost beyond the least possible; `null` where the task's study does not count it. */
  readonly regret: RegretScore | null;
  /** What players without learning make of these very problems. */
  readonly baselines: readonly BaselineScore[];
}

/** Several programs a problem, drawn from the policy. */
export interface SampleScore {
  readonly level: number;
  readonly problems: number;
  /** Programs drawn for each problem. */
  readonly samples: number;
  /** Share of problems that at least one of k programs solves, for k = 1, 4, 16, … and `samples` itself. */
  readonly pass: readonly (Share & { readonly k: number })[];
  /** Share solved by the program that the agent itself holds likeliest (highest log π) of all drawn. */
  readonly best: Share;
}

const different = (names: readonly (string | undefined)[]): number | null => {
  const known = names.filter((name) => name !== undefined);
  return known.length > 0 ? new Set(known).size : null;
};

/**
 * Everything about `outcomes`, which are of problems of one level.
 * @param random for the baselines. @param thoughts of the task, which are no part of a program.
 */
export function setScore(
  level: number,
  outcomes: readonly Outcome[],
  study: Study<Problem>,
  random: Random,
  thoughts?: Thoughts,
): SetScore {
  const problems = outcomes.map(({ problem }) => problem);
  const analyses = problems.map((problem) => study.analyse(problem));
  const solved = outcomes.map((outcome) => Number(outcome.solved));
  const clusters = clustersOf(analyses);
  const verdicts = outcomes.map(({ problem, program }) => study.verdicts?.(problem, program) ?? {});
  const above = (reachable: readonly boolean[], ceiling: string) => {
    const verdict = study.bounds?.[ceiling];
    const differences = solved.map(
      (one, i) => (verdict === undefined ? one : Number(verdicts[i]![verdict])) - Number(reachable[i]),
    );
    return {
      share: reachable.filter(Boolean).length / reachable.length,
      margin: clusteredMean(gather(differences, clusters)),
    };
  };
  const rivals = outcomes.flatMap(({ program, solved }, i) => {
    const { shortest } = analyses[i]!;
    const ratio = (least: number) => acting({ thoughts }, program).length / least;
    return solved && shortest !== undefined ? [{ ...analyses[i]!, ratio: ratio(shortest) }] : [];
  });
  return {
    ...levelScore(level, outcomes, clusters),
    clusters: different(clusters),
    families: different(analyses.map(({ family }) => family)),
    groups: byGroup(solved, analyses, share),
    ceilings: byName(analyses, 'ceilings', above),
    length: mean(
      rivals.map(({ ratio }) => ratio),
      rivals,
    ),
    verdicts: Object.fromEntries(
      Object.keys(verdicts[0] ?? {}).map((name) => [
        name,
        share(
          verdicts.map((one) => Number(one[name])),
          analyses,
        ),
      ]),
    ),
    regret: study.regret
      ? regretScore(
          outcomes.map(({ problem, program }) => study.regret!.of(problem, program)),
          analyses,
          study.regret.end,
          verdicts.map((one) => one[study.regret!.end ?? '']),
        )
      : null,
    baselines: baselineScores(problems, analyses, study, random),
  };
}

/** Draws `samples` programs for each of `problems`, all of `level`. */
export function sampleScore(
  evaluator: Evaluator,
  level: number,
  problems: readonly Problem[],
  samples: number,
  random: Random,
): SampleScore {
  const repeated = problems.flatMap((problem) => new Array<Problem>(samples).fill(problem));
  const outcomes = evaluator.play(repeated, { kind: 'sample', random });
  const tries = problems.map((_, i) => outcomes.slice(i * samples, (i + 1) * samples));
  const counts = tries.map((some) => some.filter(({ solved }) => solved).length);
  const analyses = problems.map((problem) => evaluator.task.study?.analyse(problem) ?? {});
  const best = tries.map((some) => Number(likeliest(some).solved));
  const ks = powersOfFour(samples);
  const pass = ks.map((k) => {
    const estimates = counts.map((solved) => passAtK(samples, solved, k));
    return { k, ...share(estimates, analyses) };
  });
  return { level, problems: problems.length, samples, pass, best: share(best, analyses) };
}

const likeliest = (some: readonly Outcome[]): Outcome => some.reduce((a, b) => (b.logProb > a.logProb ? b : a));

/** 1, 4, 16, … below `most`, and `most`. */
function powersOfFour(most: number): number[] {
  const powers: number[] = [];
  for (let k = 1; k < most; k *= 4) powers.push(k);
  return [...powers, most];
}

/** One number of an examination, in the order of `examine`. */
export type Examined = {
  /** Numbers up to this one, and in all. */
  readonly done: number;
  readonly of: number;
} & (
  | {
      readonly kind: 'set';
      readonly set: string;
      readonly about: string;
      /** What training never saw of these problems: `structures`, `classes`, the whole `level`; `null`: nothing. */
      readonly heldOut: string | null;
      readonly score: SetScore;
    }
  | { readonly kind: 'samples'; readonly score: SampleScore }
);

export interface ExamineOptions {
  /** Levels of the extended task, so those beyond the trained ones too; default all. */
  readonly levels?: readonly number[];
  /** Fresh problems for each set and level. */
  readonly problems: number;
  /** Programs drawn for each problem of the first set that is sampled; 0 draws none. Default 16. */
  readonly samples?: number;
  /** Problems of a level that programs are drawn for, at the most. Default 1000. */
  readonly sampledProblems?: number;
}

/**
 * Every set of the task's study at every level that was trained, then the first set at the levels beyond, then several
 * programs a problem at the trained levels.
 * @param evaluator of the extended task. @param trained levels of training. @param stream decides which problems; the
 * first set's are those of `first`.
 */
export function* examine(
  evaluator: Evaluator,
  trained: number,
  options: ExamineOptions,
  stream: Random,
  first: (level: number) => Random,
): Generator<Examined, void> {
  const { task } = evaluator;
  const study = task.study!;
  const { problems, sampledProblems = 1000, samples = 16 } = options;
  const levels = options.levels ?? task.levels.map((_, level) => level);
  const [within, beyond] = [levels.filter((level) => level < trained), levels.filter((level) => level >= trained)];
  const of = within.length * (study.sets.length + (samples > 0 ? 1 : 0)) + beyond.length;
  let done = 0;
  const draw = (set: ProblemSet<Problem>, level: number, count: number) => {
    const index = study.sets.indexOf(set);
    const own = index === 0 ? first(level) : stream.fold(FURTHER_SETS + index).fold(level);
    return Array.from({ length: count }, (_, i) => set.sample(level, own.fold(i)));
  };
  for (const [i, set] of study.sets.entries()) {
    for (const level of i === 0 ? [...within, ...beyond] : within) {
      const outcomes = evaluator.play(draw(set, level, problems), { kind: 'greedy' });
      const heldOut = level >= trained ? 'level' : (set.heldOut(level) ?? null);
      const { about, name } = set;
      const score = setScore(level, outcomes, study, stream.fold(PLAYERS).fold(i).fold(level), task.thoughts);
      yield { done: ++done, of, kind: 'set', set: name, about, heldOut, score };
    }
  }
  if (samples === 0) return;
  for (const level of within) {
    const some = draw(study.sets[0]!, level, Math.min(problems, sampledProblems));
    const score = sampleScore(evaluator, level, some, samples, stream.fold(SAMPLES).fold(level));
    yield { done: ++done, of, kind: 'samples', score };
  }
}

/** Streams of an examination; 0 and 1 are those of the splits, and what follows `FURTHER_SETS` those of sets. */
const [SAMPLES, FURTHER_SETS, PLAYERS] = [2, 3, 1000];
