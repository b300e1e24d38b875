// What is worth setting side by side, and what to look for.

import type { Draft } from '../state/draft.ts';

export interface Side {
  readonly name: string;
  readonly draft: Draft;
}

export interface Pair {
  readonly id: string;
  readonly title: string;
  /** What to look for, in one sentence. */
  readonly look: string;
  readonly sides: readonly [Side, Side];
}

const of = (task: string, preset = 'default', settings: Draft['settings'] = {}): Draft => ({ task, preset, settings });

/** Few enough operators and updates to see the difference within minutes. */
const SHORT = { 'task.options.operators': 4, updates: 1000 };

export const PAIRS: readonly Pair[] = [
  {
    id: 'tutorial',
    title: 'Published and repaired',
    look: 'The warning on the left: the published tutorial never sees its problem, and what it is paid most for is mostly wrong; repaired, the same network learns all three levels.',
    sides: [
      { name: 'as published', draft: of('tutorial') },
      { name: 'repaired', draft: of('calculator') },
    ],
  },
  {
    id: 'memory',
    title: 'Memory and none',
    look: 'The last level: without a memory that keeps a number for later it stays under the dotted line, ‘at most without memory’, however long it trains.',
    sides: [
      { name: 'with memory', draft: of('calculator') },
      { name: 'without', draft: of('calculator', 'no-memory') },
    ],
  },
  {
    id: 'hindsight',
    title: 'Hindsight and none',
    look: 'The longer problems: with hindsight a program that missed still teaches what it did compute, so they open and rise sooner.',
    sides: [
      { name: 'with hindsight', draft: of('expressions', 'default', SHORT) },
      { name: 'without', draft: of('expressions', 'no-hindsight', SHORT) },
    ],
  },
  {
    id: 'curriculum',
    title: 'Curriculum and none',
    look: 'When each level begins to rise: with a curriculum one after the other, without it all are tried from the first update, most of them in vain.',
    sides: [
      { name: 'easy levels first', draft: of('calculator') },
      { name: 'all from the start', draft: of('calculator', 'no-curriculum') },
    ],
  },
];

/** `draft` with this seed. */
export const seeded = (draft: Draft, seed: number): Draft => ({ ...draft, settings: { ...draft.settings, seed } });
