// What can be done to an agent while it plays, as plain data; and how it is done.

import { InnerloopError } from '../core/errors.ts';
import type { Problem, Tampering } from '../tasks/task.ts';
import type { Hooks, StateView } from './playback.ts';

/**
 * One thing done to an episode, before its token number `step` (0 is the first):
 * - `force`: `token` is taken instead of the agent's choice; what it would have chosen is told all the same.
 * - `ban`: `token` may not be chosen, from here on.
 * - `memory`: the machine's memory is emptied, or what it holds becomes something else.
 * - `state`: the agent's state is zeroed, or becomes the one that it has at the same step of another problem (its last
 *   one, where that episode is shorter).
 * - `context`: from here on the agent sees nothing of its context, or the encoded context of another problem. From step
 *   0 it also begins with nothing, or as it begins that other problem.
 * - `steer`: `strength` times `direction` is added to the state.
 */
export type Intervention =
  | { readonly kind: 'force' | 'ban'; readonly step: number; readonly token: number }
  | { readonly kind: 'memory'; readonly step: number; readonly how: Tampering }
  | { readonly kind: 'state' | 'context'; readonly step: number; readonly how: 'hide' }
  | { readonly kind: 'state' | 'context'; readonly step: number; readonly how: 'swap'; readonly problem: Problem }
  | {
      readonly kind: 'steer';
      readonly step: number;
      readonly direction: ArrayLike<number>;
      readonly strength: number;
    };

/** Swaps name the problem that they take from. */
export type Swap = Extract<Intervention, { how: 'swap' }>;

export const isSwap = (intervention: Intervention): intervention is Swap =>
  'how' in intervention && intervention.how === 'swap';

/** The hooks that carry `interventions` out on lane 0, where `donor(problem)` tells of the problems swapped in. */
export function hooksOf(
  interventions: readonly Intervention[],
  donor: (problem: Problem) => Donor,
): Required<Pick<Hooks, 'encoded' | 'machine' | 'state' | 'choice' | 'token'>> {
  const at = (step: number) => interventions.filter((one) => one.step === step);
  return {
    encoded({ state }) {
      for (const one of at(0)) {
        if (one.kind !== 'context') continue;
        if (one.how === 'hide') state(0).fill(0);
        else state(0).set(donor(one.problem).initial);
      }
    },
    machine({ machine, out, step }) {
      for (const one of at(step)) {
        if (one.kind !== 'memory') continue;
        if (!machine.tamper) throw unable('the memory', 'this machine has none to tamper with');
        machine.tamper(0, one.how, out, 0);
      }
    },
    state(view) {
      for (const one of at(view.step)) touch(one, view, donor);
    },
    choice({ legal, step }) {
      for (const one of interventions) if (one.kind === 'ban' && one.step <= step) legal(0)[one.token] = 0;
    },
    token: (step) =>
      at(step)
        .flatMap((one) => (one.kind === 'force' ? [one.token] : []))
        .at(-1),
  };
}

/** What is known of a problem that something is taken from. */
export interface Donor {
  /** Place of its context among those encoded. */
  readonly context: number;
  /** The state before its first token. */
  readonly initial: Float32Array;
  /** The state before each of its tokens. */
  readonly states: readonly Float32Array[];
}

function touch(one: Intervention, view: StateView, donor: (problem: Problem) => Donor): void {
  const { context, contexts, state, step } = view;
  if (one.kind === 'steer') {
    const values = state(0);
    for (let i = 0; i < values.length; i++) values[i]! += one.strength * (one.direction[i] ?? 0);
  } else if (one.kind === 'state') {
    if (one.how === 'hide') state(0).fill(0);
    else {
      const { states } = donor(one.problem);
      state(0).set(states[Math.min(step, states.length - 1)]!);
    }
  } else if (one.kind === 'context') {
    if (one.how === 'hide') context(contexts[0]!).fill(0);
    else contexts[0] = donor(one.problem).context;
  }
}

export const unable = (what: string, why: string): InnerloopError =>
  new InnerloopError({
    kind: 'conflict',
    what: `${what} cannot be changed: ${why}`,
    hint: 'leave that intervention out',
  });
