// The task contract: problems, and the machine that an agent's tokens act on. A task knows no tensors.

import type { Random } from '../core/random.ts';
import type { Labels } from './labels.ts';
import type { Study } from './study.ts';

/** Train; validation, for curricula and tuning; test, which only a reported evaluation touches. */
export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** What a token is to a reader: something to compute with, something that acts, or punctuation. */
export type TokenKind = 'operand' | 'tool' | 'control';

export interface Token {
  readonly symbol: string;
  readonly kind: TokenKind;
}

/** One rung of a task's ladder of difficulty. */
export interface Level {
  readonly name: string;
  /** What is asked at this level, for people: `a·b + c`. */
  readonly goal: string;
}

/** One categorical part of an observation: an integer in [0, `size`). */
export interface ObservationField {
  readonly name: string;
  readonly size: number;
}

/**
 * What every problem has. A task adds its hidden goal as plain data that survives structured cloning; the agent sees
 * only `level` and `Task.context`.
 */
export interface Problem {
  /** Index into `Task.levels`. */
  readonly level: number;
}

/**
 * Where a machine writes the outcome of a step; the caller owns the arrays. Row `i` speaks of the i-th lane stepped.
 * `legal` and `observation` describe the state *after* the step (after `reset`: the first state).
 */
export interface StepOutput {
  /** [rows] */
  readonly reward: Float32Array;
  /** [rows] 1 while the episode goes on, 0 once it has ended (dm_env's convention: no separate flag). */
  readonly discount: Float32Array;
  /** [rows, fields] in the order of `Task.observation`; empty for an open loop. */
  readonly observation: Int32Array;
  /** [rows, vocabulary] 1 where the token may be chosen; left untouched by tasks whose `masked` is false. */
  readonly legal: Uint8Array;
}

/** Surgery on a machine's memory: nothing is left of what it holds, or all of it becomes something else. */
export const TAMPERINGS = ['empty', 'change'] as const;
export type Tampering = (typeof TAMPERINGS)[number];

/** A batch of lanes, each holding one problem's state. */
export interface Machine<P extends Problem = Problem> {
  /** Puts `problems[lane]` into lane 0, 1, … (at most the capacity) and writes the first observation and mask. */
  reset(problems: readonly P[], out: StepOutput): void;
  /**
   * Applies `actions[i]` to lane `lanes[i]` for every i < `actions.length`, and writes row i of `out`.
   * @throws Error when a lane is stepped after its episode ended.
   */
  step(lanes: Int32Array, actions: Int32Array, out: StepOutput): void;
  /** The exact verdict on the lane's episode, separate from the reward; false while it runs. */
  solved(lane: number): boolean;
  /** The lane's state for people, as label–value pairs: `[['accumulator', '12'], ['memory', '–']]`. */
  describe(lane: number): readonly (readonly [label: string, value: string])[];
  /**
   * Experiments on a lane's memory, between two steps: writes the observation and the mask that follow from it into row
   * `row` of `out`. Absent where a machine has no memory that tools could use.
   */
  tamper?(lane: number, how: Tampering, out: StepOutput, row: number): void;
  /** The whole state as plain data (structured-cloneable). */
  save(): unknown;
  /** Goes back to what `save` answered, on a machine of the same task and capacity. */
  restore(state: unknown): void;
}

export interface Task<P extends Problem = Problem> {
  readonly name: string;
  /** One sentence for people. */
  readonly title: string;
  readonly vocabulary: readonly Token[];
  /** The token fed to the agent before its first own token. */
  readonly start: number;
  readonly levels: readonly Level[];
  /** Longest context, in tokens. */
  readonly contextLimit: number;
  /** What fills a context shorter than its batch's longest; the agent's mean leaves it out unless told otherwise. */
  readonly padding: number;
  /** Longest program, in tokens: after that many steps every episode has ended. */
  readonly programLimit: number;
  /** What the agent sees after each step; empty in an open loop, where the whole program is planned inside. */
  readonly observation: readonly ObservationField[];
  /** Whether the machine says which tokens are legal. */
  readonly masked: boolean;
  /** A problem of `level` from `split`; uses `random` and nothing else, so that the same stream gives the same problem. */
  sample(level: number, split: Split, random: Random): P;
  /** The token ids that the agent sees; 1 to `contextLimit` of them. */
  context(problem: P): readonly number[];
  /** @param lanes capacity. */
  machine(lanes: number): Machine<P>;
  /** The problem in one line for people: `3·4 + 5 − 6 = 11`. */
  describe(problem: P): string;
  /** A person's own problem. @throws InnerloopError saying what is expected. Absent where a task has no notation. */
  parse?(text: string, level?: number): P;
  /** A problem of one's own, as `parse` takes it: `3 4 5`. */
  readonly example?: string;
  /**
   * The problem that `program` would have solved, instead of `problem`, which it was written for and did not solve; and
   * the program in that problem's tokens, which solves it. Never a problem that training may not see.
   * @returns `undefined` where there is none, or the program did solve its problem.
   */
  hindsight?(problem: P, program: readonly number[], random: Random): SolvedExample<P> | undefined;
  /** A shortest program that solves `problem`; `undefined` where none does. For imitation and comparison of lengths. */
  teach?(problem: P): readonly number[] | undefined;
  /** The token that leaves the machine as it is, where there is one: reports do not count it as part of a program. */
  readonly thoughts?: Thoughts;
  /** What reports can tell about its problems beyond the share that is solved. */
  readonly study?: Study<P>;
  /** What reports on trained agents may ask of every moment of an episode. */
  readonly labels?: Labels<P>;
  /**
   * The same task with every level that it could have, for what an agent makes of levels beyond those of its training:
   * tokens and observations are the same, and so are the levels that both have.
   */
  extended?(): Task<P>;
}

/** Time to compute in. */
export interface Thoughts {
  readonly token: number;
  /** How often an episode may use it; 0 where it may not. */
  readonly most: number;
}

/** A problem and a program that solves it. */
export interface SolvedExample<P extends Problem = Problem> {
  readonly problem: P;
  readonly program: readonly number[];
}

/** Arrays for `rows` lanes of `task`. */
export function stepOutput(task: Task, rows: number): StepOutput {
  return {
    reward: new Float32Array(rows),
    discount: new Float32Array(rows),
    observation: new Int32Array(rows * task.observation.length),
    legal: new Uint8Array(rows * task.vocabulary.length),
  };
}

/** Symbols of `tokens`, for printing. */
export function symbols(task: Task, tokens: Iterable<number>): string[] {
  return Array.from(tokens, (token) => task.vocabulary[token]!.symbol);
}
