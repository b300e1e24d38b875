// What Watch and Touch show: a problem, what is done to the agent while it answers, and what came of that.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { Asked, Drawn, PlayedTouch, Shown, Survey, Touch } from '../engine/playing.ts';
import { sentence } from '../engine/sentence.ts';
import { ask, facts, hold, look, source, trouble } from './agentOnView.ts';
import { carriedOut } from './prober.ts';
import { addressOf, extra, keep, notice, session } from './store.ts';
import {
  excludes,
  MOST_PROBLEMS,
  readAsked,
  readDrawn,
  readTouches,
  sameTouch,
  writeAsked,
  writeDrawn,
  writeTouches,
} from './touches.ts';

/** Problems of a level that are played beside the one on view. */
const SURVEYED = 24;
/** A training goes on faster than surveys of its agent are worth. */
const SURVEY_MILLISECONDS = 4000;
/** Browsers allow an address to change so often and no more. */
const WRITE_MILLISECONDS = 300;

/** The problem on view, by number or in a person's own words. */
export const problem = computed<Asked>(() => {
  const read = readAsked(extra.value);
  const levels = facts.value?.levels.length ?? 1;
  return read && ('text' in read || read.level < levels) ? read : firstOf(levels);
});

/** High enough that there is something to plan, and not yet long. */
const firstOf = (levels: number): Drawn => ({ level: Math.min(levels - 1, 2), index: 0 });

/** What is done to the agent, in the order of the steps. */
export const touches = computed<readonly Touch[]>(() => readTouches(extra.value.do).touches);

/** The agent left alone; and touched, where anything is done to it. */
export const plain = signal<Shown | undefined>(undefined);
export const touched = signal<Shown | undefined>(undefined);
/** What is wrong with a person's own problem, and with what is done to the agent. */
export const ownError = signal<string | undefined>(undefined);
export const touchError = signal<string | undefined>(undefined);
export const survey = signal<Survey | undefined>(undefined);

/** Tokens that have been taken: at 0 the first is being chosen, at the end the last has acted. */
export const step = signal(0);

/** Whether the replay of a link came to the bits that it was made of; nothing where the address does not say. */
export const proof = computed(() => {
  const { sum } = extra.value;
  const shown = touches.value.length > 0 ? touched.value : plain.value;
  return sum && shown ? sum === shown.print : undefined;
});

export function choose(asked: Asked): void {
  batch(() => {
    ownError.value = undefined;
    step.value = 0;
    keep({ ...writeAsked(asked), step: undefined, sum: undefined });
  });
}

/** Does something to the agent, or no longer. */
export function toggle(touch: Touch): void {
  const present = touches.peek();
  const undone = present.filter((other) => !sameTouch(other, touch));
  const kept = undone.length < present.length ? undone : [...present.filter((other) => !excludes(other, touch)), touch];
  setTouches(kept.toSorted((a, b) => a.step - b.step));
}

export function setTouches(all: readonly Touch[]): void {
  batch(() => {
    keep({ do: writeTouches(all), sum: undefined });
    // An agent that goes on learning would change under one's hands.
    if (all.length > 0) hold();
  });
}

/** Where one looks at, within what there is. */
export function goTo(to: number): void {
  const length = Math.max(plain.peek()?.run.steps.length ?? 0, touched.peek()?.run.steps.length ?? 0);
  step.value = Math.max(0, Math.min(length, to));
}

/** The address at which somebody else sees the very same, to the bit. */
export function link(view: string): string {
  const shown = touches.peek().length > 0 ? touched.peek() : plain.peek();
  const agent = facts.peek();
  const asked = problem.peek();
  const more = {
    ...('text' in asked ? { own: asked.text } : { pick: writeDrawn(asked) }),
    step: String(step.peek()),
    ...(shown && { sum: shown.print }),
    // Where a link was opened, what it claims goes on with it.
    ...extra.peek(),
    ...(source.peek().kind === 'training' && agent && { update: String(agent.update) }),
  };
  return new URL(addressOf(view, more), location.href).href;
}

/** Keeps all of it up to date until the answer is called. */
export function enter(): () => void {
  saidOf = {};
  const ends = [look(), effect(followAddress), effect(writeStep), effect(playPlain), effect(playTouched)];
  ends.push(effect(doSurvey));
  return () => {
    for (const end of ends) end();
    clearTimeout(writing);
  };
}

let writtenStep: string | undefined;
/** What was said of the address, so that it is not said again whenever another part of it changes. */
let saidOf: { readonly done?: string | undefined; readonly problem?: string | undefined } = {};

function followAddress(): void {
  const { do: done, step: at } = extra.value;
  const strange = strangeProblem();
  untracked(() => {
    if (done !== saidOf.done) {
      for (const part of readTouches(done).bad) {
        notice(`Something that the address does to the agent is not understood and left out: '${part.slice(0, 40)}'.`);
      }
    }
    if (strange !== undefined && strange !== saidOf.problem) notice(strange);
    saidOf = { done, problem: strange };
    if (at === undefined || at === writtenStep) return;
    writtenStep = at;
    if (/^\d{1,4}$/.test(at)) step.value = Number(at);
  });
}

/** What is wrong with the problem that the address asks for by number. */
function strangeProblem(): string | undefined {
  const { own, pick } = extra.value;
  if (own !== undefined || pick === undefined) return undefined;
  const read = readDrawn(pick);
  const called = `The address asks for problem '${pick.slice(0, 40)}'`;
  if (!read) {
    return `${called}, which is not understood: expected a level and a number below ${MOST_PROBLEMS}, as in 2.14. Another one is shown.`;
  }
  const levels = facts.value?.levels.length;
  if (levels === undefined || read.level < levels) return undefined;
  return `${called}, and this agent’s levels are numbered from 0 to ${levels - 1}. Another one is shown.`;
}

let writing: ReturnType<typeof setTimeout> | undefined;

function writeStep(): void {
  const at = String(step.value);
  clearTimeout(writing);
  writing = setTimeout(() => {
    if ((extra.peek().step ?? '0') === at) return;
    writtenStep = at;
    keep({ step: at });
  }, WRITE_MILLISECONDS);
}

let plainOrders = 0;

function playPlain(): void {
  const agent = facts.value;
  const asked = problem.value;
  if (!agent) {
    untracked(() =>
      batch(() => {
        plain.value = undefined;
        touched.value = undefined;
        survey.value = undefined;
      }),
    );
    return;
  }
  const order = ++plainOrders;
  ask('play', { hash: agent.hash, asked, touches: [] }).then(
    (shown) => {
      if (order !== plainOrders) return;
      batch(() => {
        plain.value = shown;
        ownError.value = undefined;
        trouble.value = undefined;
      });
    },
    (error) => {
      if (order !== plainOrders) return;
      if (!('text' in asked)) {
        trouble.value = sentence(error);
        return;
      }
      ownError.value = sentence(error);
      // Nobody is left before an empty stage: what was on view stays, or the first problem comes.
      if (!plain.peek()) {
        const first = firstOf(agent.levels.length);
        ask('play', { hash: agent.hash, asked: first, touches: [] }).then(
          (shown) => {
            if (order === plainOrders) plain.value = shown;
          },
          (failure) => {
            if (order === plainOrders) trouble.value = sentence(failure);
          },
        );
      }
    },
  );
}

let touchedOrders = 0;

function playTouched(): void {
  const agent = facts.value;
  const asked = problem.value;
  const done = touches.value;
  const order = ++touchedOrders;
  if (!agent || done.length === 0) {
    touched.value = undefined;
    touchError.value = undefined;
    return;
  }
  const played = done.some(({ kind }) => kind === 'steer')
    ? carriedOut(done).then((touches) => ask('play', { hash: agent.hash, asked, touches }))
    : ask('play', { hash: agent.hash, asked, touches: done as readonly PlayedTouch[] });
  played.then(
    (shown) => {
      if (order !== touchedOrders) return;
      batch(() => {
        touched.value = shown;
        touchError.value = undefined;
      });
    },
    (error) => {
      if (order !== touchedOrders) return;
      batch(() => {
        touched.value = undefined;
        // Of a problem that cannot be read it is said once.
        touchError.value = 'text' in asked && ownError.peek() ? undefined : sentence(error);
      });
    },
  );
}

let surveyed: { readonly hash: string; readonly level: number; readonly at: number } | undefined;
let surveyOrders = 0;

function doSurvey(): void {
  const agent = facts.value;
  const level = plain.value?.run.level;
  const moves = source.value.kind === 'training' && session.live.value;
  if (!agent || level === undefined || level >= agent.levels.length) return;
  const known = surveyed?.hash === agent.hash && surveyed.level === level && untracked(() => survey.value);
  const soon = surveyed?.level === level && moves && performance.now() - surveyed.at < SURVEY_MILLISECONDS;
  if (known || (soon && untracked(() => survey.value))) return;
  surveyed = { hash: agent.hash, level, at: performance.now() };
  const order = ++surveyOrders;
  ask('survey', { hash: agent.hash, level, count: SURVEYED }).then(
    (found) => {
      if (order === surveyOrders) survey.value = found;
    },
    () => {
      // The agent on view has changed meanwhile; the next one is surveyed by itself.
      surveyed = undefined;
    },
  );
}
