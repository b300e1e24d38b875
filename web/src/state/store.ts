// The page's state: what is asked for, which view shows it, and the training that follows from it. The address is kept
// equal to it in both directions.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { commandOf, type Training } from 'innerloop';
import { PlayerClient } from '../engine/client.ts';
import type { RunEvent } from '../engine/protocol.ts';
import { readAddress, writeAddress } from './address.ts';
import { type Configured, configured, DEFAULT_DRAFT, type Draft, draftOf, possible } from './draft.ts';
import { type Checkpoint, Session } from './session.ts';

export const draft = signal<Draft>(DEFAULT_DRAFT);
export const view = signal('learn');
/** What views keep in the address: `problem`, `program` and the like. */
export const extra = signal<Readonly<Record<string, string>>>({});
/** Sentences that a person should read once. */
export const notices = signal<readonly string[]>([]);

export const asked = computed<Configured>(() => configured(draft.value));

/** The training that Learn shows and the other views look into. */
export const session = new Session();
export const player = new PlayerClient();

/** The command line that comes to the same parameters. */
export const command = computed(() => {
  const training = session.training.value;
  return training ? commandOf(training.config) : '';
});

export function notice(sentence: string): void {
  if (!notices.peek().includes(sentence)) notices.value = [...notices.peek(), sentence];
}

export function dismiss(sentence: string): void {
  notices.value = notices.peek().filter((other) => other !== sentence);
}

/** Changes what a view keeps in the address; `undefined` takes it out. */
export function keep(values: Readonly<Record<string, string | undefined>>): void {
  const merged = Object.entries({ ...extra.peek(), ...values });
  extra.value = Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The address of a view. @param more what it keeps beside all that is kept anyway. */
export const addressOf = (to: string, more: Readonly<Record<string, string>> = {}): string =>
  writeAddress(to, canonical(), { ...extra.value, ...more });

/** What differs from the preset, and nothing that was put back. */
function canonical(): Draft {
  const { training } = asked.value;
  return training ? draftOf(training.config) : draft.value;
}

/** Begins to follow the address, and to train whatever is asked for. @param first the view where the address names none. */
export function open(views: readonly string[], first: string, trains: boolean): void {
  const read = (): void => {
    if (location.hash === written) return;
    written = location.hash;
    const address = readAddress(location.hash, views, first);
    const { draft: wanted, dropped } = possible(address.draft);
    batch(() => {
      view.value = address.view;
      extra.value = address.extra;
      if (JSON.stringify(wanted) !== JSON.stringify(draft.peek())) draft.value = wanted;
      const said = dropped.map(
        (sentence) => `The address asks for what is not possible, which is left out. ${sentence}.`,
      );
      notices.value = [...address.notices, ...said];
    });
  };
  let written: string | undefined;
  read();
  addEventListener('hashchange', read);
  if (trains) effect(follow);
  effect(() => {
    const address = addressOf(view.value);
    if (address === location.hash) return;
    written = address;
    history.replaceState(null, '', address);
  });
}

/** Goes on with a run from elsewhere: what is asked for becomes its configuration. @param told what happened before. */
export function adopt(training: Training, checkpoint: Checkpoint, told: readonly RunEvent[], paused: boolean): void {
  batch(() => {
    draft.value = draftOf(training.config);
    followed = keyOf(asked.value.training ?? training);
    session.load(training, checkpoint, told, paused);
  });
}

const keyOf = ({ config }: Training): string => JSON.stringify(config);

/** Views of one agent. */
const LOOKING: readonly string[] = ['watch', 'touch'];

let followed = '';

/** A configuration that is possible and new begins at once; it waits where the one before it was waiting. */
function follow(): void {
  const { training } = asked.value;
  // Who looks at runs on disk first, or at an agent from elsewhere, waits for no training of the page's own; it begins when
  // somebody looks at something else.
  const elsewhere = view.value === 'dashboard' || (LOOKING.includes(view.value) && extra.value.agent !== undefined);
  if (followed === '' && elsewhere) return;
  if (!training) return;
  const key = keyOf(training);
  if (key === followed) return;
  const waits = followed === '' ? savesData() : session.status.peek() === 'paused';
  followed = key;
  untracked(() => session.begin(training, waits));
}

const savesData = (): boolean => matchMedia('(prefers-reduced-data: reduce)').matches;
