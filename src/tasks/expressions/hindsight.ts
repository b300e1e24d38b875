// Hindsight: which problem would this program have solved? What it computes is traced, gets operands of its own, and
// becomes a solved example (after Andrychowicz et al., "Hindsight experience replay", 2017, for whole programs).

import type { Random } from '../../core/random.ts';
import type { SolvedExample } from '../task.ts';
import { type ExpressionOptions, tokenLimit } from './options.ts';
import { drawProblem, type ExpressionProblem } from './problem.ts';
import type { replayer } from './replay.ts';
import { rewrite } from './rewrite.ts';
import { trainable } from './split.ts';
import { operatorCount } from './structure.ts';
import { type Press, type Traced, trace } from './trace.ts';
import { KEY, SYMBOLS } from './vocabulary.ts';

/** `hindsight` of the task under `options`; `replay` plays a program on its machine. */
export function hindsightOf(replay: ReturnType<typeof replayer>, options: ExpressionOptions) {
  return (
    problem: ExpressionProblem,
    program: readonly number[],
    random: Random,
  ): SolvedExample<ExpressionProblem> | undefined => {
    const { solved, history } = replay(problem, program);
    const last = history.at(-1);
    if (solved || last?.key !== KEY.ANS || !last.acted) return undefined;
    const computed = whole(history, options);
    if (computed === undefined) return undefined;
    const rewritten = options.hindsight === 'equal' && random.below(4) === 0;
    const traced = rewritten ? inOtherWords(computed, random) : computed;
    if (!trainable(traced.structure, options.split)) return undefined;
    const drawn = drawProblem(traced.structure, options.operands, random);
    // The keys that failed shall fail again.
    const example = options.faults > 0 ? { ...drawn, chance: problem.chance } : drawn;
    const relabelled = relabel(history, traced.leaves, example.labels, options.faults > 0);
    const limit = tokenLimit(operatorCount(traced.structure));
    const fits = relabelled !== undefined && relabelled.filter((key) => key !== KEY.THINK).length <= limit;
    return fits ? { problem: example, program: relabelled } : undefined;
  };
}

/** The expression answered, if it is one of this task's and every operand keyed in stands in it, once. */
function whole(history: readonly Press[], { memory, operators }: ExpressionOptions): Traced | undefined {
  const { accumulator, cells } = trace(history);
  const { structure, leaves } = accumulator!;
  const count = operatorCount(structure);
  if (count < 1 || count > operators) return undefined;
  if (memory === 'stack') return cells.length === 0 ? accumulator : undefined;
  // Registers can lose operands and repeat them.
  const entered = history.filter(({ key, acted }) => acted && key < SYMBOLS).length;
  return new Set(leaves).size === leaves.length && entered === leaves.length ? accumulator : undefined;
}

/** Another way of writing what was computed. */
function inOtherWords({ leaves, structure }: Traced, random: Random): Traced {
  const other = rewrite(structure, random);
  return { structure: other.structure, leaves: other.leaves.map((leaf) => leaves[leaf]!) };
}

/** The keys of `history`, thoughts among them, with the operands `labels` for those keyed in at `leaves`. */
function relabel(
  history: readonly Press[],
  leaves: readonly number[],
  labels: readonly number[],
  faulty: boolean,
): number[] | undefined {
  const program: number[] = [];
  for (const [step, { key, acted }] of history.entries()) {
    if (!acted && !faulty) continue; // a key that did nothing
    if (key >= SYMBOLS) {
      program.push(key);
      continue;
    }
    // A key that failed is of the operand that it was to bring in: the next of its kind that came.
    const leaf = leaves.indexOf(acted ? step : nextOf(history, step));
    if (leaf < 0) return undefined;
    program.push(labels[leaf]!);
  }
  return program;
}

/** The first step from `step` on at which the key of `step` acted, or −1. */
function nextOf(history: readonly Press[], step: number): number {
  const { key } = history[step]!;
  return history.findIndex((press, at) => at >= step && press.acted && press.key === key);
}
