// Attention and pointer knocked out at single steps and throughout, and the encoded context hidden from a step on: how
// many programs are still right, and how many stay as they were.

import type { KnockOut } from '../../agents/agent.ts';
import type { Random } from '../../core/random.ts';
import type { Hooks } from '../playback.ts';
import type { Criterion, Progress } from '../section.ts';
import type { Subject } from '../subject.ts';
import { batches, clusterOf, criterion, type Trial } from '../trials.ts';
import { type Own, ownPrograms } from './pairs.ts';
import { KNOCK_OUT } from './streams.ts';
import { randomAlike } from './vectors.ts';

/**
 * What is taken: attention's sum is zero, or all places weigh the same in it; operands are not pointed at; or, from its
 * step on, nothing of the encoded context is left, be it to attend to, to point at or to be fed back.
 */
export const KNOCK_OUTS = ['attention zero', 'attention uniform', 'pointer', 'context'] as const;
export type KnockOutName = (typeof KNOCK_OUTS)[number];

const HEADS: Readonly<Record<KnockOutName, KnockOut | undefined>> = {
  'attention zero': { attention: 'zero' },
  'attention uniform': { attention: 'uniform' },
  pointer: { pointer: true },
  context: undefined,
};

/** Accuracy lost, beyond the control's loss, from which on the agent is said to need what was taken. */
const NEEDED = 0.1;
/** What the context's own change is compared with: each place moved by a random vector of this share of its norm. */
const JITTER = 0.1;

/** Shares of the problems of a level. */
export interface KnockOutCell {
  readonly level: number;
  readonly what: KnockOutName;
  /** The step; `null`: all of them. For the context the first of those without it. */
  readonly step: number | null;
  /** Problems whose own program gets to the step. */
  readonly problems: number;
  /** Right as things are, and without. */
  readonly before: number;
  readonly after: number;
  /** Programs that stay as they are to the last token. */
  readonly unchanged: number;
}

export interface KnockOuts {
  readonly kind: 'knock-out';
  readonly cells: readonly KnockOutCell[];
  readonly criteria: readonly Criterion[];
}

export interface KnockOutOptions {
  /** Problems of each level. Default 128. */
  readonly problems?: number;
  /** Default all of training. */
  readonly levels?: readonly number[];
  /** What this agent has to be taken. Default all that is found to change anything. */
  readonly what?: readonly KnockOutName[];
}

/** What an agent has not, cannot be taken from it: its rows and its criterion are missing. */
export function knockOuts(subject: Subject, options: KnockOutOptions = {}, progress?: Progress): KnockOuts {
  const { levels = subject.task.levels.map((_, level) => level), problems = 128 } = options;
  const random = subject.random('causal').fold(KNOCK_OUT);
  const what = options.what ?? findParts(subject, random.fold(1000));
  const cells: KnockOutCell[] = [];
  const trials = new Map(what.map((name) => [name, [] as Trial[]]));
  for (const [i, level] of levels.entries()) {
    progress?.(i, levels.length, `knock-out ${subject.task.levels[level]!.name}`);
    const own = ownPrograms(subject.playback(), subject.problems(level, 'test', problems, random.fold(level)));
    const moved = what.length > 0 ? play(subject, own, 'jitter', null, random.fold(500 + level)) : [];
    for (const name of what) {
      const all = play(subject, own, name, null);
      cells.push(cellOf(level, name, null, own, all));
      for (const [j, { problem, solved }] of own.entries()) {
        const lost = (now: Own) => Number(solved) - Number(now.solved);
        trials
          .get(name)!
          .push({ cluster: clusterOf(subject.extended, problem), number: lost(all[j]!), control: lost(moved[j]!) });
      }
      const steps = Math.max(...own.map(({ program }) => program.length));
      for (let step = 0; step < steps; step++) {
        const those = own.filter(({ program }) => program.length > step);
        cells.push(cellOf(level, name, step, those, play(subject, those, name, step)));
      }
    }
  }
  return {
    kind: 'knock-out',
    cells,
    criteria: what.map((name, i) => needed(name, trials.get(name)!, random.fold(2000 + i))),
  };
}

/** Those knock-outs that change any logit's choice of a few problems: what an agent has not cannot. */
function findParts(subject: Subject, random: Random): KnockOutName[] {
  const level = subject.task.levels.length - 1;
  const problems = subject.problems(level, 'test', 16, random);
  const entropies = (hooks: Hooks): number[] => {
    const found: number[] = [];
    subject.playback().play(problems, {
      choice: { kind: 'greedy' },
      limit: 1,
      hooks: { ...hooks, record: ({ entropy, lanes }) => found.push(...Array.from(lanes.keys(), entropy)) },
    });
    return found;
  };
  const plain = entropies({});
  return KNOCK_OUTS.filter((name) => entropies(hooksOf(name, 0)).some((value, i) => value !== plain[i]));
}

/** @param step as in `KnockOutCell`. */
function hooksOf(name: KnockOutName, step: number | null): Hooks {
  const at = (now: number) => step === null || step === now;
  const heads = HEADS[name];
  if (heads) return { knockOut: (now) => (at(now) ? heads : undefined) };
  return {
    encoded: ({ context, contexts }) => {
      if (step === null) for (const lane of contexts.keys()) context(lane).fill(0);
    },
    state: ({ context, contexts, step: now }) => {
      if (step === now) for (const lane of contexts.keys()) context(lane).fill(0);
    },
  };
}

function jitter(random: Random, hidden: number): Hooks {
  return {
    encoded({ context, contexts }) {
      for (const lane of contexts.keys()) {
        const values = context(lane);
        for (let from = 0; from < values.length; from += hidden) {
          const place = values.subarray(from, from + hidden);
          const noise = randomAlike(place, random.fold(lane).fold(from));
          for (let i = 0; i < place.length; i++) place[i]! += JITTER * noise[i]!;
        }
      }
    },
  };
}

function play(
  subject: Subject,
  own: readonly Own[],
  name: KnockOutName | 'jitter',
  step: number | null,
  random?: Random,
): Own[] {
  const playback = subject.playback();
  return batches(own, playback.lanes).flatMap((some, i) => {
    const problems = some.map(({ problem }) => problem);
    const hooks = name === 'jitter' ? jitter(random!.fold(i), subject.network.hidden) : hooksOf(name, step);
    return playback
      .play(problems, { choice: { kind: 'greedy' }, hooks })
      .map(({ program, solved }, lane) => ({ problem: problems[lane]!, program, solved }));
  });
}

function cellOf(
  level: number,
  what: KnockOutName,
  step: number | null,
  own: readonly Own[],
  without: readonly Own[],
): KnockOutCell {
  const share = (test: (i: number) => boolean) => own.filter((_, i) => test(i)).length / own.length;
  return {
    level,
    what,
    step,
    problems: own.length,
    before: share((i) => own[i]!.solved),
    after: share((i) => without[i]!.solved),
    unchanged: share((i) => own[i]!.program.join() === without[i]!.program.join()),
  };
}

const QUESTIONS: Readonly<Record<KnockOutName, string>> = {
  'attention zero': 'Does the agent need its attention?',
  'attention uniform': 'Does the agent need to choose where it attends?',
  pointer: 'Does the agent need to point at operands?',
  context: 'Does the agent need to look at its context while it writes?',
};

function needed(name: KnockOutName, trials: readonly Trial[], random: Random): Criterion {
  const asked = {
    id: `needs-${name.replace(' ', '-')}`,
    question: QUESTIONS[name],
    control: `each place of the encoded context moved by ${100 * JITTER} % of its norm`,
    rule: `accuracy lost without it at every step, less what the control loses, by bootstrap over structures: met from ${NEEDED} on`,
  };
  return criterion(asked, trials, NEEDED, random);
}
