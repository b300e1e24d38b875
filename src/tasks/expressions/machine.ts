// The machine of `expressions`: episodes on the calculators, with their faults, limits, rewards and observations.

import { assert } from '../../core/assert.ts';
import { restoreColumns, saveColumns } from '../columns.ts';
import { breaks } from '../faults.ts';
import { notRunning } from '../openLoopMachine.ts';
import { type Machine, type StepOutput, TAMPERINGS, type Tampering } from '../task.ts';
import { calculators, isEntry } from './calculator.ts';
import { type ExpressionOptions, isMasked, tokenLimit } from './options.ts';
import type { ExpressionProblem } from './problem.ts';
import { describeTrace, type Press, type Tamperings } from './trace.ts';
import { CELLS, KEY, VOCABULARY_SIZE } from './vocabulary.ts';

/** What an agent in a closed loop sees after each token. */
export const OBSERVATION = [
  { name: 'value held', size: 2 },
  { name: 'operator pending', size: 4 },
  { name: 'cells filled', size: CELLS + 1 },
  { name: 'last key failed', size: 2 },
] as const;

/** A machine that also tells how an episode went. */
export interface ExpressionMachine extends Machine<ExpressionProblem> {
  /** Whether the answer is algebraically equal; in `digits`: with each distinct digit as a variable. */
  algebraic(lane: number): boolean;
  /** The lane's keys so far, and of each whether it acted (else it failed, or did nothing). */
  history(lane: number): readonly Press[];
}

/** Marks a key in the history that did nothing. */
const IDLE = 0x80;
const [SOLVED, ALGEBRAIC] = [1, 2];

/** A machine for `lanes` problems under `options`. */
export function expressionMachine(lanes: number, options: ExpressionOptions): ExpressionMachine {
  const calculator = calculators(lanes, options);
  const longest = tokenLimit(options.operators) + options.think;
  const size = VOCABULARY_SIZE + (options.think > 0 ? 1 : 0);
  const masked = isMasked(options);
  const closed = options.loop === 'closed';
  const faulty = options.faults > 0;
  const running = new Uint8Array(lanes);
  /** Tokens so far, and the thoughts among them. */
  const steps = new Uint8Array(lanes);
  const thoughts = new Uint8Array(lanes);
  const failed = new Uint8Array(lanes);
  const verdict = new Uint8Array(lanes);
  const pressed = new Uint8Array(lanes * longest);
  /** By step: 0, or 1 and the place among `TAMPERINGS` of what was done to the memory before it. */
  const tampered = new Uint8Array(lanes * (longest + 1));
  const chance = new Uint32Array(lanes * 2);
  const columns = [running, steps, thoughts, failed, verdict, pressed, tampered, chance, ...calculator.columns];

  const mayThink = (lane: number): boolean => thoughts[lane]! < options.think;
  /** Tokens so far that were to act: those that are limited, and of which chance has one say each. */
  const tries = (lane: number): number => steps[lane]! - thoughts[lane]!;

  /** The mask and the observation of `lane` into `row`. */
  function show(lane: number, row: number, out: StepOutput): void {
    if (masked) calculator.writeLegal(lane, out.legal, row * size);
    if (masked && options.think > 0) out.legal[row * size + KEY.THINK] = mayThink(lane) ? 1 : 0;
    if (!closed) return;
    calculator.observe(lane, out.observation, row * OBSERVATION.length);
    out.observation[row * OBSERVATION.length + 3] = failed[lane]!;
  }

  function reset(problems: readonly ExpressionProblem[], out: StepOutput): void {
    assert(problems.length <= lanes, `${problems.length} problems were put into a machine of ${lanes} lanes`);
    running.fill(0).fill(1, 0, problems.length);
    steps.fill(0);
    thoughts.fill(0);
    failed.fill(0);
    verdict.fill(0);
    tampered.fill(0);
    for (let lane = 0; lane < problems.length; lane++) {
      const problem = problems[lane]!;
      calculator.put(lane, problem);
      chance[2 * lane] = problem.chance[0];
      chance[2 * lane + 1] = problem.chance[1];
      out.reward[lane] = 0;
      out.discount[lane] = 1;
      show(lane, lane, out);
    }
  }

  const fails = (lane: number): boolean =>
    breaks([chance[2 * lane]!, chance[2 * lane + 1]!], tries(lane), options.faults);

  /** Applies one key. @returns whether it ends the episode. */
  function act(lane: number, key: number): boolean {
    const thinks = key === KEY.THINK && mayThink(lane);
    const legal = thinks || calculator.legal(lane, key);
    const acts = legal && !(faulty && isEntry(key) && fails(lane));
    failed[lane] = acts ? 0 : 1;
    pressed[lane * longest + steps[lane]!++] = acts ? key : key | IDLE;
    if (!acts) return faulty && !legal;
    if (thinks) {
      thoughts[lane]!++;
      return false;
    }
    if (key !== KEY.ANS) {
      calculator.press(lane, key);
      return false;
    }
    verdict[lane] = (calculator.right(lane) ? SOLVED : 0) | (calculator.algebraic(lane) ? ALGEBRAIC : 0);
    return true;
  }

  function step(laneOf: Int32Array, actions: Int32Array, out: StepOutput): void {
    for (let row = 0; row < actions.length; row++) {
      const lane = laneOf[row]!;
      if (running[lane] !== 1) throw new Error(notRunning(lane));
      const before = tries(lane);
      const ended = act(lane, actions[row]!);
      const left = tokenLimit(calculator.operators(lane)) - tries(lane);
      const over = ended || left === 0;
      out.discount[row] = over ? 0 : 1;
      out.reward[row] = -(tries(lane) > before ? options.tokenPrice : options.thinkPrice);
      if (over) {
        running[lane] = 0;
        // An unsolved episode pays for the tokens that are left too: giving up early must not be the cheaper way.
        const solved = (verdict[lane]! & SOLVED) !== 0;
        out.reward[row]! += solved ? 1 : options.partial * calculator.share(lane) - options.tokenPrice * left;
      }
      show(lane, row, out);
    }
  }

  function history(lane: number): Press[] {
    const presses: Press[] = [];
    for (let step = 0; step < steps[lane]!; step++) {
      const mark = pressed[lane * longest + step]!;
      presses.push({ key: mark & ~IDLE, acted: (mark & IDLE) === 0 });
    }
    return presses;
  }

  const tamperings = (lane: number): Tamperings =>
    Array.from({ length: steps[lane]! + 1 }, (_, step) => TAMPERINGS[tampered[lane * (longest + 1) + step]! - 1]);

  return {
    reset,
    step,
    solved: (lane) => (verdict[lane]! & SOLVED) !== 0,
    algebraic: (lane) => (verdict[lane]! & ALGEBRAIC) !== 0,
    history,
    describe: (lane) => [
      ...describeTrace(history(lane), calculator.remaining(lane), options, tamperings(lane)),
      ...(options.think > 0 ? [['thoughts', String(thoughts[lane])] as const] : []),
    ],
    ...(options.memory !== 'none' && {
      tamper(lane: number, how: Tampering, out: StepOutput, row: number) {
        calculator.tamper(lane, how);
        tampered[lane * (longest + 1) + steps[lane]!] = 1 + TAMPERINGS.indexOf(how);
        show(lane, row, out);
      },
    }),
    save: () => saveColumns(columns),
    restore: (state) => restoreColumns(columns, state),
  };
}
