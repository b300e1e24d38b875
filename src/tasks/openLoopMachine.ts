// The batch bookkeeping of a machine that shows nothing and pays at the end; a task brings only its rules, over typed
// columns with one entry (or a fixed number of them) per lane.

import { assert } from '../core/assert.ts';
import { type Column, restoreColumns, saveColumns } from './columns.ts';
import type { Machine, Problem, StepOutput, Tampering } from './task.ts';

/** What a task says about one lane. Nothing here may read another lane: a problem's outcome has no company. */
export interface OpenLoopRules<P extends Problem> {
  /** Every array that the rules write to: what `save` keeps. */
  readonly columns: readonly Column[];
  /** Steps after which an episode ends by itself. */
  readonly limit: number;
  /** Writes the first state of `problem`. */
  put(lane: number, problem: P): void;
  /** Applies one token. @returns whether it answers, and so ends the episode. */
  act(lane: number, action: number): boolean;
  /** What the episode earns at its end; `answered` is false when it ran into the limit. */
  reward(lane: number, answered: boolean): number;
  /** The verdict on an answered episode (one that ran into the limit is not solved). */
  solved(lane: number): boolean;
  describe(lane: number): readonly (readonly [label: string, value: string])[];
  /** Where there is a memory to tamper with. */
  tamper?(lane: number, how: Tampering): void;
}

/** The sentence for a step that no episode can take. */
export function notRunning(lane: number): string {
  return (
    `lane ${lane} is not running: its episode has ended (its discount was 0), or reset put no problem there; ` +
    'step only lanes whose last discount was 1'
  );
}

/** A machine of `lanes` lanes under `rules`. */
export function openLoopMachine<P extends Problem>(lanes: number, rules: OpenLoopRules<P>): Machine<P> {
  const running = new Uint8Array(lanes);
  const answered = new Uint8Array(lanes);
  const steps = new Int32Array(lanes);
  const columns: readonly Column[] = [running, answered, steps, ...rules.columns];

  function reset(problems: readonly P[], out: StepOutput): void {
    assert(problems.length <= lanes, `${problems.length} problems were put into a machine of ${lanes} lanes`);
    answered.fill(0);
    steps.fill(0);
    running.fill(0).fill(1, 0, problems.length);
    for (let lane = 0; lane < problems.length; lane++) rules.put(lane, problems[lane]!);
    out.reward.fill(0, 0, problems.length);
    out.discount.fill(1, 0, problems.length);
  }

  function step(laneOf: Int32Array, actions: Int32Array, out: StepOutput): void {
    for (let row = 0; row < actions.length; row++) {
      const lane = laneOf[row]!;
      if (running[lane] !== 1) throw new Error(notRunning(lane));
      const answers = rules.act(lane, actions[row]!);
      const ends = ++steps[lane]! === rules.limit || answers;
      if (ends) {
        running[lane] = 0;
        answered[lane] = answers ? 1 : 0;
      }
      out.reward[row] = ends ? rules.reward(lane, answers) : 0;
      out.discount[row] = ends ? 0 : 1;
    }
  }

  return {
    reset,
    step,
    solved: (lane) => answered[lane] === 1 && rules.solved(lane),
    describe: rules.describe,
    ...(rules.tamper && { tamper: rules.tamper }),
    save: () => saveColumns(columns),
    restore: (state) => restoreColumns(columns, state),
  };
}
