// Where the keyboard is in the list, and what its keys do there.

import { computed, signal } from '@preact/signals';
import { found } from './found.ts';
import { openRun, select, selected, toggle } from './selection.ts';

/** By name: the list may be sorted anew beneath it. */
export const current = signal<string | undefined>(undefined);

export const currentIndex = computed(() => {
  const at = current.value === undefined ? -1 : found.value.runs.findIndex(({ name }) => name === current.value);
  return at < 0 ? 0 : at;
});

/** Where a range of runs begins that is selected with the shift key. */
let anchor: string | undefined;

export function goTo(index: number, extending: boolean): void {
  const { runs } = found.peek();
  const to = Math.max(0, Math.min(runs.length - 1, index));
  const before = runs[currentIndex.peek()]?.name;
  const name = runs[to]?.name;
  if (name === undefined) return;
  if (!extending) anchor = undefined;
  else {
    anchor ??= before;
    extendTo(to);
  }
  current.value = name;
}

function extendTo(to: number): void {
  const { runs } = found.peek();
  const from = Math.max(
    0,
    runs.findIndex(({ name }) => name === anchor),
  );
  const range = runs.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ name }) => name);
  select([...selected.peek(), ...range]);
}

/** A click on a run's box; with the shift key all from the last one to this. */
export function mark(name: string, extending: boolean): void {
  const index = found.peek().runs.findIndex((run) => run.name === name);
  if (extending && anchor !== undefined) extendTo(index);
  else {
    toggle(name);
    anchor = name;
  }
  current.value = name;
}

/** @param page rows that are seen at once. @returns whether the key means something here. */
export function press(event: KeyboardEvent, page: number): boolean {
  const { ctrlKey, key, metaKey, shiftKey } = event;
  const { runs } = found.peek();
  const at = currentIndex.peek();
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: runs.length - 1,
  };
  const name = runs[at]?.name;
  if (steps[key] !== undefined) goTo(steps[key], shiftKey);
  else if (key === ' ' && name !== undefined) mark(name, shiftKey);
  else if (key === 'Enter' && name !== undefined) openRun(name);
  else if (key === 'Escape') select([]);
  else if (key.toLowerCase() === 'a' && (ctrlKey || metaKey)) select(runs.map((run) => run.name));
  else return false;
  return true;
}
