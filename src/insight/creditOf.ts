// The credit of one program's tokens: what the four estimators give them beside other tries of the same problem.

import type { Problem } from '../tasks/task.ts';
import { advantagesOf, type CreditEpisode, decisive, episodeOf, type Sampled, sample } from './credit.ts';
import { reachOf } from './reach/reach.ts';
import type { Subject } from './subject.ts';

/** A program as it was played. */
export interface Credited {
  readonly problem: Problem;
  /** Token ids. */
  readonly program: readonly number[];
  readonly solved: boolean;
  /** What the agent expected before each token, and what the machine paid for it. */
  readonly values: readonly number[];
  readonly rewards: readonly number[];
}

export interface GroupCredit {
  /** The program itself, then the other tries. */
  readonly episodes: readonly (CreditEpisode & {
    /** Why no token decided, where none is known to have: `solved`, lost from the start, or the search gave up. */
    readonly why?: 'solved' | 'hopeless' | 'gave up';
  })[];
  readonly discount: number;
  readonly lambda: number;
}

export interface GroupCreditOptions {
  /** Episodes of the group, the program among them. Default 8. */
  readonly group?: number;
  /** Other tries with one token, at a step drawn by lot, that is drawn by lot as well. Default half the group. */
  readonly lots?: number;
  /** Steps of the search for one question; default those of `reachOf`. */
  readonly budget?: number;
  /** γ; default 1. */
  readonly discount?: number;
  /** λ of GAE; default 0.95. */
  readonly lambda?: number;
}

/** One program and sampled tries of its problem as a group: `credit` of a single problem. */
export function creditOf(subject: Subject, own: Credited, options: GroupCreditOptions = {}): GroupCredit {
  const { budget, discount = 1, group = 8, lambda = 0.95 } = options;
  const { lots = Math.floor(group / 2) } = options;
  const task = subject.extended;
  const others = sample(subject, [own.problem], group - 1, Math.min(lots, group - 1), subject.random('credit'));
  const sampled: Sampled[] = [{ ...own, lot: null }, ...others];
  const longest = Math.max(...sampled.map(({ program }) => program.length));
  const advantages = advantagesOf(sampled, Math.max(longest, task.programLimit), group, discount, lambda);
  const reach = reachOf(task, budget === undefined ? {} : { budget });
  const episodes = sampled.map((one, i) => {
    const at: ReturnType<typeof decisive> | 'solved' = one.solved ? 'solved' : decisive(reach, one);
    return { ...episodeOf(task, one, at, advantages, i), ...(typeof at === 'string' && { why: at }) };
  });
  return { episodes, discount, lambda };
}
