// Exact accuracy: the share of problems whose episode the machine calls solved, and never the reward.

import type { Agent } from '../agents/agent.ts';
import { Rollout } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import type { Random } from '../core/random.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import type { Analysis } from '../tasks/study.ts';
import type { Problem, Split, Task } from '../tasks/task.ts';
import { average } from './aggregates.ts';
import { clusteredMean, clusteredShare, gather } from './clusters.ts';
import { byGroup } from './shares.ts';
import type { Interval } from './statistics.ts';

/** What an agent did on a set of problems of one level. */
export interface LevelScore {
  readonly level: number;
  readonly problems: number;
  /** Share solved exactly. */
  readonly solved: number;
  /** 95 % interval of that share: Wilson's; where the task's problems come in clusters, of as many as they are worth. */
  readonly interval: Interval;
  /** Mean undiscounted reward per episode. */
  readonly reward: number;
  /** 95 % interval of that mean, over clusters where problems come in them; of one problem the whole line. */
  readonly rewardInterval: Interval;
  /** Mean tokens per episode, thoughts included. */
  readonly tokens: number;
}

/** With what was paid, where solving has a price. */
export interface PricedScore extends LevelScore {
  /** Mean regret of `all` problems and of each group that has any; absent where the task's study counts none. */
  readonly regret?: Readonly<Record<string, number>>;
}

/** How tokens are chosen: the likeliest, or drawn from the policy. */
export type Play = { readonly kind: 'greedy' } | { readonly kind: 'sample'; readonly random: Random };

/** One problem played. */
export interface Outcome {
  readonly problem: Problem;
  readonly solved: boolean;
  readonly reward: number;
  readonly program: readonly number[];
  /** log π of the program. */
  readonly logProb: number;
}

/** Rows that are evaluated together where rows do not see each other; more would only cost memory. */
const ROWS = 64;

interface Buffers {
  readonly rollout: Rollout;
  readonly trajectories: Trajectories;
}

/** Plays problems with an agent; keeps its buffers, so that evaluating often costs no memory. */
export class Evaluator {
  readonly task: Task;
  private readonly agent: Agent;
  /** By the number of rows: the last chunk of a set may be smaller. */
  private readonly rows = new Map<number, Buffers>();
  private readonly weights: WeightGradients;

  /** @param task the agent's own, or its extension. */
  constructor(task: Task, agent: Agent) {
    this.task = task;
    this.agent = agent;
    this.weights = new WeightGradients(agent.heap);
  }

  /** Greedy play on `problems` problems of `level`; `random` decides which. The agent must be prepared. */
  level(level: number, split: Split, problems: number, random: Random): PricedScore {
    const set = Array.from({ length: problems }, (_, i) => this.task.sample(level, split, random.fold(i)));
    return this.score(level, set);
  }

  /** Greedy play on the given problems, all of `level`. */
  score(level: number, problems: readonly Problem[]): PricedScore {
    const { study } = this.task;
    const outcomes = this.play(problems, { kind: 'greedy' });
    const analyses = study && problems.map((problem) => study.analyse(problem));
    const clusters = problems.map((_, i) => analyses?.[i]?.cluster);
    const score = levelScore(level, outcomes, clusters);
    if (!analyses || !study?.regret) return score;
    const { of } = study.regret;
    const regrets = outcomes.map(({ problem, program }) => of(problem, program));
    return { ...score, regret: meanRegrets(regrets, analyses) };
  }

  /** Plays the given problems. The agent must be prepared. */
  play(problems: readonly Problem[], play: Play): Outcome[] {
    const outcomes: Outcome[] = [];
    const rows = this.agent.coupled ? problems.length : ROWS;
    for (let first = 0; first < problems.length; first += rows) {
      const chunk = problems.slice(first, first + rows);
      const { rollout, trajectories } = this.buffers(chunk.length);
      const choice = play.kind === 'greedy' ? play : { kind: play.kind, key: play.random.fold(first).key };
      rollout.run(chunk, { choice, afterEnd: 'mask' });
      const all = trajectories.arrays();
      for (const [lane, problem] of chunk.entries()) {
        const from = lane * all.steps;
        const to = from + all.lengths[lane]!;
        outcomes.push({
          problem,
          solved: all.solved[lane] === 1,
          reward: sum(all.rewards, from, to),
          program: Array.from(all.tokens.subarray(from, to)),
          logProb: sum(all.logProbs, from, to),
        });
      }
    }
    return outcomes;
  }

  private buffers(rows: number): Buffers {
    let buffers = this.rows.get(rows);
    if (!buffers) {
      const { agent, task, weights } = this;
      const trajectories = new Trajectories(agent.heap, rows, task.programLimit);
      buffers = { rollout: new Rollout(task, agent, weights, trajectories, 0, rows), trajectories };
      this.rows.set(rows, buffers);
    }
    return buffers;
  }
}

/** The mean of `all`, and of each group that has a problem. */
export function meanRegrets(regrets: readonly number[], analyses: readonly Analysis[]): Record<string, number> {
  const groups = byGroup(regrets, analyses, (own) => (own.length > 0 ? average(own) : undefined));
  const known = Object.entries(groups).filter((one): one is [string, number] => one[1] !== undefined);
  return { all: average(regrets), ...Object.fromEntries(known) };
}

/** @param clusters names of the problems' clusters, where they have one. */
export function levelScore(
  level: number,
  outcomes: readonly Outcome[],
  clusters: readonly (string | undefined)[],
): LevelScore {
  const n = outcomes.length;
  const mean = (value: (outcome: Outcome) => number) => outcomes.reduce((all, outcome) => all + value(outcome), 0) / n;
  const solved = outcomes.map((outcome) => (outcome.solved ? 1 : 0));
  const reward = clusteredMean(
    gather(
      outcomes.map((outcome) => outcome.reward),
      clusters,
    ),
  );
  return {
    level,
    problems: n,
    solved: mean((outcome) => (outcome.solved ? 1 : 0)),
    interval: clusteredShare(gather(solved, clusters)),
    reward: reward.mean,
    rewardInterval: reward.interval,
    tokens: mean(({ program }) => program.length),
  };
}

function sum(values: Float32Array, from: number, to: number): number {
  let all = 0;
  for (let cell = from; cell < to; cell++) all += values[cell]!;
  return all;
}
