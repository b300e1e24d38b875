// Exact accuracy: the share of problems whose episode the machine calls solved, and never the reward.

import type { Agent } from '../agents/agent.ts';
import { Rollout, type RolloutChoice } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import type { Random } from '../core/random.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import type { Problem, Split, Task } from '../tasks/task.ts';
import { type Interval, wilson } from './statistics.ts';

/** What an agent did on a set of problems of one level. */
export interface LevelScore {
  readonly level: number;
  readonly problems: number;
  /** Share solved exactly. */
  readonly solved: number;
  /** Wilson's 95 % interval of that share. */
  readonly interval: Interval;
  /** Mean undiscounted reward per episode. */
  readonly reward: number;
  /** Mean tokens per episode. */
  readonly tokens: number;
}

/** Rows that are evaluated together where rows do not see each other; more would only cost memory. */
const ROWS = 64;

interface Buffers {
  readonly rollout: Rollout;
  readonly trajectories: Trajectories;
}

/** Plays problems with an agent; keeps its buffers, so that evaluating often costs no memory. */
export class Evaluator {
  private readonly task: Task;
  private readonly agent: Agent;
  /** By the number of rows: the last chunk of a set may be smaller. */
  private readonly rows = new Map<number, Buffers>();
  private readonly weights: WeightGradients;

  constructor(task: Task, agent: Agent) {
    this.task = task;
    this.agent = agent;
    this.weights = new WeightGradients(agent.heap);
  }

  /** Greedy play on `problems` problems of `level`; `random` decides which. The agent must be prepared. */
  level(level: number, split: Split, problems: number, random: Random): LevelScore {
    const set = Array.from({ length: problems }, (_, i) => this.task.sample(level, split, random.fold(i)));
    return this.play(level, set, { kind: 'greedy' });
  }

  /** Plays the given problems, all of `level`. */
  play(level: number, problems: readonly Problem[], choice: RolloutChoice): LevelScore {
    let solved = 0;
    let reward = 0;
    let tokens = 0;
    const rows = this.agent.coupled ? problems.length : ROWS;
    for (let first = 0; first < problems.length; first += rows) {
      const chunk = problems.slice(first, first + rows);
      const { rollout, trajectories } = this.buffers(chunk.length);
      rollout.run(chunk, { choice, afterEnd: 'mask' });
      const all = trajectories.arrays();
      for (let lane = 0; lane < chunk.length; lane++) {
        solved += all.solved[lane]!;
        tokens += all.lengths[lane]!;
        for (let t = 0; t < all.lengths[lane]!; t++) reward += all.rewards[lane * all.steps + t]!;
      }
    }
    const n = problems.length;
    return {
      level,
      problems: n,
      solved: solved / n,
      interval: wilson(solved, n),
      reward: reward / n,
      tokens: tokens / n,
    };
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
