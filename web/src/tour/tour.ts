// Where somebody is on the tour; that it was taken is remembered where the browser lets us.

import { computed, effect, signal } from '@preact/signals';
import { session, view } from '../state/store.ts';
import { STOPS } from './steps.ts';

const KEY = 'innerloop tour';

/** The stop, or nothing where nobody is on it. */
export const at = signal<number | undefined>(undefined);

/** Whether anything is learning, or has: not where nothing can be trained, or somebody saves data. */
export const learns = computed(() => session.live.value || session.latest.value !== undefined);

/** On a first visit; not for those whom a link brought to another view. */
export function beginOnFirstVisit(): void {
  if (view.peek() === STOPS[0]!.view && !wasTaken()) at.value = 0;
}

/** Whoever walks on by himself meets the stop of where he is; where there is none, nothing is in his way. */
effect(() => {
  const stop = STOPS.findIndex((one) => one.view === view.value);
  if (at.peek() !== undefined && stop >= 0) at.value = stop;
});

export function goTo(stop: number): void {
  const found = STOPS[stop];
  if (!found) return;
  at.value = stop;
  view.value = found.view;
}

export function leave(): void {
  at.value = undefined;
  try {
    localStorage.setItem(KEY, 'taken');
  } catch {
    // A browser that keeps nothing offers it again at the next visit.
  }
}

function wasTaken(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
