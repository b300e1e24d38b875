// What programs reach where there are too many to try all: the best of a stated number of tries, and so a lower bound.

import type { Random } from '../../core/random.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import { digest } from '../digest.ts';
import { Lanes, type LanesState } from './lanes.ts';

/** A blind policy: its token at every step, and by preference what it takes where a mask forbids that. */
export interface BlindPolicy {
  readonly program: readonly number[];
  readonly order: readonly number[];
}

/** What a policy comes to on a set of problems. */
export interface Yield {
  readonly reward: number;
  readonly solved: number;
}

/** What a blind policy takes at step `t`. */
export function blindToken(lanes: Lanes, lane: number, { order, program }: BlindPolicy, t: number): number {
  const wanted = program[t]!;
  return lanes.isLegal(lane, wanted) ? wanted : (order.find((token) => lanes.isLegal(lane, token)) ?? wanted);
}

/** Plays blind policies on always the same problems. */
export class BlindPlayer {
  private readonly lanes: Lanes;
  private readonly start: LanesState;

  constructor(task: Task, problems: readonly Problem[]) {
    this.lanes = new Lanes(task, problems);
    this.start = this.lanes.save();
  }

  play(policy: BlindPolicy): Yield {
    const { lanes, start } = this;
    const { task } = lanes;
    lanes.restore(start);
    for (let t = 0; t < task.programLimit && lanes.live.length > 0; t++) {
      const choose = (lane: number) => blindToken(lanes, lane, policy, t);
      lanes.act(lanes.live, lanes.live.map(choose));
    }
    let [reward, solved] = [0, 0];
    for (let lane = 0; lane < lanes.size; lane++) {
      reward += lanes.earned[lane]!;
      solved += lanes.solved[lane]!;
    }
    return { reward: reward / lanes.size, solved: solved / lanes.size };
  }
}

/**
 * Climbs from the best of `starts` and of random policies, one change at a time; ties are taken, so that it wanders.
 * @param value what is climbed. @param tries policies played, at the least those of `starts`.
 */
export function climb(
  task: Task,
  player: BlindPlayer,
  starts: readonly (readonly number[])[],
  value: (result: Yield) => number,
  tries: number,
  random: Random,
): BlindPolicy {
  const size = task.vocabulary.length;
  const padded = (program: readonly number[]) =>
    Array.from({ length: task.programLimit }, (_, t) => program[t] ?? random.below(size));
  const shuffled = () => random.shuffled(task.vocabulary.keys());
  let best: BlindPolicy = { program: padded([]), order: shuffled() };
  let height = Number.NEGATIVE_INFINITY;
  const consider = (policy: BlindPolicy): void => {
    const reached = value(player.play(policy));
    if (reached < height) return;
    height = reached;
    best = policy;
  };
  for (const start of starts) consider({ program: padded(start), order: shuffled() });
  for (let i = starts.length; i < tries; i++) {
    if (i < starts.length + tries / 8) consider({ program: padded([]), order: shuffled() });
    else consider(changed(best, task, random));
  }
  return best;
}

function changed({ order, program }: BlindPolicy, task: Task, random: Random): BlindPolicy {
  const [tokens, ranks] = [[...program], [...order]];
  const kind = random.below(4);
  // Early tokens decide more, and of a long program most come too late to matter.
  const place = random.below(1 + random.below(tokens.length));
  if (kind === 0) swap(ranks, random.below(ranks.length), random.below(ranks.length));
  else if (kind === 1) tokens[place] = random.below(task.vocabulary.length);
  else if (kind === 2) tokens.splice(place, 0, random.below(task.vocabulary.length));
  else tokens.push(...tokens.splice(place, 1));
  tokens.length = program.length;
  return { program: tokens, order: ranks };
}

function swap(list: number[], a: number, b: number): void {
  [list[a], list[b]] = [list[b]!, list[a]!];
}

/** What programs chosen in sight of one problem earn, by whether they solve it; `undefined` where none was found. */
export interface InSight {
  readonly right: { readonly reward: number; readonly program: readonly number[] } | undefined;
  readonly wrong: { readonly reward: number; readonly program: readonly number[] } | undefined;
}

/**
 * Every program of one problem where they are few; else those of a beam: at every length the `width` distinct states
 * that have earned most so far, ties by lot.
 */
export function searchInSight(task: Task, problem: Problem, width: number, random: Random): InSight {
  const lanes = new Lanes(task, [problem]);
  let beam = [{ program: [] as readonly number[], state: lanes.save(), lot: 0 }];
  let right: InSight['right'];
  let wrong: InSight['wrong'];
  for (let depth = 1; depth <= task.programLimit && beam.length > 0; depth++) {
    const next = new Map<string, (typeof beam)[number]>();
    for (const { program, state } of beam) {
      for (let token = 0; token < task.vocabulary.length; token++) {
        lanes.restore(state);
        if (!lanes.isLegal(0, token)) continue;
        lanes.step(token);
        const reward = lanes.earned[0]!;
        const longer = [...program, token];
        if (lanes.live.length > 0) {
          const after = lanes.save();
          const key = digest([after]);
          if (!next.has(key)) next.set(key, { program: longer, state: after, lot: random.bits() });
        } else if (lanes.solved[0] === 1) {
          if (!right || reward > right.reward) right = { reward, program: longer };
        } else if (!wrong || reward > wrong.reward) wrong = { reward, program: longer };
      }
    }
    beam = [...next.values()]
      .toSorted((a, b) => b.state.earned[0]! - a.state.earned[0]! || a.lot - b.lot)
      .slice(0, width);
  }
  return { right, wrong };
}
