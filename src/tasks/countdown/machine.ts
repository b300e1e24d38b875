// The machine of `countdown`: a number, then operators and numbers in turn, each number once. An episode ends with the
// last number.

import { assert } from '../../core/assert.ts';
import { restoreColumns, saveColumns } from '../columns.ts';
import { notRunning } from '../openLoopMachine.ts';
import type { Machine, StepOutput } from '../task.ts';
import { type CountdownOptions, programLength } from './options.ts';
import type { CountdownProblem } from './problem.ts';
import { apply } from './search.ts';
import { isOperator, NUMBERS, operatorOf, VOCABULARY, VOCABULARY_SIZE } from './vocabulary.ts';

/** The largest absolute value that an observation tells from larger ones. */
export const LARGEST_SHOWN = 999;

/** What an agent in a closed loop sees after each token: the value held. */
export const OBSERVATION = [
  /** No value yet, at least 0, negative. */
  { name: 'sign', size: 3 },
  { name: 'hundreds', size: 10 },
  { name: 'tens', size: 10 },
  { name: 'units', size: 10 },
] as const;

/** A machine for `lanes` problems under `options`. */
export function countdownMachine(lanes: number, { loop }: CountdownOptions): Machine<CountdownProblem> {
  const running = new Uint8Array(lanes);
  /** Tokens that the episode still takes. */
  const left = new Uint8Array(lanes);
  /** How many of each number may still be used. */
  const available = new Uint8Array(lanes * NUMBERS);
  const unused = new Uint8Array(lanes);
  const target = new Int32Array(lanes);
  const held = new Uint8Array(lanes);
  const value = new Int32Array(lanes);
  /** Token of the operator that waits, or 0. */
  const pending = new Uint8Array(lanes);
  const columns = [running, left, available, unused, target, held, value, pending];

  const expectsNumber = (lane: number): boolean => held[lane] === 0 || pending[lane] !== 0;

  function legal(lane: number, token: number): boolean {
    if (token < NUMBERS) return expectsNumber(lane) && available[lane * NUMBERS + token] !== 0;
    return isOperator(token) && !expectsNumber(lane);
  }

  function show(lane: number, row: number, out: StepOutput): void {
    const at = row * VOCABULARY_SIZE;
    // After the end everything is legal: nobody chooses, and no softmax meets an empty row.
    for (let token = 0; token < VOCABULARY_SIZE; token++) {
      out.legal[at + token] = running[lane] === 0 || legal(lane, token) ? 1 : 0;
    }
    if (loop === 'open') return;
    const shown = Math.min(LARGEST_SHOWN, Math.abs(value[lane]!));
    const to = row * OBSERVATION.length;
    out.observation[to] = held[lane] === 0 ? 0 : value[lane]! < 0 ? 2 : 1;
    out.observation[to + 1] = Math.floor(shown / 100);
    out.observation[to + 2] = Math.floor(shown / 10) % 10;
    out.observation[to + 3] = shown % 10;
  }

  function reset(problems: readonly CountdownProblem[], out: StepOutput): void {
    assert(problems.length <= lanes, `${problems.length} problems were put into a machine of ${lanes} lanes`);
    for (const column of columns) column.fill(0);
    for (const [lane, problem] of problems.entries()) {
      running[lane] = 1;
      left[lane] = programLength(problem.numbers.length);
      unused[lane] = problem.numbers.length;
      target[lane] = problem.target;
      for (const number of problem.numbers) available[lane * NUMBERS + number - 1]!++;
      out.reward[lane] = 0;
      out.discount[lane] = 1;
      show(lane, lane, out);
    }
  }

  /** Applies a legal token. */
  function act(lane: number, token: number): void {
    if (token >= NUMBERS) {
      pending[lane] = token;
      return;
    }
    const number = token + 1;
    value[lane] = held[lane] === 0 ? number : apply(operatorOf(pending[lane]!), value[lane]!, number);
    held[lane] = 1;
    pending[lane] = 0;
    available[lane * NUMBERS + token]!--;
    unused[lane]!--;
  }

  const solved = (lane: number): boolean =>
    running[lane] === 0 && held[lane] === 1 && unused[lane] === 0 && value[lane] === target[lane];

  function step(laneOf: Int32Array, actions: Int32Array, out: StepOutput): void {
    for (let row = 0; row < actions.length; row++) {
      const lane = laneOf[row]!;
      if (running[lane] !== 1) throw new Error(notRunning(lane));
      // A token that is not legal does nothing but takes its step.
      if (legal(lane, actions[row]!)) act(lane, actions[row]!);
      if (--left[lane]! === 0) running[lane] = 0;
      out.discount[row] = running[lane]!;
      out.reward[row] = solved(lane) ? 1 : 0;
      show(lane, row, out);
    }
  }

  function describe(lane: number): readonly (readonly [string, string])[] {
    const numbers = Array.from({ length: NUMBERS }, (_, token) =>
      new Array<number>(available[lane * NUMBERS + token]!).fill(token + 1),
    ).flat();
    return [
      ['value', held[lane] === 0 ? '–' : String(value[lane])],
      ['pending', pending[lane] === 0 ? '–' : VOCABULARY[pending[lane]!]!.symbol],
      ['numbers left', numbers.length === 0 ? '–' : numbers.join(' ')],
    ];
  }

  return {
    reset,
    step,
    solved,
    describe,
    save: () => saveColumns(columns),
    restore: (state) => restoreColumns(columns, state),
  };
}
