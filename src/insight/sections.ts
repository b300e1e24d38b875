// The sections of a report that ask one agent, and about how long each takes.

import { causal } from './causal/causal.ts';
import { credit } from './credit.ts';
import type { Dataset } from './dataset/dataset.ts';
import { decode } from './decode.ts';
import type { Progress, SectionResult } from './section.ts';
import type { Sizes } from './sizes.ts';
import type { SectionName, Subject } from './subject.ts';
import { thinking } from './thinking.ts';
import { tools } from './tools.ts';

export interface Asked {
  readonly result: SectionResult;
  /** The episodes behind it. */
  readonly dataset?: Dataset;
}

export interface Section {
  readonly name: Exclude<SectionName, 'emergence'>;
  /** Seconds that it takes of the flagship. */
  readonly weight: number;
  ask(subject: Subject, sizes: Sizes, progress: Progress): Asked;
}

/** All but `emergence`, which needs more than one agent. */
export const ASKED: readonly Section[] = [
  { name: 'decode', weight: 50, ask: (subject, sizes, progress) => decode(subject, sizes.decode, progress) },
  {
    name: 'causal',
    weight: 16,
    ask: (subject, sizes, progress) => ({ result: causal(subject, sizes.causal, progress) }),
  },
  {
    name: 'thinking',
    weight: 3,
    ask: (subject, sizes, progress) => ({ result: thinking(subject, sizes.thinking, progress) }),
  },
  { name: 'tools', weight: 3, ask: (subject, sizes, progress) => ({ result: tools(subject, sizes.tools, progress) }) },
  {
    name: 'credit',
    weight: 1,
    ask: (subject, sizes, progress) => ({ result: credit(subject, sizes.credit, progress) }),
  },
];
