// Hindsight: which problem would this program have solved? What it computes is traced, gets operands of its own, and
// becomes a solved example (after Andrychowicz et al., "Hindsight experience replay", 2017, for whole programs).

import type { Random } from '../../core/random.ts';
import { type SolvedExample, stepOutput, type Task } from '../task.ts';
import type { ExpressionMachine } from './machine.ts';
import { type ExpressionOptions, tokenLimit } from './options.ts';
import { drawProblem, type ExpressionProblem } from './problem.ts';
import { trainable } from './split.ts';
import { operatorCount } from './structure.ts';
import { type Press, trace } from './trace.ts';
import { KEY, SYMBOLS } from './vocabulary.ts';

/** The most operators that a traced expression may have grown to; a register recalled again and again makes more. */
const MOST_LEAVES = SYMBOLS;

/** `hindsight` of the task under `options`; `machine` has one lane, and `task` tells the size of its output. */
export function hindsightOf(task: Task<ExpressionProblem>, machine: ExpressionMachine, options: ExpressionOptions) {
  const out = stepOutput(task as Task, 1);
  const [lane, action] = [new Int32Array(1), new Int32Array(1)];

  return (
    problem: ExpressionProblem,
    program: readonly number[],
    random: Random,
  ): SolvedExample<ExpressionProblem> | undefined => {
    machine.reset([problem], out);
    for (const key of program) {
      action[0] = key;
      if (out.discount[0] === 1) machine.step(lane, action, out);
    }
    const history = machine.history(0);
    const last = history.at(-1);
    if (machine.solved(0) || last?.key !== KEY.ANS || !last.acted) return undefined;
    const { accumulator, cells } = trace(history);
    if (options.memory === 'stack' && cells.length > 0) return undefined;
    const { structure, leaves } = accumulator!;
    const count = operatorCount(structure);
    if (count < 1 || count > options.operators || leaves.length > MOST_LEAVES) return undefined;
    // Every operand keyed in must stand in the expression, once: registers can lose and repeat them.
    if (options.memory === 'registers') {
      const entered = history.filter(({ key, acted }) => acted && key < SYMBOLS).length;
      if (new Set(leaves).size !== leaves.length || entered !== leaves.length) return undefined;
    }
    if (!trainable(structure, options.split)) return undefined;

    const drawn = drawProblem(structure, options.operands, random);
    const example = options.faults > 0 ? { ...drawn, chance: problem.chance } : drawn;
    const relabelled: number[] = [];
    for (const [step, { key, acted }] of history.entries()) {
      if (!acted && options.faults === 0) continue; // a key that does nothing
      if (key >= SYMBOLS) {
        relabelled.push(key);
        continue;
      }
      // A key that failed is of the operand that it was to bring in: the next of its kind that came.
      const came = leaves.indexOf(acted ? step : nextOf(history, step));
      if (came < 0) return undefined;
      relabelled.push(example.labels[came]!);
    }
    return relabelled.length > tokenLimit(count) ? undefined : { problem: example, program: relabelled };
  };
}

/** The first step from `step` on at which the key of `step` acted, or −1. */
function nextOf(history: readonly Press[], step: number): number {
  const { key } = history[step]!;
  return history.findIndex((press, at) => at >= step && press.acted && press.key === key);
}
