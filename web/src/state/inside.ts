// What is read from the agent's state: probes of the agent on view, made again now and then while it learns, and what they
// say of the program on view. Kept up to date while somebody looks.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { GroupCredit, Reading } from 'innerloop';
import type { Shown } from '../engine/playing.ts';
import type { Probed } from '../engine/probing.ts';
import { sentence } from '../engine/sentence.ts';
import { agentOnView, facts, source } from './agentOnView.ts';
import { askProber } from './prober.ts';
import { plain, touched, touches } from './stage.ts';
import { extra, keep, view } from './store.ts';

/** What can be looked at, as the address has it. */
export const LOOKS = ['read', 'ahead', 'steer', 'credit'] as const;
export type Look = (typeof LOOKS)[number];

export const looks = computed<Look | undefined>(() => LOOKS.find((one) => one === extra.value.inside));

export const lookAt = (look: Look | undefined): void => keep({ inside: look });

/** The program that is spoken of: in Touch the one that came of what was done. */
export const spoken = computed<Shown | undefined>(() =>
  view.value === 'touch' && touches.value.length > 0 ? (touched.value ?? plain.value) : plain.value,
);

export interface Found extends Probed {
  readonly hash: string;
  readonly update: number;
}

export const found = signal<Found | undefined>(undefined);
/** Where the making of probes stands. */
export const making = signal<{ readonly done: number; readonly what: string } | undefined>(undefined);
export const insideError = signal<string | undefined>(undefined);
/** [steps] of `spoken`, by the probes of `found`. */
export const readings = signal<{ readonly of: Shown; readonly steps: readonly (readonly Reading[])[] } | undefined>(
  undefined,
);
export const credit = signal<{ readonly of: Shown; readonly credit: GroupCredit } | undefined>(undefined);

/** Mean selectivity of what comes after the next token, by update: what training made of it. */
export const history = signal<readonly { readonly update: number; readonly selectivity: number }[]>([]);

/** Rest between probes of a training that goes on. */
const REST_MILLISECONDS = 6000;
const MOST_HISTORY = 200;

/** Whether somebody looks. */
let active = false;
let busy = false;
let finished = 0;
let resting: ReturnType<typeof setTimeout> | undefined;
let ofTraining = '';

const wanted = computed(() => looks.value !== undefined && looks.value !== 'credit');

/** Keeps it all up to date until the answer is called. */
export function lookInside(): () => void {
  active = true;
  const ends = [effect(followAgent), effect(doRead), effect(doCredit)];
  return () => {
    for (const end of ends) end();
    clearTimeout(resting);
    active = false;
  };
}

export function tryAgain(): void {
  insideError.value = undefined;
  probe();
}

function followAgent(): void {
  const hash = facts.value?.hash;
  if (hash === undefined || !wanted.value) return;
  untracked(() => {
    insideError.value = undefined;
    probe();
  });
}

/** Makes probes of the agent on view, unless they are there; of one that learns after a rest. */
function probe(): void {
  const agent = agentOnView();
  const { config, update = 0 } = facts.peek() ?? {};
  if (!agent || busy || !active || !wanted.peek() || agent.hash === found.peek()?.hash) return;
  const key = JSON.stringify(config);
  const wait = finished + REST_MILLISECONDS - performance.now();
  clearTimeout(resting);
  if (source.peek().kind === 'training' && key === ofTraining && found.peek() && wait > 0) {
    resting = setTimeout(probe, wait);
    return;
  }
  if (key !== ofTraining) history.value = [];
  ofTraining = key;
  busy = true;
  making.value = { done: 0, what: 'opening' };
  askProber('probe', agent, (done, what) => {
    making.value = { done, what };
  })
    .then(
      (probed) =>
        batch(() => {
          found.value = { ...probed, hash: agent.hash, update };
          remember(found.peek()!);
        }),
      (error) => {
        insideError.value = sentence(error);
      },
    )
    .finally(() => {
      const failed = insideError.peek() !== undefined;
      busy = false;
      making.value = undefined;
      finished = performance.now();
      if (!failed) probe();
    });
}

function remember({ ahead, update }: Found): void {
  const later = ahead.filter((cell) => cell.ahead > 0);
  if (later.length === 0) return;
  const selectivity = later.reduce((sum, cell) => sum + cell.selectivity, 0) / later.length;
  history.value = [...history.peek().filter((one) => one.update !== update), { update, selectivity }]
    .toSorted((a, b) => a.update - b.update)
    .slice(-MOST_HISTORY);
}

let readOrders = 0;

function doRead(): void {
  const probes = found.value;
  const shown = spoken.value;
  const order = ++readOrders;
  if (!probes || !shown || (looks.value !== 'read' && looks.value !== 'steer')) return;
  const { problem, run } = shown;
  const episode = { problem, program: run.steps.map(({ id }) => id), states: run.steps.map(({ state }) => state) };
  askProber('read', { hash: probes.hash, episode }).then(
    (steps) => {
      if (order !== readOrders) return;
      if (steps) readings.value = { of: shown, steps };
      else {
        // A worker that was started anew knows nothing of them.
        found.value = undefined;
        probe();
      }
    },
    (error) => {
      if (order === readOrders) insideError.value = sentence(error);
    },
  );
}

let creditOrders = 0;

function doCredit(): void {
  const shown = spoken.value;
  const order = ++creditOrders;
  if (looks.value !== 'credit' || !shown || facts.value === undefined) return;
  const agent = untracked(agentOnView);
  if (!agent) return;
  const { problem, run } = shown;
  const own = {
    problem,
    program: run.steps.map(({ id }) => id),
    solved: run.solved,
    values: run.steps.map(({ value }) => value),
    rewards: run.steps.map(({ reward }) => reward),
  };
  askProber('credit', { ...agent, own }).then(
    (given) => {
      if (order === creditOrders) credit.value = { of: shown, credit: given };
    },
    (error) => {
      if (order === creditOrders) insideError.value = sentence(error);
    },
  );
}
