// What a task can tell about its problems, for reports on trained agents. Neither agents nor training see any of it.

import type { Random } from '../core/random.ts';

/** What is known of one problem without playing it. */
export interface Analysis {
  /**
   * Problems of one cluster resemble each other, so that an interval counts clusters. Absent: the problem stands for
   * itself, as where every cluster of its level is known and nothing is left to generalise to.
   */
  readonly cluster?: string;
  /** A coarser kinship than the cluster; reports count how many there are. */
  readonly family?: string;
  /** Groups that are reported on by themselves, and whether the problem belongs. The same names for all problems. */
  readonly groups: Readonly<Record<string, boolean>>;
  /** Whether agents that lack something could solve the problem, by what they lack; exact. The same names for all. */
  readonly ceilings: Readonly<Record<string, boolean>>;
  /** Tokens of a shortest program; absent where none is known. */
  readonly shortest?: number;
}

/** Problems that a report has a number for. */
export interface ProblemSet<P> {
  /** Two or three words: `held-out structures`. */
  readonly name: string;
  /** One clause on what a number on them is for. */
  readonly about: string;
  /** What training has never seen of the problems of `level`: `structures`; `undefined` where it holds nothing out. */
  heldOut(level: number): string | undefined;
  /** Uses `random` and nothing else. */
  sample(level: number, random: Random): P;
}

/** What came of one problem. */
export interface Result {
  readonly solved: boolean;
  readonly reward: number;
  /** As `Study.regret` counts it, where the study does. */
  readonly regret?: number;
  /** The verdict that `Regret.end` names, where it names one. */
  readonly ended?: boolean;
}

/** A player without learning, which agents are compared with on the very same problems. */
export interface Baseline<P> {
  /** One to three words: `greedy`. */
  readonly name: string;
  /** One clause on what it does. */
  readonly about: string;
  /** Uses `random` and nothing else, and not at all where it leaves nothing to chance. */
  play(problem: P, random: Random): Result;
}

/** What an episode cost beyond the least that it could have cost, relative to that: 0.5 is half as much again. */
export interface Regret<P> {
  /** One clause that says exactly how an episode counts that did not come to its end. */
  readonly about: string;
  /** The verdict of `Study.verdicts` on whether an episode came to its end, so that its regret is what it paid. */
  readonly end?: string;
  /** Of the ended episode that `program` makes; 0 exactly where nothing is lost. */
  of(problem: P, program: readonly number[]): number;
}

export interface Study<P> {
  analyse(problem: P): Analysis;
  /** What is reported on, the problems of the task's own test split first. */
  readonly sets: readonly ProblemSet<P>[];
  /** Verdicts on an ended episode beside `solved`, by name; the same names for all. */
  verdicts?(problem: P, program: readonly number[]): Readonly<Record<string, boolean>>;
  /** Players to compare agents with, the weakest first. */
  readonly baselines?: readonly Baseline<P>[];
  /** Where solving has a price. */
  readonly regret?: Regret<P>;
  /** By ceiling the verdict that it bounds, where that is not `solved`. */
  readonly bounds?: Readonly<Record<string, string>>;
}
