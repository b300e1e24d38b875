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

export interface Study<P> {
  analyse(problem: P): Analysis;
  /** What is reported on, the problems of the task's own test split first. */
  readonly sets: readonly ProblemSet<P>[];
  /** Verdicts on an ended episode beside `solved`, by name; the same names for all. */
  verdicts?(problem: P, program: readonly number[]): Readonly<Record<string, boolean>>;
  /** By ceiling the verdict that it bounds, where that is not `solved`. */
  readonly bounds?: Readonly<Record<string, string>>;
}
