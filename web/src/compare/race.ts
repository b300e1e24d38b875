// Two trainings of one seed. Where processors are few they take turns, so that neither has an advantage.

import { computed, effect, signal, untracked } from '@preact/signals';
import { configured } from '../state/draft.ts';
import { Session } from '../state/session.ts';
import { session } from '../state/store.ts';
import { type Pair, seeded } from './pairs.ts';

/** With less than one for each of them, one for the page and one to spare, they take turns. */
export const TURNS = navigator.hardwareConcurrency < 4;
/** How long a turn takes, about. */
const TURN_SECONDS = 0.15;

const OVER: readonly string[] = ['finished', 'failed', 'lost'];

export const sides = [new Session(), new Session()] as const;

/** Whether somebody wants it to go on. */
const wanted = signal(false);
const begun = signal<{ readonly pair: Pair; readonly seed: number } | undefined>(undefined);

export const stage = computed<'idle' | 'running' | 'paused' | 'over'>(() => {
  if (!begun.value) return 'idle';
  if (sides.every(({ status }) => OVER.includes(status.value))) return 'over';
  return wanted.value ? 'running' : 'paused';
});

/** Whether these two are what is being trained. */
export const isOn = (pair: Pair, seed: number): boolean => begun.value?.pair === pair && begun.value.seed === seed;

export function begin(pair: Pair, seed: number): void {
  // New workers, too: one that was ended says nothing, and not at once that it does.
  end();
  hold();
  for (const [i, side] of sides.entries()) {
    const { training } = configured(seeded(pair.sides[i]!.draft, seed));
    if (training) side.begin(training, true);
  }
  begun.value = { pair, seed };
  wanted.value = true;
}

/** As everything else on the page does; once, and not where Learn may not train either. */
export function beginByItself(pair: Pair, seed: number): void {
  if (offered) return;
  offered = true;
  const trains = session.training.peek() !== undefined && !matchMedia('(prefers-reduced-data: reduce)').matches;
  if (trains && !begun.peek()) begin(pair, seed);
}

let offered = false;

export function run(): void {
  hold();
  wanted.value = true;
}

export function pause(): void {
  wanted.value = false;
  for (const side of sides) if (side.live.peek()) side.pause();
}

/** Whether Learn's training waits for these two. */
let holds = false;

/** Three trainings at once would be slow, and of unequal slowness. */
function hold(): void {
  if (session.live.peek()) holds = true;
  session.pause();
}

/** An update under way is done by then. */
const PATIENCE_MILLISECONDS = 3000;

/** Learn goes on where it was interrupted, as soon as it has stopped there. */
function release(): void {
  if (!holds) return;
  holds = false;
  const stop = session.status.subscribe((status) => {
    if (status !== 'paused') return;
    queueMicrotask(() => {
      stop();
      session.run();
    });
  });
  setTimeout(stop, PATIENCE_MILLISECONDS);
}

/** Ends both; nothing is kept. */
export function end(): void {
  wanted.value = false;
  begun.value = undefined;
  for (const side of sides) side.close();
}

/** Gives turns until the answer is called. */
export function follow(): () => void {
  const stop = effect(() => {
    const statuses = sides.map(({ status }) => status.value);
    const goes = wanted.value;
    untracked(() => next(statuses, goes));
  });
  return () => {
    stop();
    pause();
    release();
  };
}

function next(statuses: readonly string[], goes: boolean): void {
  if (!goes || statuses.includes('starting') || (TURNS && statuses.includes('running'))) return;
  const waiting = sides.filter((_, i) => statuses[i] === 'paused');
  if (!TURNS) {
    for (const side of waiting) side.run();
    return;
  }
  const [behind] = waiting.toSorted((a, b) => updateOf(a) - updateOf(b));
  // Whoever is left alone needs no turns.
  if (statuses.some((status) => OVER.includes(status))) behind?.run();
  else behind?.run(updateOf(behind) + updatesOf(behind));
}

const updateOf = (side: Session): number => side.latest.peek()?.update ?? 0;

/** As many updates as fit into a turn. */
function updatesOf(side: Session): number {
  const { seconds, update } = side.latest.peek() ?? { seconds: 0, update: 0 };
  return seconds > 0 ? Math.max(1, Math.round((TURN_SECONDS * update) / seconds)) : 1;
}
