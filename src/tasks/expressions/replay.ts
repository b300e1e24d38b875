// One problem, one program: what came of it.

import { stepOutput, type Task } from '../task.ts';
import type { ExpressionMachine } from './machine.ts';
import type { ExpressionProblem } from './problem.ts';
import type { Press } from './trace.ts';

export interface Replay {
  readonly solved: boolean;
  /** Whether the answer is right for every value of its operands; tells from `solved` in `digits`. */
  readonly algebraic: boolean;
  /** Sum over the episode. */
  readonly reward: number;
  /** Whether the episode has ended. */
  readonly over: boolean;
  readonly history: readonly Press[];
}

/**
 * Plays programs on one lane. Keys after the end of an episode are left out.
 * @param task tells the sizes of its machine's output.
 */
export function replayer(task: Pick<Task, 'observation' | 'vocabulary'>, machine: ExpressionMachine) {
  const out = stepOutput(task as Task, 1);
  const [lane, action] = [new Int32Array(1), new Int32Array(1)];
  return (problem: ExpressionProblem, program: readonly number[]): Replay => {
    machine.reset([problem], out);
    let reward = 0;
    for (let step = 0; step < program.length && out.discount[0] === 1; step++) {
      action[0] = program[step]!;
      machine.step(lane, action, out);
      reward += out.reward[0]!;
    }
    return {
      solved: machine.solved(0),
      algebraic: machine.algebraic(0),
      reward,
      over: out.discount[0] === 0,
      history: machine.history(0),
    };
  };
}
