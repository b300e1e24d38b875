// Attention and pointer knocked out at single steps and throughout, and the encoded context hidden from a step on: how
// many programs are still right, and how many stay as they were.

import type { KnockOut, Touch } from '../../agents/agent.ts';
import type { Random } from '../../core/random.ts';
import { structureOf } from '../labels/episodeLabels.ts';
import type { Hooks } from '../playback.ts';
import type { Criterion, Progress } from '../section.ts';
import type { Subject } from '../subject.ts';
import { batches, criterion, type Trial } from '../trials.ts';
import { type Own, ownPrograms } from './pairs.ts';
import { KNOCK_OUT } from './streams.ts';
import { randomAlike } from './vectors.ts';

/**
 * What is taken: attention's sum is zero, or all places weigh the same in it; operands are not pointed at; or, from its
 * step on, nothing of the encoded context is left, be it to attend to, to point at or to be fed back.
 */
export const KNOCK_OUTS = ['attention zero', 'attention uniform', 'pointer', 'context'] as const;
export type KnockOutName = (typeof KNOCK_OUTS)[number];

const nothing: Touch = (vector) => vector.fill(0);

const HEADS: Readonly<Record<Exclude<KnockOutName, 'context'>, KnockOut>> = {
  'attention zero': { attention: nothing },
  'attention uniform': { attention: 'uniform' },
  pointer: { pointer: nothing },
};

/** Accuracy lost, beyond the control's loss, from which on the agent is said to need what was taken. */
const NEEDED = 0.1;

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
  /** Right with a random vector of the same norm added instead; `null` for single steps, where that is not played. */
  readonly disturbed: number | null;
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
    for (const name of what) {
      const all = play(subject, own, hooksOf(name, null));
      const moved = play(subject, own, noise(name, random.fold(500 + level)));
      cells.push(cellOf(level, name, null, own, all, moved));
      for (const [j, { problem, solved }] of own.entries()) {
        const lost = (now: Own) => Number(solved) - Number(now.solved);
        trials
          .get(name)!
          .push({ structure: structureOf(subject.extended, problem), number: lost(all[j]!), control: lost(moved[j]!) });
      }
      const steps = Math.max(...own.map(({ program }) => program.length));
      for (let step = 0; step < steps; step++) {
        const those = own.filter(({ program }) => program.length > step);
        cells.push(cellOf(level, name, step, those, play(subject, those, hooksOf(name, step))));
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
  if (name !== 'context') return { knockOut: (now) => (at(now) ? HEADS[name] : undefined) };
  return {
    encoded: ({ context, contexts }) => {
      if (step === null) for (const lane of contexts.keys()) context(lane).fill(0);
    },
    state: ({ context, contexts, step: now }) => {
      if (step === now) for (const lane of contexts.keys()) context(lane).fill(0);
    },
  };
}

/** The control: at every step a random vector of the same norm is added to what would have been taken. */
function noise(name: KnockOutName, random: Random): Hooks {
  const add = (vector: Float32Array, chance: Random) => {
    const added = randomAlike(vector, chance);
    for (let i = 0; i < vector.length; i++) vector[i]! += added[i]!;
  };
  if (name !== 'context') {
    const head = name === 'pointer' ? 'pointer' : 'attention';
    return {
      knockOut: (step) => ({ [head]: (vector: Float32Array, row: number) => add(vector, random.fold(step).fold(row)) }),
    };
  }
  return {
    encoded({ context, contexts, state }) {
      const width = state(0).length;
      for (const lane of contexts.keys()) {
        const values = context(lane);
        for (let from = 0; from < values.length; from += width) {
          add(values.subarray(from, from + width), random.fold(lane).fold(from));
        }
      }
    },
  };
}

function play(subject: Subject, own: readonly Own[], hooks: Hooks): Own[] {
  const playback = subject.playback();
  return batches(own, playback.lanes).flatMap((some) => {
    const problems = some.map(({ problem }) => problem);
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
  disturbed?: readonly Own[],
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
    disturbed: disturbed ? share((i) => disturbed[i]!.solved) : null,
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
    control: 'a random vector of the same norm added instead',
    rule: `accuracy lost without it at every step, less what the control loses, by bootstrap over structures: met from ${NEEDED} on`,
  };
  return criterion(asked, trials, NEEDED, random);
}
