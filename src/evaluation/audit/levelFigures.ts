// Works out what is known of one level: exactly where its problems and programs can be listed, else by search.

import { Random } from '../../core/random.ts';
import { type Problem, symbols, type Task } from '../../tasks/task.ts';
import { blindCeiling } from './adaptive.ts';
import { alikePairs, leakOf } from './alike.ts';
import type { Ablation, Ceiling, LevelFigures, Method } from './figures.ts';
import { forgetfulTools } from './forgetful.ts';
import { memorylessFigures } from './memorylessFigures.ts';
import { type ProgramNode, playTree, programOf, programTree, tools } from './programTree.ts';
import { BlindPlayer, type BlindPolicy, climb, type InSight, searchInSight, type Yield } from './search.ts';
import { everyProblem, sampled } from './support.ts';

/** How much is tried where not everything can be. */
export interface AuditBudget {
  /** Programs that differ, at the most, for an enumeration. Default 20,000. */
  readonly programs: number;
  /** Policies that a search for blind ones plays; without memory a quarter as many, for either goal. Default 1,000. */
  readonly tries: number;
  /** Problems that programs in sight of them are searched for. Default 24. */
  readonly sights: number;
  /** States of one length that such a search goes on with. Default 16. */
  readonly width: number;
}

/** Problems on which programs are told apart, and on which blind policies are searched for. */
const SOME = 512;
/** Problems on which what a search found is measured, that a teacher is asked about, and from which leaks are judged. */
const MANY = 1024;
/** Pairs of problems that look the same for which programs are searched. */
const PAIRS = 16;
/** Problems up to which the most without sight of them is worked out. */
const FEW = 128;

/** Every split of the level must have problems. */
export function levelFigures(task: Task, level: number, budget: AuditBudget): LevelFigures {
  const stream = Random.stream(0, 'evaluation').fold(7);
  const draw = (split: 'train' | 'validation' | 'test', count: number) => sampled(task, level, split, count, stream);
  const listed = (['train', 'validation', 'test'] as const).map((split) => everyProblem(task, level, split));
  const all = listed.every((problems) => problems !== undefined)
    ? distinct(listed.flatMap((list) => list!))
    : undefined;
  const problems = all ?? draw('test', MANY);
  const some = !all ? draw('train', SOME) : all.length <= SOME ? all : lot(all, SOME, stream);
  const { goal, name } = task.levels[level]!;
  const tree = task.masked ? undefined : programTree(task, some, budget.programs);
  const { blindest, ...programs } = tree
    ? enumerated(task, tree, problems)
    : searched(task, some, problems, budget, stream.fold(level));
  const pairs = alikePairs(task, problems).slice(0, tree ? undefined : PAIRS);
  return {
    ...{ level, name, goal },
    problems: { count: problems.length, all: all !== undefined },
    ...programs,
    blind: blindOf(task, all),
    memoryless: memorylessFigures(
      task,
      { all, some, problems },
      blindest,
      Math.ceil(budget.tries / 4),
      stream.fold(level).fold(13),
    ),
    ceilings: ceilingsOf(task, problems.slice(0, MANY)),
    alike: { pairs: pairs.length, apart: apart(task, pairs, tree, budget, stream) },
    leak: leakOf(task, level, {
      train: listed[0] ?? draw('train', 4 * MANY),
      test: listed[2] ?? draw('test', MANY),
      all: all !== undefined,
    }),
    forgetful: forgetfulTools(task, lot(problems, Math.min(64, problems.length), stream)).map((pair) => ({
      store: task.vocabulary[pair.store]!.symbol,
      recall: task.vocabulary[pair.recall]!.symbol,
      states: pair.states,
    })),
  };
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

const lot = <T>(items: readonly T[], count: number, stream: Random): readonly T[] => {
  const random = stream.fold(11);
  return count >= items.length ? items : Array.from({ length: count }, () => items[random.below(items.length)]!);
};

type Programs = Pick<LevelFigures, 'fixed' | 'inSight' | 'without' | 'verdictDepends'> & {
  /** The blind policies that earn and that solve most. */
  readonly blindest: { readonly reward: BlindPolicy; readonly solved: BlindPolicy };
};

/** Every program on every problem. */
function enumerated(task: Task, root: ProgramNode, problems: readonly Problem[]): Programs {
  const total = problems.length;
  const nothing = () => new Float64Array(total).fill(Number.NEGATIVE_INFINITY);
  const [right, wrong] = [nothing(), nothing()];
  const spared = new Int32Array(total);
  const ends = new Set<ProgramNode>();
  playTree(task, root, problems, ({ first, lanes: { earned, size, solved }, node }) => {
    ends.add(node);
    for (let lane = 0; lane < size; lane++) {
      const reward = earned[lane]!;
      node.reward += reward;
      node.solved += solved[lane]!;
      const best = solved[lane] === 1 ? right : wrong;
      if (reward > best[first + lane]!) best[first + lane] = reward;
      if (solved[lane] === 1) spared[first + lane]! |= node.without;
    }
  });
  const nodes = [...ends].toSorted((a, b) => a.depth - b.depth);
  const ceiling = (node: ProgramNode): Ceiling => ({
    program: symbols(task, programOf(node)),
    reward: node.reward / total,
    solved: node.solved / total,
  });
  const highest = (value: (node: ProgramNode) => number, among = nodes): ProgramNode =>
    among.reduce((best, node) => (value(node) > value(best) + 1e-9 * total ? node : best));
  const solvable = right.filter((reward) => reward > Number.NEGATIVE_INFINITY).length;
  const without = tools(task).map((token, bit): Ablation => {
    const left = nodes.filter((node) => (node.without >> bit) & 1);
    const fixed = left.length > 0 ? highest(({ solved }) => solved, left).solved / total : 0;
    const inSight = spared.filter((bits) => (bits >> bit) & 1).length / total;
    return { tool: task.vocabulary[token]!.symbol, fixed, inSight };
  });
  const method: Method = { kind: 'exact', programs: nodes.length };
  const [earner, solver] = [highest(({ reward }) => reward), highest(({ solved }) => solved)];
  const policy = (node: ProgramNode): BlindPolicy => ({ program: padded(task, programOf(node)), order: [] });
  return {
    fixed: { method, bestReward: ceiling(earner), bestSolved: ceiling(solver) },
    blindest: { reward: policy(earner), solved: policy(solver) },
    inSight: {
      method,
      problems: total,
      solved: solvable / total,
      wrongPays: share(solvable, (i) => right[i]! > Number.NEGATIVE_INFINITY && wrong[i]! > right[i]! + 1e-6, total),
      searched: undefined,
    },
    without,
    verdictDepends: nodes.some(({ solved }) => solved > 0 && solved < total),
  };
}

/** Share of `of` at which `holds`, counted over `total`. */
function share(of: number, holds: (i: number) => boolean, total: number): number {
  let count = 0;
  for (let i = 0; i < total; i++) if (holds(i)) count++;
  return of === 0 ? 0 : count / of;
}

interface Climbed {
  readonly policy: BlindPolicy;
  /** On other problems than those of the climb. */
  readonly of: Ceiling;
}

/** Policies climbed to on some problems and measured on others; programs in sight of some problems. */
function searched(
  task: Task,
  some: readonly Problem[],
  problems: readonly Problem[],
  { sights, tries, width }: AuditBudget,
  random: Random,
): Programs {
  const taught = some.slice(0, 64).flatMap((problem) => {
    const program = task.teach?.(problem);
    return program ? [program] : [];
  });
  const [trial, test] = [new BlindPlayer(task, some), new BlindPlayer(task, problems)];
  let depends = false;
  const best = (value: (of: Yield) => number, part: number): Climbed => {
    const watched = (of: Yield): number => {
      depends ||= of.solved > 0 && of.solved < 1;
      return value(of);
    };
    const policy = climb(task, trial, taught, watched, Math.ceil(tries / 2), random.fold(part));
    return { policy, of: { program: symbols(task, policy.program), ...test.play(policy) } };
  };
  const seen = problems.slice(0, sights).map((problem, i) => sight(task, problem, width, random.fold(2).fold(i)));
  const solvable = seen.filter(({ right }) => right !== undefined);
  const paid = solvable.filter(({ right, wrong }) => wrong !== undefined && wrong.reward > right!.reward + 1e-6);
  // Either climb may end higher than the other by the other's own measure.
  const climbed = [best(({ reward, solved }) => solved + 1e-4 * reward, 0), best(({ reward }) => reward, 1)] as const;
  const top = (of: 'reward' | 'solved') => climbed.reduce((a, b) => (b.of[of] > a.of[of] ? b : a));
  const [earner, solver] = [top('reward'), top('solved')];
  return {
    fixed: { method: { kind: 'search', tries }, bestReward: earner.of, bestSolved: solver.of },
    blindest: { reward: earner.policy, solved: solver.policy },
    inSight: {
      ...(reachable(task, problems.slice(0, MANY)) ?? {
        method: { kind: 'search', tries: width },
        problems: seen.length,
        solved: solvable.length / seen.length,
      }),
      wrongPays: solvable.length === 0 ? 0 : paid.length / solvable.length,
      searched: { problems: seen.length, width },
    },
    without: [],
    verdictDepends: depends || solver.of.solved === 0,
  };
}

/** For how many of `problems` the task's teacher knows a program that solves them, if it has a teacher. */
function reachable(task: Task, problems: readonly Problem[]) {
  if (!task.teach) return undefined;
  const known = problems.filter((problem) => {
    const program = task.teach!(problem);
    return program && solvesWith(task, problem, program).solved === 1;
  });
  return { method: { kind: 'taught' }, problems: problems.length, solved: known.length / problems.length } as const;
}

const solvesWith = (task: Task, problem: Problem, program: readonly number[]): Yield =>
  new BlindPlayer(task, [problem]).play({ program: padded(task, program), order: [] });

/** As `searchInSight`, with the task's own teacher. */
function sight(task: Task, problem: Problem, width: number, random: Random): InSight {
  const { right, wrong } = searchInSight(task, problem, width, random);
  const program = task.teach?.(problem);
  if (!program) return { right, wrong };
  const { reward, solved } = solvesWith(task, problem, program);
  return { right: solved === 1 && (!right || reward > right.reward) ? { reward, program } : right, wrong };
}

const padded = (task: Task, program: readonly number[]) =>
  Array.from({ length: task.programLimit }, (_, t) => program[t] ?? program.at(-1)!);

function blindOf(task: Task, all: readonly Problem[] | undefined): LevelFigures['blind'] {
  if (task.observation.length === 0 && !task.masked) return undefined; // fixed programs are all there is
  if (!all || all.length > FEW) return undefined;
  const solved = blindCeiling(task, all);
  return solved === undefined ? undefined : { method: { kind: 'exact', programs: 0 }, solved };
}

function ceilingsOf({ study }: Task, problems: readonly Problem[]): Record<string, number> {
  const sums: Record<string, number> = {};
  if (!study) return sums;
  for (const problem of problems) {
    for (const [name, holds] of Object.entries(study.analyse(problem).ceilings)) {
      sums[name] = (sums[name] ?? 0) + (holds ? 1 / problems.length : 0);
    }
  }
  return sums;
}

/** How many of the pairs no one program solves, though each of the two has one. */
function apart(
  task: Task,
  pairs: readonly (readonly [Problem, Problem])[],
  tree: ProgramNode | undefined,
  { width }: AuditBudget,
  stream: Random,
): number {
  if (pairs.length === 0) return 0;
  if (tree) {
    const each = new Uint8Array(2 * pairs.length);
    const both = new Uint8Array(pairs.length);
    playTree(task, tree, pairs.flat(), ({ first, lanes: { size, solved } }) => {
      for (let lane = 0; lane < size; lane++) each[first + lane]! |= solved[lane]!;
      for (let lane = 0; lane < size; lane += 2) both[(first + lane) / 2]! |= solved[lane]! & solved[lane + 1]!;
    });
    return pairs.filter((_, i) => each[2 * i] === 1 && each[2 * i + 1] === 1 && both[i] === 0).length;
  }
  return pairs.filter(([a, b], i) => {
    const programs = [a, b].map((problem) => sight(task, problem, width, stream.fold(i)).right?.program);
    if (programs.some((program) => program === undefined)) return false;
    return programs.every((program) => {
      const policy = { program: padded(task, program!), order: [] };
      return new BlindPlayer(task, [a, b]).play(policy).solved < 1;
    });
  }).length;
}
