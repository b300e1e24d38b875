// Plays `recall`: every episode is a script, written from the cards when they are put in, that answers are held against.

import { assert } from '../../core/assert.ts';
import { restoreColumns, saveColumns } from '../columns.ts';
import { notRunning } from '../openLoopMachine.ts';
import type { Machine, StepOutput } from '../task.ts';
import { type Game, type RecallProblem, UNSCORED } from './games.ts';

/** 1 ÷ `scored` as a float32 that is never above it, so that returns stay within [−1, 1]. */
const share = (scored: number): number => Math.fround((1 - 1 / 0x1000000) / scored);

/** A machine of `lanes` lanes. Answers are the tokens from 0; a token after them is never legal. */
export function recallMachine(lanes: number, game: Game): Machine<RecallProblem> {
  const { answers, observation } = game;
  const longest = game.steps(game.cards);
  const fields = observation.length;
  /** [lanes, longest + 1, fields] */
  const script = new Uint8Array(lanes * (longest + 1) * fields);
  /** [lanes, longest] */
  const right = new Int8Array(lanes * longest);
  const steps = new Int32Array(lanes);
  const scored = new Int32Array(lanes);
  const given = new Int32Array(lanes);
  const correct = new Int32Array(lanes);
  const running = new Uint8Array(lanes);
  const columns = [script, right, steps, scored, given, correct, running];

  function put(lane: number, problem: RecallProblem): void {
    const { length } = problem.cards;
    steps[lane] = game.steps(length);
    scored[lane] = game.scored(length);
    for (let t = 0; t <= steps[lane]!; t++) script.set(game.shown(problem, t), (lane * (longest + 1) + t) * fields);
    right.set(game.right(problem), lane * longest);
  }

  function show(lane: number, row: number, out: StepOutput): void {
    const from = (lane * (longest + 1) + given[lane]!) * fields;
    for (let field = 0; field < fields; field++) out.observation[row * fields + field] = script[from + field]!;
    const vocabulary = answers.length + 1;
    out.legal.fill(1, row * vocabulary, (row + 1) * vocabulary - 1);
    out.legal[(row + 1) * vocabulary - 1] = 0;
  }

  return {
    reset(problems, out) {
      assert(problems.length <= lanes, `${problems.length} problems were put into a machine of ${lanes} lanes`);
      given.fill(0);
      correct.fill(0);
      running.fill(0).fill(1, 0, problems.length);
      for (const [lane, problem] of problems.entries()) {
        put(lane, problem);
        out.reward[lane] = 0;
        out.discount[lane] = 1;
        show(lane, lane, out);
      }
    },

    step(laneOf, actions, out) {
      for (let row = 0; row < actions.length; row++) {
        const lane = laneOf[row]!;
        if (running[lane] !== 1) throw new Error(notRunning(lane));
        const wanted = right[lane * longest + given[lane]!++]!;
        const hit = wanted === actions[row];
        if (hit) correct[lane]!++;
        if (given[lane] === steps[lane]) running[lane] = 0;
        out.reward[row] = wanted === UNSCORED ? 0 : (hit ? 1 : -1) * share(scored[lane]!);
        out.discount[row] = running[lane]!;
        show(lane, row, out);
      }
    },

    solved: (lane) => running[lane] === 0 && correct[lane] === scored[lane],

    describe(lane) {
      const wanted = right[lane * longest + given[lane]!];
      const from = (lane * (longest + 1) + given[lane]!) * fields;
      return [
        ...observation.map(({ name, values }, field) => [name, values[script[from + field]!]!] as const),
        ['answers', `${given[lane]} of ${steps[lane]}`],
        ['right', `${correct[lane]} of ${scored[lane]}`],
        ['to say', running[lane] === 1 && wanted !== UNSCORED ? answers[wanted!]! : '–'],
      ];
    },

    save: () => saveColumns(columns),
    restore: (state) => restoreColumns(columns, state),
  };
}
