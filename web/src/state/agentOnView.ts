// Which agent Watch and Touch look into: the one that is being trained, as it is or as it was after some update; or one
// from an address of this site, or from a file. The address of the page says which.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { PlayerClient } from '../engine/client.ts';
import type { AgentFacts, PlayQuestions } from '../engine/playing.ts';
import type { Known } from '../engine/probing.ts';
import { sentence } from '../engine/sentence.ts';
import { Session } from './session.ts';
import { asked as configured, extra, keep, session } from './store.ts';

/** How often a running training is asked for a checkpoint while somebody looks at its agent. */
const FOLLOW_MILLISECONDS = 1500;
/** A play takes milliseconds, a survey of long episodes seconds. */
const SILENCE_MILLISECONDS = 20_000;
/** Agents that one worker opens. */
const OPENINGS = 20;
const LOCAL = 'local:';

export type Source =
  | { readonly kind: 'training' }
  | { readonly kind: 'moment'; readonly update: number }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'file'; readonly hash: string };

export const source = computed<Source>(() => {
  const { agent, update } = extra.value;
  if (agent?.startsWith(LOCAL)) return { kind: 'file', hash: agent.slice(LOCAL.length) };
  if (agent) return { kind: 'address', address: agent };
  return /^[1-9]\d{0,8}$/.test(update ?? '') ? { kind: 'moment', update: Number(update) } : { kind: 'training' };
});

/** The agent that can be played; the one before it, while another is being opened. */
export const facts = signal<AgentFacts | undefined>(undefined);
/** What it is called: the name of its file, where it is from one. */
export const agentName = signal('');
/** Why there is none, or none newer. */
export const trouble = signal<string | undefined>(undefined);
/** A file that could not be opened, until a person has seen to it: what is on view goes on without it. */
export const refused = signal<{ readonly file: File; readonly reason: string } | undefined>(undefined);
/** A training being repeated up to the update of a link: where it stands. */
export const growing = signal<{ readonly at: number; readonly update: number } | undefined>(undefined);

/** Whether an address can say which agent it is: one of what is trained now, or one that has an address itself. */
export const hasAddress = computed(() => {
  const { kind } = source.value;
  const { training } = configured.value;
  if (kind === 'address') return true;
  return kind !== 'file' && JSON.stringify(facts.value?.config) === JSON.stringify(training?.config);
});

/** Its own worker: exact bounds of a task may keep the other one busy for seconds. */
const player = new PlayerClient();

/** Asks the player; a worker that was killed says nothing, so that silence ends it. */
let waiting = 0;

export async function ask<Q extends keyof PlayQuestions>(
  kind: Q,
  question: PlayQuestions[Q]['question'],
): Promise<PlayQuestions[Q]['answer']> {
  const silence = setTimeout(
    () => player.close('The worker that plays has not answered for a long time, and was stopped'),
    SILENCE_MILLISECONDS,
  );
  waiting++;
  try {
    return await player.ask(kind, question);
  } finally {
    waiting--;
    clearTimeout(silence);
  }
}

let openings = 0;

/** Each agent has a memory of its own, which collectors are slow to find: now and then a new worker gives it all back. */
function openAnew(bytes: Uint8Array, name: string): Promise<AgentFacts> {
  if (waiting === 0 && ++openings % OPENINGS === 0) player.close();
  return ask('open', { bytes, name });
}

/** Agents from files, by hash, as long as the page is open. */
const local = new Map<string, { readonly bytes: Uint8Array; readonly name: string }>();

/** The agent on view with its checkpoint. */
let viewed: Known | undefined;

export const agentOnView = (): Known | undefined => (viewed?.hash === facts.peek()?.hash ? viewed : undefined);

/** What was opened last, so that nothing is opened twice. */
let opened: { readonly bytes?: Uint8Array; readonly key?: string } = {};
let orders = 0;
let grower: Session | undefined;

let files = 0;

/** Looks at an agent from a file on disk, whatever the training has told meanwhile. */
export async function openFile(file: File): Promise<void> {
  const order = ++files;
  refused.value = undefined;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const found = await openAnew(bytes, file.name);
    if (order !== files) return;
    orders++;
    local.set(found.hash, { bytes, name: file.name });
    batch(() => {
      take(found, file.name, { bytes });
      keep({ agent: LOCAL + found.hash, update: undefined, sum: undefined });
    });
  } catch (error) {
    if (order === files) refused.value = { file, reason: sentence(error) };
  }
}

/** Looks at the training again, from now on as it goes. */
export function follow(): void {
  keep({ agent: undefined, update: undefined, sum: undefined });
}

/** Stays with the agent as it is now, whatever the training does. */
export function hold(): void {
  const update = facts.peek()?.update;
  if (source.peek().kind === 'training' && update) keep({ update: String(update) });
}

/** After a failure: the same agent in another worker, or, where there is none yet, all from its source on. */
export function retry(): void {
  const { bytes, key } = opened;
  opened = {};
  trouble.value = undefined;
  if (bytes && facts.peek()) void openBytes(bytes, 'the checkpoint', agentName.peek(), key);
  else extra.value = { ...extra.peek() };
}

/** Keeps the agent up to date until the answer is called. */
export function look(): () => void {
  const stop = effect(() => {
    const from = source.value;
    const { training } = configured.value;
    const checkpoint = session.checkpoint.value;
    const key = training && JSON.stringify(training.config);
    const ofSession = session.training.value && JSON.stringify(session.training.value.config) === key;
    untracked(() => {
      switch (from.kind) {
        case 'training':
          endGrowing();
          if (checkpoint) void openBytes(checkpoint.bytes, `the checkpoint of update ${checkpoint.update}`, '');
          else batch(forget);
          return;
        case 'moment': {
          if (opened.key === `${key} ${from.update}` || !training) return;
          if (opened.bytes && facts.peek()?.update === from.update && sameConfig(key)) return;
          if (ofSession && checkpoint?.update === from.update) {
            endGrowing();
            void openBytes(checkpoint.bytes, `the checkpoint of update ${from.update}`, '', `${key} ${from.update}`);
          } else grow(from.update, `${key} ${from.update}`);
          return;
        }
        case 'address':
          endGrowing();
          void fetchAgent(from.address);
          return;
        case 'file': {
          endGrowing();
          const file = local.get(from.hash);
          if (file) void openBytes(file.bytes, file.name, file.name);
          else {
            batch(forget);
            trouble.value = `This address speaks of an agent from a file on somebody’s disk (hash ${from.hash.slice(0, 12)}…). Open that file here, or look at the agent that is being trained`;
          }
          return;
        }
        default:
          from satisfies never;
      }
    });
  });
  const nudge = () => {
    if (source.peek().kind === 'training' && session.status.peek() === 'running') void session.takeCheckpoint();
  };
  nudge();
  const timer = setInterval(nudge, FOLLOW_MILLISECONDS);
  return () => {
    stop();
    clearInterval(timer);
    endGrowing();
    refused.value = undefined;
  };
}

const sameConfig = (key: string | undefined): boolean => JSON.stringify(facts.peek()?.config) === key;

function forget(): void {
  // What is on its way is of the source before.
  orders++;
  facts.value = undefined;
  agentName.value = '';
  trouble.value = undefined;
  opened = {};
}

function take(found: AgentFacts, name: string, what: typeof opened): void {
  facts.value = found;
  agentName.value = name;
  trouble.value = undefined;
  opened = what;
  viewed = what.bytes && { hash: found.hash, bytes: what.bytes };
}

/** @param called in errors. @param name of the file it is from, or nothing. */
async function openBytes(bytes: Uint8Array, called: string, name: string, key?: string): Promise<void> {
  if (opened.bytes === bytes) return;
  opened = { ...opened, bytes };
  const order = ++orders;
  try {
    const found = await openAnew(bytes, called);
    if (order === orders) batch(() => take(found, name, { bytes, ...(key !== undefined && { key }) }));
  } catch (error) {
    if (order !== orders) return;
    opened = {};
    trouble.value = sentence(error);
  }
}

async function fetchAgent(address: string): Promise<void> {
  if (opened.key === address) return;
  batch(forget);
  opened = { key: address };
  const order = orders;
  try {
    const url = new URL(address, location.href.split('#')[0]);
    if (url.origin !== location.origin) throw new Error(`'${address}' is of another site, and this page asks none`);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`'${address}' is not there (${answer.status})`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (order !== orders) return;
    await openBytes(bytes, address, nameAt(url.pathname), address);
  } catch (error) {
    if (order === orders) trouble.value = sentence(error);
  }
}

/** `expr3, update 700` for a run's checkpoint, which is a number in a folder of the run's name; else the file's name. */
function nameAt(path: string): string {
  const parts = path.split('/').map(decodeURIComponent);
  const [, run, update] = /\/runs\/(.+)\/checkpoints\/0*(\d+)\.safetensors$/.exec(parts.join('/')) ?? [];
  return run === undefined ? parts.at(-1)! : `${run}, update ${Number(update)}`;
}

/** Repeats the training up to `update` beside the one that goes on: the same configuration comes to the same bits. */
function grow(update: number, key: string): void {
  if (growing.peek()?.update === update && grower) return;
  endGrowing();
  batch(forget);
  const repeated = new Session();
  grower = repeated;
  growing.value = { at: 0, update };
  repeated.begin(configured.peek().training!, false, update);
  const stop = effect(() => {
    const at = repeated.latest.value?.update ?? 0;
    const checkpoint = repeated.checkpoint.value;
    const { status, reason } = { status: repeated.status.value, reason: repeated.reason.value };
    untracked(() => {
      if (grower !== repeated) return;
      growing.value = { at, update };
      if (checkpoint?.update === update) {
        endGrowing();
        void openBytes(checkpoint.bytes, `the checkpoint of update ${update}`, '', key);
      } else if (status === 'failed' || status === 'lost') {
        endGrowing();
        trouble.value = `The training up to update ${update} could not be repeated: ${reason}`;
      } else if (status === 'finished' && at < update) {
        endGrowing();
        trouble.value = `This training ends after update ${at}, and the address speaks of update ${update}`;
      }
    });
  });
  stopGrowing = stop;
}

let stopGrowing: (() => void) | undefined;

function endGrowing(): void {
  const ended = grower;
  grower = undefined;
  growing.value = undefined;
  ended?.close();
  // Not from within the effect itself.
  const stop = stopGrowing;
  stopGrowing = undefined;
  if (stop) queueMicrotask(stop);
}
