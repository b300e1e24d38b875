// The published machine, defects included: its "memory" is a flag, and its tools know where their digits are.

import { type DigitProblem, printedTarget, TOKEN } from '../digitProblem.ts';
import { type OpenLoopRules, openLoopMachine } from '../openLoopMachine.ts';
import type { Machine } from '../task.ts';
import { type TutorialValues, tutorialReward, tutorialValues } from './reward.ts';

const { MUL, ADD, SUB, ANS, STO, RCL } = TOKEN;

/** The published environment stops reading after this many tokens; its agent emits six. */
export const STEP_LIMIT = 7;

interface TutorialRules extends OpenLoopRules<DigitProblem> {
  /** The held value, `undefined` when empty. */
  last(lane: number): number | undefined;
}

function tutorialRules(lanes: number, limit: number): TutorialRules {
  const level = new Uint8Array(lanes);
  const digits = new Uint8Array(lanes * 5);
  const last = new Int32Array(lanes);
  const held = new Uint8Array(lanes);
  const flag = new Uint8Array(lanes);
  const target = new Int32Array(lanes);
  const heldValue = (lane: number) => (held[lane] ? last[lane]! : undefined);

  function valuesOf(lane: number): TutorialValues {
    const at = lane * 5;
    return tutorialValues(digits[at]!, digits[at + 1]!, digits[at + 2]!, digits[at + 3]!, digits[at + 4]!);
  }

  return {
    columns: [level, digits, last, held, flag, target],
    limit,
    last: heldValue,

    put(lane, problem) {
      level[lane] = problem.level;
      for (let i = 0; i < 5; i++) digits[lane * 5 + i] = problem.digits[i] ?? 0;
      target[lane] = printedTarget(problem);
      last[lane] = 0;
      held[lane] = 0;
      flag[lane] = 0;
    },

    act(lane, action) {
      const stage = level[lane]!;
      const at = lane * 5;
      switch (action) {
        case MUL:
          if (!held[lane]) {
            last[lane] = digits[at]! * digits[at + 1]!;
            held[lane] = 1;
          } else if (stage > 0) last[lane]! *= digits[at + 3]!;
          return false;
        case ADD:
          if (held[lane]) last[lane]! += digits[at + 2]!;
          return false;
        case SUB:
          if (held[lane] && stage > 0) last[lane]! -= digits[at + (stage === 2 && flag[lane] ? 4 : 3)]!;
          return false;
        case STO:
          flag[lane] = 1;
          return false;
        case RCL:
          if (!flag[lane]) return false;
          if (stage === 2) last[lane] = digits[at + 3]! * digits[at + 4]!;
          held[lane] = 1; // at the other stages an empty `last` is 0 already
          return false;
        default:
          return action === ANS;
      }
    },

    reward: (lane, answered) => (answered ? tutorialReward(level[lane]!, heldValue(lane), valuesOf(lane)) : 0),
    solved: (lane) => heldValue(lane) === target[lane],
    describe: (lane) => [
      ['last', String(heldValue(lane) ?? '–')],
      ['memory flag', flag[lane] ? 'set' : 'unset'],
    ],
  };
}

/** @param limit tokens after which an episode ends unanswered, up to `STEP_LIMIT`. */
export function tutorialMachine(lanes: number, limit: number): Machine<DigitProblem> {
  return openLoopMachine(lanes, tutorialRules(lanes, limit));
}

/** What a whole program came to. */
export interface TutorialRun {
  /** The published reward, in float64. */
  readonly reward: number;
  /** Tokens read, the answer included. */
  readonly steps: number;
  /** The exact verdict on the printed target. */
  readonly solved: boolean;
}

/** Runs `actions` as the published environment does: up to `[ANS]`, seven tokens, or their end. */
export function runProgram(problem: DigitProblem, actions: readonly number[]): TutorialRun {
  const rules = tutorialRules(1, STEP_LIMIT);
  rules.put(0, problem);
  const read = actions.slice(0, STEP_LIMIT);
  for (let i = 0; i < read.length; i++) {
    if (rules.act(0, read[i]!)) return { reward: rules.reward(0, true), steps: i + 1, solved: rules.solved(0) };
  }
  return { reward: 0, steps: read.length, solved: false };
}
