// The repaired machine: an accumulator, one memory cell, a mark `recalled` and a read head over the operands shown.
// Tokens see neither targets nor levels; only the milestones do.

import { type DigitProblem, printedTarget, shownDigits, TOKEN } from '../digitProblem.ts';
import { type OpenLoopRules, openLoopMachine } from '../openLoopMachine.ts';
import type { Machine, Tampering } from '../task.ts';

const { MUL, ADD, SUB, ANS, STO, RCL } = TOKEN;

/** How many milestones lie on the way at each level. */
export const MILESTONES: readonly number[] = [2, 3, 6];

export interface CalculatorOptions {
  /** Whether `STO` and `RCL` work; false is the ablation. */
  readonly memory: boolean;
  /** Weight of the share of milestones passed in the reward; 0 is no shaping. */
  readonly milestones: number;
}

function calculatorRules(lanes: number, limit: number, options: CalculatorOptions): OpenLoopRules<DigitProblem> {
  const level = new Uint8Array(lanes);
  const shown = new Uint8Array(lanes);
  const operands = new Uint8Array(lanes * 5);
  const head = new Uint8Array(lanes);
  const accumulator = new Int32Array(lanes);
  const memory = new Int32Array(lanes);
  const held = new Uint8Array(lanes);
  const full = new Uint8Array(lanes);
  const recalled = new Uint8Array(lanes);
  const passed = new Uint8Array(lanes);
  const target = new Int32Array(lanes);

  /** `ADD` and `SUB`: the memory if it was just recalled (which spends it), else the next operand, else nothing. */
  function accumulate(lane: number, sign: 1 | -1): void {
    if (!held[lane]) return;
    if (recalled[lane]) {
      accumulator[lane]! += sign * memory[lane]!;
      full[lane] = 0;
      recalled[lane] = 0;
      memory[lane] = 0; // an empty cell has one representation, so that equal states are equal bits
    } else if (head[lane]! < shown[lane]!) {
      accumulator[lane]! += sign * operands[lane * 5 + head[lane]!++]!;
    }
  }

  function multiply(lane: number): void {
    const left = shown[lane]! - head[lane]!;
    const at = lane * 5;
    if (held[lane]) {
      if (left >= 1) accumulator[lane]! *= operands[at + head[lane]!++]!;
    } else if (left >= 2) {
      accumulator[lane] = operands[at + head[lane]!++]! * operands[at + head[lane]!++]!;
      held[lane] = 1;
    }
  }

  function store(lane: number): void {
    if (!options.memory || !held[lane] || full[lane]) return;
    memory[lane] = accumulator[lane]!;
    full[lane] = 1;
    accumulator[lane] = 0;
    held[lane] = 0;
  }

  function recall(lane: number): void {
    if (!options.memory || !held[lane] || !full[lane] || recalled[lane]) return;
    const kept = memory[lane]!;
    memory[lane] = accumulator[lane]!;
    accumulator[lane] = kept;
    recalled[lane] = 1;
  }

  /** Whether milestone `index` of the lane's level holds now. */
  function holds(lane: number, index: number): boolean {
    const at = lane * 5;
    const product = operands[at]! * operands[at + 1]!;
    const sum = product + operands[at + 2]!;
    const last = operands[at + 3]! * operands[at + 4]!;
    const value = accumulator[lane]!;
    const read = head[lane]!;
    switch (index) {
      case 0:
        return held[lane] === 1 && value === product && read >= 2;
      case 1:
        return held[lane] === 1 && value === sum && read >= 3;
      case 2:
        if (level[lane] === 1) return held[lane] === 1 && value === sum - operands[at + 3]! && read >= 4;
        return held[lane] === 0 && full[lane] === 1 && memory[lane] === sum;
      case 3:
        return held[lane] === 1 && value === last && full[lane] === 1 && memory[lane] === sum && read >= 5;
      case 4:
        return recalled[lane] === 1 && value === sum && memory[lane] === last;
      default:
        return held[lane] === 1 && value === sum - last && full[lane] === 0 && read >= 5;
    }
  }

  const solved = (lane: number) => held[lane] === 1 && accumulator[lane] === target[lane];

  return {
    columns: [level, shown, operands, head, accumulator, memory, held, full, recalled, passed, target],
    limit,

    put(lane, problem) {
      level[lane] = problem.level;
      shown[lane] = shownDigits(problem.level);
      for (let i = 0; i < 5; i++) operands[lane * 5 + i] = problem.digits[i] ?? 0;
      target[lane] = printedTarget(problem);
      head[lane] = 0;
      accumulator[lane] = 0;
      memory[lane] = 0;
      held[lane] = 0;
      full[lane] = 0;
      recalled[lane] = 0;
      passed[lane] = 0;
    },

    act(lane, action) {
      if (action === MUL) multiply(lane);
      else if (action === ADD) accumulate(lane, 1);
      else if (action === SUB) accumulate(lane, -1);
      else if (action === STO) store(lane);
      else if (action === RCL) recall(lane);
      // In order, as many as hold: a token may pass several where values coincide.
      const goal = MILESTONES[level[lane]!]!;
      while (passed[lane]! < goal && holds(lane, passed[lane]!)) passed[lane]!++;
      return action === ANS;
    },

    reward: (lane, answered) =>
      (answered && solved(lane) ? 1 : 0) + (options.milestones * passed[lane]!) / MILESTONES[level[lane]!]!,
    solved,
    ...(options.memory && {
      tamper(lane: number, how: Tampering) {
        if (!full[lane]) return;
        // A number that the other one is not.
        if (how === 'change') memory[lane]! += 1;
        else {
          memory[lane] = 0;
          full[lane] = 0;
          recalled[lane] = 0;
        }
      },
    }),

    describe: (lane) => [
      ['accumulator', held[lane] ? String(accumulator[lane]) : '–'],
      ['memory', full[lane] ? `${memory[lane]}${recalled[lane] ? ' (recalled)' : ''}` : '–'],
      [
        'operands left',
        Array.from(operands.subarray(lane * 5 + head[lane]!, lane * 5 + shown[lane]!)).join(' ') || '–',
      ],
      ['milestones', `${passed[lane]} of ${MILESTONES[level[lane]!]}`],
    ],
  };
}

/** A machine for `lanes` problems whose episodes end after `limit` tokens. */
export function calculatorMachine(lanes: number, limit: number, options: CalculatorOptions): Machine<DigitProblem> {
  return openLoopMachine(lanes, calculatorRules(lanes, limit, options));
}
