// The published machine, defects included: its "memory" is a flag, and its tools know where their digits are.

import { type DigitProblem, printedTarget, TOKEN } from '../digitProblem.ts';
import { type OpenLoopRules, openLoopMachine } from '../openLoopMachine.ts';
import type { Machine } from '../task.ts';
import { tutorialReward } from './reward.ts';

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
  const heldValue = (lane: number) => (held[lane] ? last[lane]! : undefined);
  const problem = (lane: number): DigitProblem => ({
    level: level[lane]!,
    digits: Array.from(digits.subarray(lane * 5, lane * 5 + 5)),
  });

  return {
    columns: [level, digits, last, held, flag],
    limit,
    last: heldValue,

    put(lane, { level: stage, digits: shown }) {
      level[lane] = stage;
      for (let i = 0; i < 5; i++) digits[lane * 5 + i] = shown[i] ?? 0;
      last[lane] = 0;
      held[lane] = 0;
      flag[lane] = 0;
    },

    act(lane, action) {
      const stage = level[lane]!;
      const at = lane * 5;
      switch (action) {
        case TOKEN.MUL:
          if (!held[lane]) {
            last[lane] = digits[at]! * digits[at + 1]!;
            held[lane] = 1;
          } else if (stage > 0) last[lane]! *= digits[at + 3]!;
          return false;
        case TOKEN.ADD:
          if (held[lane]) last[lane]! += digits[at + 2]!;
          return false;
        case TOKEN.SUB:
          if (held[lane] && stage > 0) last[lane]! -= digits[at + (stage === 2 && flag[lane] ? 4 : 3)]!;
          return false;
        case TOKEN.STO:
          flag[lane] = 1;
          return false;
        case TOKEN.RCL:
          if (!flag[lane]) return false;
          if (stage === 2) last[lane] = digits[at + 3]! * digits[at + 4]!;
          held[lane] = 1; // at the other stages an empty `last` is 0 already
          return false;
        default:
          return action === TOKEN.ANS;
      }
    },

    reward: (lane, answered) =>
      answered && held[lane] ? tutorialReward(level[lane]!, last[lane]!, problem(lane).digits) : 0,
    solved: (lane) => heldValue(lane) === printedTarget(problem(lane)),
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
