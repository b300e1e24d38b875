// Who is blamed? On one set of sampled episodes the advantage that Monte Carlo, GAE, GRPO and RLOO give to every token,
// beside the token that decided: the first after which no program could succeed any more.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { episodeReturns, groupAdvantages, leaveOneOut, spread } from '../algorithms/groups.ts';
import { discountedReturns, generalisedAdvantages } from '../algorithms/returns.ts';
import type { Random } from '../core/random.ts';
import { type Problem, symbols, type Task } from '../tasks/task.ts';
import { structureOf } from './labels/episodeLabels.ts';
import type { Hooks } from './playback.ts';
import { reachOf } from './reach/reach.ts';
import type { Reach } from './reach/search.ts';
import type { Criterion, Progress, SectionResult } from './section.ts';
import type { Subject } from './subject.ts';
import { batches, criterion, type Trial } from './trials.ts';

/**
 * - `monte carlo`: the return less the critic's value.
 * - `gae`: generalised advantage estimation.
 * - `grpo`: the episode's reward less its group's mean, in units of the group's deviation: the same for all its tokens.
 * - `rloo`: the episode's reward less the mean of the others in its group: likewise.
 */
export const ESTIMATORS = ['monte carlo', 'gae', 'grpo', 'rloo'] as const;
export type Estimator = (typeof ESTIMATORS)[number];

/** Share of lost episodes where the deciding token is blamed most, beyond one drawn by lot, from which on it counts. */
const BLAMES = 0.25;

/** One episode, for a picture. */
export interface CreditEpisode {
  readonly level: number;
  readonly problem: string;
  readonly tokens: readonly string[];
  readonly solved: boolean;
  /** Place of the deciding token; `null` where the episode was solved, or the search gave up. */
  readonly decisive: number | null;
  /** Place of the token that was drawn by lot instead of by the policy; `null`: none was. */
  readonly lot: number | null;
  readonly values: readonly number[];
  readonly advantages: Readonly<Record<Estimator, readonly number[]>>;
}

/** What an estimator makes of the lost episodes whose deciding token is known: means. */
export interface CreditRow {
  readonly estimator: Estimator;
  readonly episodes: number;
  /** Share where the deciding token has the lowest advantage of all; of several that are equal, one by lot. */
  readonly blamed: number;
  /** Share of the episode's other tokens whose advantage is higher; half of those that are equal. */
  readonly rank: number;
  /** Deciding token's advantage, and the other tokens'. */
  readonly decisive: number;
  readonly others: number;
}

export interface CreditResult extends SectionResult {
  readonly kind: 'credit';
  readonly episodes: number;
  readonly lost: number;
  /** Lost episodes whose deciding token the search did not find within its budget. */
  readonly gaveUp: number;
  /** Lost episodes that no program could have saved from the start. */
  readonly hopeless: number;
  readonly rows: readonly CreditRow[];
  readonly examples: readonly CreditEpisode[];
  readonly discount: number;
  readonly lambda: number;
}

export interface CreditOptions {
  /** Problems of each level. Default 24. */
  readonly problems?: number;
  /** Episodes of each problem: the group of GRPO and RLOO. Default 8. */
  readonly group?: number;
  /**
   * Episodes of each group where one token, at a step drawn by lot, is drawn by lot from all that may be chosen: a
   * trained policy loses too seldom by itself. Default half the group.
   */
  readonly lots?: number;
  /** Default all of training. */
  readonly levels?: readonly number[];
  /** γ; default 1. */
  readonly discount?: number;
  /** λ of GAE; default 0.95. */
  readonly lambda?: number;
  /** Steps of the search for one question; default those of `reachOf`. */
  readonly budget?: number;
  /** Episodes for pictures, lost ones first. Default 6. */
  readonly examples?: number;
}

/** An episode with all that estimators read. */
export interface Sampled {
  readonly problem: Problem;
  readonly program: readonly number[];
  readonly solved: boolean;
  readonly values: readonly number[];
  readonly rewards: readonly number[];
  readonly lot: number | null;
}

export function credit(subject: Subject, options: CreditOptions = {}, progress?: Progress): CreditResult {
  const { budget, discount = 1, examples = 6, group = 8, lambda = 0.95, problems = 24 } = options;
  const { levels = [...subject.task.levels.keys()], lots = Math.floor(group / 2) } = options;
  const random = subject.random('credit');
  const task = subject.extended;
  const reach = reachOf(task, budget === undefined ? {} : { budget });
  const sampled: Sampled[] = [];
  for (const [i, level] of levels.entries()) {
    progress?.(i, levels.length, `credit ${task.levels[level]!.name}`);
    const chance = random.fold(level);
    const drawn = subject.problems(level, 'test', problems, chance.fold(0));
    sampled.push(...sample(subject, drawn, group, lots, chance.fold(1)));
  }
  const advantages = advantagesOf(sampled, task.programLimit, group, discount, lambda);
  const judged = sampled.map((one) => (one.solved ? undefined : decisive(reach, one)));
  const known = [...sampled.keys()].filter((i) => typeof judged[i] === 'number');
  // Lost ones of the highest levels first: they are the longest.
  const rest = [...sampled.keys()].filter((i) => !known.includes(i));
  const shown = [...known.toReversed(), ...rest.toReversed()].slice(0, examples);
  return {
    kind: 'credit',
    episodes: sampled.length,
    lost: sampled.filter(({ solved }) => !solved).length,
    gaveUp: judged.filter((one) => one === 'gave up').length,
    hopeless: judged.filter((one) => one === 'hopeless').length,
    rows: known.length > 0 ? ESTIMATORS.map((one) => rowOf(one, judged, known, advantages[one])) : [],
    examples: shown.map((i) => episodeOf(task, sampled[i]!, judged[i], advantages, i)),
    discount,
    lambda,
    criteria: ESTIMATORS.map((one, e): Criterion => {
      const trials = known.map((i): Trial => {
        const own = advantages[one][i]!;
        const blame = blamed(own, judged[i] as number);
        return { structure: structureOf(task, sampled[i]!.problem), number: blame, control: 1 / own.length };
      });
      return criterion(
        {
          id: `credit-${one.replace(' ', '-')}`,
          question: `Does ${NAMES[one]} blame the token that decided?`,
          control: 'a token of the episode by lot',
          rule: `share of lost episodes where the deciding token has the lowest advantage, less the control's, by bootstrap over structures: met from ${BLAMES} on`,
        },
        trials,
        BLAMES,
        random.fold(1000 + e),
      );
    }),
  };
}

const NAMES: Readonly<Record<Estimator, string>> = {
  'monte carlo': 'Monte Carlo',
  gae: 'GAE',
  grpo: 'GRPO',
  rloo: 'RLOO',
};

/** Group after group. */
export function sample(
  subject: Subject,
  problems: readonly Problem[],
  group: number,
  lots: number,
  random: Random,
): Sampled[] {
  const playback = subject.playback();
  const all = problems.flatMap((problem) => new Array<Problem>(group).fill(problem));
  // How long a program is going to be, about.
  const lengths = batches(problems, playback.lanes).flatMap((some) =>
    playback.play(some, { choice: { kind: 'greedy' } }).map(({ program }) => program.length),
  );
  return batches([...all.entries()], playback.lanes).flatMap((some, batch) => {
    const values = some.map((): number[] => []);
    const rewards = some.map((): number[] => []);
    const lot = some.map(([i]) => {
      const chance = random.fold(0).fold(i);
      const steps = lengths[Math.floor(i / group)]!;
      return i % group < group - lots || steps === 0 ? undefined : { step: chance.below(steps), chance, token: -1 };
    });
    const hooks: Hooks = {
      choice({ lanes, legal, step }) {
        for (const [row, lane] of lanes.entries()) {
          const one = lot[lane];
          if (one?.step !== step) continue;
          const allowed = [...legal(row).keys()].filter((token) => legal(row)[token] === 1);
          if (allowed.length > 0) one.token = allowed[one.chance.below(allowed.length)]!;
        }
      },
      token: (step, lane) => {
        const one = lot[lane];
        return one?.step === step && one.token >= 0 ? one.token : undefined;
      },
      record(view) {
        for (const [row, lane] of view.lanes.entries()) values[lane]!.push(view.value(row));
      },
      acted({ lanes, out }) {
        for (const [row, lane] of lanes.entries()) rewards[lane]!.push(out.reward[row]!);
      },
    };
    const { key } = random.fold(1).fold(batch);
    const played = playback.play(
      some.map(([, problem]) => problem),
      { choice: { kind: 'sample', key }, hooks },
    );
    return played.map(({ program, solved }, lane): Sampled => {
      const one = lot[lane];
      return {
        problem: some[lane]![1],
        program,
        solved,
        values: values[lane]!.slice(0, program.length),
        rewards: rewards[lane]!,
        lot: one && one.token >= 0 && one.step < program.length ? one.step : null,
      };
    });
  });
}

/** @param at what lost it. @param index among the episodes of `advantages`. */
export function episodeOf(
  task: Task,
  { lot, problem, program, solved, values }: Sampled,
  at: number | string | undefined,
  advantages: Record<Estimator, readonly number[][]>,
  index: number,
): CreditEpisode {
  return {
    level: problem.level,
    problem: task.describe(problem),
    tokens: symbols(task, program),
    solved,
    decisive: typeof at === 'number' ? at : null,
    lot,
    values,
    advantages: {
      'monte carlo': advantages['monte carlo'][index]!,
      gae: advantages.gae[index]!,
      grpo: advantages.grpo[index]!,
      rloo: advantages.rloo[index]!,
    },
  };
}

/** By estimator each episode's advantages, with the algorithms' own equations. */
export function advantagesOf(
  sampled: readonly Sampled[],
  steps: number,
  group: number,
  discount: number,
  lambda: number,
): Record<Estimator, number[][]> {
  const batch = arraysOf(sampled, steps);
  const { discounts, lengths, rewards, values } = batch;
  const returns = new Float32Array(rewards.length);
  discountedReturns(rewards, discounts, lengths, steps, discount, returns);
  const general = new Float32Array(rewards.length);
  generalisedAdvantages(rewards, discounts, values, lengths, steps, discount, lambda, general);
  const episodes = episodeReturns(batch);
  const cut = (cells: Float32Array) =>
    sampled.map(({ program }, lane) => Array.from(cells.subarray(lane * steps, lane * steps + program.length)));
  return {
    'monte carlo': cut(returns.map((value, cell) => value - values[cell]!)),
    gae: cut(general),
    grpo: cut(spread(batch, groupAdvantages(episodes, group, true))),
    rloo: cut(spread(batch, leaveOneOut(episodes, group))),
  };
}

function arraysOf(sampled: readonly Sampled[], steps: number): TrajectoryArrays {
  const lanes = sampled.length;
  const cells = lanes * steps;
  const lengths = Int32Array.from(sampled, ({ program }) => program.length);
  const filled = (of: (one: Sampled, t: number) => number) => {
    const column = new Float32Array(cells);
    for (const [lane, one] of sampled.entries()) {
      for (let t = 0; t < one.program.length; t++) column[lane * steps + t] = of(one, t);
    }
    return column;
  };
  const none = new Float32Array(cells);
  return {
    lanes,
    steps,
    levels: Int32Array.from(sampled, ({ problem }) => problem.level),
    lengths,
    solved: Int32Array.from(sampled, ({ solved }) => Number(solved)),
    tokens: Int32Array.from(filled(({ program }, t) => program[t]!)),
    rewards: filled(({ rewards }, t) => rewards[t]!),
    discounts: filled(({ program }, t) => (t < program.length - 1 ? 1 : 0)),
    values: filled(({ values }, t) => values[t]!),
    logProbs: none,
    entropies: none,
    weights: none,
    valueGradients: none,
  };
}

/** What lost an episode: the place of a token; nothing, for it was lost from the start; or nobody knows. */
export function decisive(
  reach: Reach,
  { problem, program }: { readonly problem: Problem; readonly program: readonly number[] },
): number | 'hopeless' | 'gave up' {
  const start = reach(problem, []);
  if (start === undefined) return 'gave up';
  if (!start) return 'hopeless';
  // What can no longer succeed never will again: from `low` tokens it could, from `high` it could not.
  let [low, high] = [0, program.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const found = reach(problem, program.slice(0, middle));
    if (found === undefined) return 'gave up';
    if (found) low = middle;
    else high = middle;
  }
  return high - 1;
}

/** 1 where the token at `place` has the lowest advantage alone; a share where others have the same. */
function blamed(advantages: readonly number[], place: number): number {
  const least = Math.min(...advantages);
  return advantages[place] === least ? 1 / advantages.filter((value) => value === least).length : 0;
}

function rowOf(
  estimator: Estimator,
  judged: readonly (number | string | undefined)[],
  known: readonly number[],
  advantages: readonly (readonly number[])[],
): CreditRow {
  const mean = (of: (own: readonly number[], place: number) => number) =>
    known.reduce((sum, i) => sum + of(advantages[i]!, judged[i] as number), 0) / known.length;
  const others = (own: readonly number[], place: number) => own.filter((_, i) => i !== place);
  const average = (some: readonly number[], fallback: number) =>
    some.length > 0 ? some.reduce((sum, value) => sum + value, 0) / some.length : fallback;
  return {
    estimator,
    episodes: known.length,
    blamed: mean(blamed),
    rank: mean((own, place) =>
      average(
        others(own, place).map((value) => (value > own[place]! ? 1 : value === own[place] ? 0.5 : 0)),
        0.5,
      ),
    ),
    decisive: mean((own, place) => own[place]!),
    others: mean((own, place) => average(others(own, place), own[place]!)),
  };
}
