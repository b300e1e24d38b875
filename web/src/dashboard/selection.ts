// Which runs are compared, and which one is looked into; both stand in the address.

import { computed, signal } from '@preact/signals';
import type { RunSummary } from 'innerloop';
import { extra, keep } from '../state/store.ts';
import { runs } from './server.ts';

/** More could neither be told apart nor stand in an address. */
export const MOST_SELECTED = 100;
const LONGEST = 9000; // characters

const escaped = (name: string): string => name.replace(/[%,]/g, (mark) => (mark === '%' ? '%25' : '%2c'));
const unescaped = (text: string): string => text.replace(/%2c/g, ',').replace(/%25/g, '%');

export const selected = computed((): readonly string[] => {
  const text = extra.value.runs ?? '';
  return text === '' ? [] : [...new Set(text.split(',').map(unescaped))].slice(0, MOST_SELECTED);
});
export const isSelected = computed(() => new Set(selected.value));

/** Those of them that there are. */
export const selectedRuns = computed((): readonly RunSummary[] =>
  selected.value.flatMap((name) => runs.value.get(name) ?? []),
);

/** What last happened to the selection, for those who do not see it. */
export const said = signal('');

export function select(names: readonly string[]): void {
  const kept: string[] = [];
  let length = 0;
  for (const name of new Set(names)) {
    length += escaped(name).length + 1;
    if (kept.length === MOST_SELECTED || length > LONGEST) break;
    kept.push(name);
  }
  keep({ runs: kept.map(escaped).join(',') || undefined });
  const over = new Set(names).size - kept.length;
  const more = over > 0 ? `; ${over} more are left out: ${MOST_SELECTED} can be compared at a time` : '';
  said.value =
    kept.length === 0 ? 'No run is selected' : `${kept.length} ${kept.length === 1 ? 'run' : 'runs'} selected${more}`;
}

export function toggle(name: string): void {
  const names = selected.peek();
  select(names.includes(name) ? names.filter((other) => other !== name) : [...names, name]);
}

export const PANES = ['curves', 'settings', 'run'] as const;
export type Pane = (typeof PANES)[number];

export const opened = computed(() => extra.value.run);
export const pane = computed<Pane>(() => PANES.find((one) => one === extra.value.pane) ?? 'curves');

export const showPane = (to: Pane): void => keep({ pane: to === 'curves' ? undefined : to });

export const openRun = (name: string): void => keep({ run: name, pane: 'run' });
