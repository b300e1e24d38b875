// Steering: of two orders that are both right the agent takes one; does the direction in which states of the two differ,
// added to the state before the first token, make it take the other, and stay right?

import type { Random } from '../../core/random.ts';
import type { Split, Task } from '../../tasks/task.ts';
import { structureOf } from '../labels/episodeLabels.ts';
import { type Criterion, type Progress, untold } from '../section.ts';
import type { Subject } from '../subject.ts';
import { batches, criterion, grouped } from '../trials.ts';
import { DIRECTIONS, type Direction, directionsOf, spreadOf } from './directions.ts';
import { type OrderChoice, orderChoice, type Side, sideOf } from './orders.ts';
import { STEERING } from './streams.ts';
import { randomUnit } from './vectors.ts';

/**
 * What is added: a direction towards the other order, or away from it, one made from the same states with their orders
 * shuffled, or one drawn anew for each problem.
 */
export const PUSHES = [...DIRECTIONS, 'away', 'shuffled', 'random'] as const;
export type Push = (typeof PUSHES)[number];

/** How much is added, in units of the states' own spread: the root of the sum of their variances. */
export const STRENGTHS = [0.25, 0.5, 1, 1.5, 2] as const;

/** Share that takes the other order and is right, beyond the control's, from which on the direction steers. */
const STEERS = 0.25;
/** Share of structures taken in both orders below which orders cannot be told from structures. */
const BOTH = 0.5;
/** Times that random directions are drawn. */
const DRAWS = 2;

/** Shares of the test problems of a level. */
export interface SteerCell {
  readonly level: number;
  readonly push: Push;
  readonly strength: number;
  readonly problems: number;
  /** The first operation is of the other part. */
  readonly flipped: number;
  /** And the answer is right. */
  readonly flippedRight: number;
  readonly right: number;
}

export interface Steering {
  readonly kind: 'steering';
  readonly cells: readonly SteerCell[];
  /** By level what was best on validation problems: it alone speaks for the criterion, on test problems. */
  readonly chosen: readonly { readonly level: number; readonly direction: Direction; readonly strength: number }[];
  /**
   * Of the problems that directions were made from and whose structure came more than once, the share whose structure
   * the agent takes in both orders; `null` without any.
   */
  readonly bothOrders: number | null;
  readonly criteria: readonly Criterion[];
}

export interface SteerOptions {
  /** Problems of training that directions are made from, of each level at the most. Default 300. */
  readonly training?: number;
  /** Problems that are steered, of each level and split at the most. Default 96. */
  readonly problems?: number;
  /** Default all of training. */
  readonly levels?: readonly number[];
}

/** A problem in its own order, untouched. */
interface Ordered extends OrderChoice {
  readonly side: Side;
  readonly state: Float32Array;
}

/** What came of one test problem, and of the controls. */
interface Tried {
  readonly structure: string;
  readonly number: number;
  readonly controls: Readonly<Record<keyof typeof CONTROLS, number>>;
}

interface Steered {
  readonly one: Ordered;
  readonly flipped: boolean;
  readonly right: boolean;
}

/** Nothing can be told of a task without problems that are right in two orders, nor of a state that is a whole sequence. */
export function steering(subject: Subject, options: SteerOptions = {}, progress?: Progress): Steering {
  const { levels = subject.task.levels.map((_, level) => level), problems = 96, training = 300 } = options;
  const random = subject.random('causal').fold(STEERING);
  const cells: SteerCell[] = [];
  const chosen: Steering['chosen'][number][] = [];
  const trials: { readonly flipped: Tried[]; readonly right: Tried[] } = { flipped: [], right: [] };
  let [repeated, both] = [0, 0];
  for (const [i, level] of subject.network.sequence ? [] : levels.entries()) {
    progress?.(i, levels.length, `steering ${subject.task.levels[level]!.name}`);
    const chance = random.fold(level);
    const known = choices(subject, level, 'train', training, chance.fold(0));
    const kinds = new Set(known.map(({ side }) => side));
    if (kinds.size < 2) continue;
    const states = known.map(({ state }) => state);
    const sides = known.map(({ side }) => side);
    const directions = directionsOf(states, sides);
    const shuffled = directionsOf(states, chance.fold(4).shuffled(sides));
    const seen = inBothOrders(subject.extended, known);
    repeated += seen.repeated;
    both += seen.both;
    const spread = spreadOf(states);
    const run = (some: readonly Ordered[], push: Push, strength: number, towards: Direction = 'probe') =>
      steer(subject, some, strength * spread, (lane) => {
        if (push === 'random') return randomUnit(subject.network.hidden, chance.fold(3).fold(lane));
        if (push === 'shuffled') return shuffled[towards];
        return directions[push === 'away' ? towards : push].map((value) => (push === 'away' ? -value : value));
      });
    const tried = choices(subject, level, 'validation', problems, chance.fold(1));
    const best = DIRECTIONS.flatMap((direction) =>
      STRENGTHS.map((strength) => {
        const steered = run(tried, direction, strength);
        // Of those that are right as often, the one that changes more.
        const score = steered.filter(SUCCESSES.right).length + steered.filter(SUCCESSES.flipped).length / 1000;
        return { level, direction, strength, score };
      }),
    ).reduce((a, b) => (b.score > a.score ? b : a));
    chosen.push({ level, direction: best.direction, strength: best.strength });
    const tests = choices(subject, level, 'test', problems, chance.fold(2));
    for (const strength of STRENGTHS) {
      const steered = PUSHES.map((push) => {
        const some = push === 'random' ? Array.from({ length: DRAWS }, () => tests).flat() : tests;
        return run(some, push, strength, best.direction);
      });
      if (tests.length > 0) cells.push(...PUSHES.map((push, j) => cellOf(level, push, strength, steered[j]!)));
      if (strength !== best.strength) continue;
      const [own, mixed, random] = [best.direction, 'shuffled' as const, 'random' as const].map(
        (push) => steered[PUSHES.indexOf(push)]!,
      );
      for (const [j, { problem }] of tests.entries()) {
        const structure = structureOf(subject.extended, problem);
        const draws = Array.from({ length: DRAWS }, (_, draw) => random![draw * tests.length + j]!);
        for (const [key, holds] of Object.entries(SUCCESSES) as [keyof typeof SUCCESSES, Success][]) {
          const controls = { shuffled: Number(holds(mixed![j]!)), random: draws.filter(holds).length / DRAWS };
          trials[key].push({ structure, number: Number(holds(own![j]!)), controls });
        }
      }
    }
  }
  const bothOrders = repeated > 0 ? both / repeated : null;
  return { kind: 'steering', cells, chosen, bothOrders, criteria: criteriaOf(trials, bothOrders, random.fold(1000)) };
}

/** Problems whose structure came more than once, and those of them whose structure was taken in both orders. */
function inBothOrders(task: Task, known: readonly Ordered[]): { readonly repeated: number; readonly both: number } {
  const some = [...grouped(known, ({ problem }) => structureOf(task, problem)).values()].filter(
    ({ length }) => length > 1,
  );
  const both = some.filter((ones) => new Set(ones.map(({ side }) => side)).size === 2);
  return { repeated: some.flat().length, both: both.flat().length };
}

/** Problems drawn for one that has a choice, at the most. */
const DRAWN = 12;

/** Problems that are right in two orders and in one by the agent, with the state before the first token. */
function choices(subject: Subject, level: number, split: Split, count: number, random: Random): Ordered[] {
  const found: OrderChoice[] = [];
  for (let i = 0; i < count * DRAWN && found.length < count; i++) {
    const [problem] = subject.problems(level, split, 1, random.fold(i));
    const choice = orderChoice(subject.extended, problem!);
    if (choice) found.push(choice);
  }
  return batches(found, subject.playback().lanes).flatMap((some) => {
    const states: Float32Array[] = [];
    const played = subject.playback().play(
      some.map(({ problem }) => problem),
      {
        choice: { kind: 'greedy' },
        hooks: {
          state(view) {
            if (view.step === 0) for (const [row, lane] of view.lanes.entries()) states[lane] = view.state(row).slice();
          },
        },
      },
    );
    return played.flatMap(({ program, solved }, lane) => {
      const side = sideOf(some[lane]!, program);
      return solved && side !== undefined ? [{ ...some[lane]!, side, state: states[lane]! }] : [];
    });
  });
}

/** @param direction of a lane, from the left part first to the right part first, of length 1. */
function steer(
  subject: Subject,
  some: readonly Ordered[],
  strength: number,
  direction: (place: number) => Float64Array,
): Steered[] {
  const playback = subject.playback();
  return batches([...some.entries()], playback.lanes).flatMap((part) => {
    const played = playback.play(
      part.map(([, { problem }]) => problem),
      {
        choice: { kind: 'greedy' },
        hooks: {
          state(view) {
            if (view.step !== 0) return;
            for (const [row, lane] of view.lanes.entries()) {
              const [place, { side }] = part[lane]!;
              const state = view.state(row);
              const added = direction(place);
              const signed = side === 0 ? strength : -strength;
              for (let i = 0; i < state.length; i++) state[i]! += signed * added[i]!;
            }
          },
        },
      },
    );
    return played.map(({ program, solved }, lane) => {
      const one = part[lane]![1];
      return { one, flipped: sideOf(one, program) === 1 - one.side, right: solved };
    });
  });
}

function cellOf(level: number, push: Push, strength: number, steered: readonly Steered[]): SteerCell {
  const share = (test: (one: Steered) => boolean) => steered.filter(test).length / steered.length;
  return {
    level,
    push,
    strength,
    problems: steered.length,
    flipped: share(({ flipped }) => flipped),
    flippedRight: share(({ flipped, right }) => flipped && right),
    right: share(({ right }) => right),
  };
}

type Success = (one: Steered) => boolean;

const SUCCESSES = {
  right: ({ flipped, right }: Steered) => flipped && right,
  flipped: ({ flipped }: Steered) => flipped,
} as const satisfies Record<string, Success>;

const CONTROLS = {
  shuffled: 'a direction made from shuffled orders',
  random: 'random directions of the same norm',
} as const;

const rule = (what: string) =>
  `share that takes the other order${what}, less the stronger control's, with direction and strength chosen on validation problems, by bootstrap over structures: met from ${STEERS} on`;

/**
 * The first asks for the whole of another program that is right. Where each structure is always taken in the same order,
 * states of two orders are states of two structures, and so is the direction between them: what follows from the other
 * order in a structure of one's own it cannot hold, however plainly the order stands in the state.
 */
const ONE_ORDER = 'it takes too few structures in both orders';
const UNTOLD = `; where the agent takes less than ${100 * BOTH} % of the structures that directions are made from in both orders, that it fails tells nothing`;

function criteriaOf(
  { flipped, right }: Record<keyof typeof SUCCESSES, readonly Tried[]>,
  bothOrders: number | null,
  random: Random,
): Criterion[] {
  const steerable = judged(
    {
      id: 'steerable',
      question: 'Does a direction of the state before the first token decide what is computed first, rightly?',
      rule: `${rule(', and is right')}${UNTOLD}`,
    },
    right,
    random.fold(0),
  );
  const oneOrder = steerable.verdict === 'not met' && (bothOrders ?? 0) < BOTH;
  return [
    oneOrder ? { ...steerable, ...untold(ONE_ORDER) } : steerable,
    judged(
      {
        id: 'order-changes',
        question: 'Does a direction of the state before the first token change what is computed first, rightly or not?',
        rule: rule(''),
      },
      flipped,
      random.fold(1),
    ),
  ];
}

/** Above whichever control is stronger in the mean. */
function judged(
  asked: Pick<Criterion, 'id' | 'question' | 'rule'>,
  tried: readonly Tried[],
  random: Random,
): Criterion {
  const total = (name: keyof typeof CONTROLS) => tried.reduce((sum, { controls }) => sum + controls[name], 0);
  const name = total('shuffled') > total('random') ? 'shuffled' : 'random';
  const trials = tried.map(({ structure, controls, number }) => ({ structure, number, control: controls[name] }));
  return criterion({ ...asked, control: CONTROLS[name] }, trials, STEERS, random);
}
