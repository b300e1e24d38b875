// The best player without memory where the machine shows something: it sees what is shown at the moment, the step and
// the level, but neither the context nor anything that was shown or done before.

import type { Problem, Task } from '../../tasks/task.ts';
import { Lanes, type LanesState } from './lanes.ts';
import { type BlindPolicy, blindToken, type Yield } from './search.ts';

/** What a policy without memory does: its token in every cell (step and what is shown), and in others as a blind one. */
export interface MemorylessPolicy {
  readonly cells: ReadonlyMap<string, number>;
  readonly otherwise: BlindPolicy;
}

/** What a lane's player sees: the step, what is shown and which tokens are legal. */
export function cellOf({ legal, observation, task }: Lanes, lane: number, step: number, masks = true): string {
  const fields = task.observation.length;
  const shown = observation.subarray(lane * fields, (lane + 1) * fields).join();
  if (!task.masked || !masks) return `${step};${shown}`;
  const size = task.vocabulary.length;
  return `${step};${shown};${legal.subarray(lane * size, (lane + 1) * size).join('')}`;
}

/** Runs that are compared before tokens count as changing nothing but their own reward. */
const CHECKED = 8;
/** Rewards that are kept at the most. */
const KEPT = 20_000_000;

/**
 * The policy that earns most on `problems` where no token changes what is shown, allowed or paid later, as far as a few
 * random programs tell: then every step stands for itself, and the best token of a cell is that of the highest mean.
 * @returns `undefined` where tokens do change something, or nothing is paid.
 */
export function stepwisePolicy(
  task: Task,
  problems: readonly Problem[],
  otherwise: BlindPolicy,
  draw: (below: number) => number,
): MemorylessPolicy | undefined {
  const { length: size } = task.vocabulary;
  if (size * problems.length * task.programLimit > KEPT) return undefined;
  const lanes = new Lanes(task, problems);
  const start = lanes.save();
  /** By step what was seen then, in the first run. */
  const seen: Pick<LanesState, 'live' | 'legal' | 'observation'>[] = [];
  /** [steps, lanes, vocabulary] */
  const paid = new Float32Array(task.programLimit * lanes.size * size).fill(Number.NaN);

  /** Whether all was shown, allowed and paid as in the runs before. */
  function runs(token: (lane: number) => number): boolean {
    lanes.restore(start);
    for (let step = 0; lanes.live.length > 0; step++) {
      const { live } = lanes;
      const before = seen[step];
      if (!before) seen.push({ live, legal: lanes.legal.slice(), observation: lanes.observation.slice() });
      else if (!(same(before.live, live) && same(before.legal, lanes.legal))) return false;
      else if (!same(before.observation, lanes.observation)) return false;
      const tokens = live.map((lane) => {
        const wanted = token(lane);
        return lanes.isLegal(lane, wanted) ? wanted : blindToken(lanes, lane, otherwise, step);
      });
      lanes.earned.fill(0);
      lanes.act(live, tokens);
      for (const [row, lane] of live.entries()) {
        const at = (step * lanes.size + lane) * size + tokens[row]!;
        const reward = lanes.earned[lane]!;
        if (Number.isNaN(paid[at]!)) paid[at] = reward;
        else if (paid[at] !== reward) return false;
      }
    }
    return true;
  }

  for (let i = 0; i < CHECKED; i++) if (!runs(() => draw(size))) return undefined;
  for (let token = 0; token < size; token++) if (!runs(() => token)) return undefined;
  if (paid.every((reward) => reward === 0 || Number.isNaN(reward))) return undefined;
  const sums = new Map<string, Float64Array>();
  for (const [step, { live, ...view }] of seen.entries()) {
    lanes.legal.set(view.legal);
    lanes.observation.set(view.observation);
    for (const lane of live) {
      const cell = cellOf(lanes, lane, step);
      const own = sums.get(cell) ?? new Float64Array(size);
      sums.set(cell, own);
      // What is not legal was never paid, and stays out: NaN is above nothing.
      const at = (step * lanes.size + lane) * size;
      for (let token = 0; token < size; token++) own[token]! += paid[at + token]!;
    }
  }
  return { cells: new Map([...sums].map(([cell, own]) => [cell, highest(own)])), otherwise };
}

const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

const highest = (values: Float64Array): number =>
  values.reduce((best, value, i) => (value > values[best]! || Number.isNaN(values[best]!) ? i : best), 0);

export const total = (values: Iterable<number>): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};

/** Plays policies without memory on always the same problems. */
export class MemorylessPlayer {
  private readonly lanes: Lanes;
  private readonly start: LanesState;
  private readonly masks: boolean;

  /** @param masks whether cells tell apart which tokens are legal. */
  constructor(task: Task, problems: readonly Problem[], masks: boolean) {
    this.lanes = new Lanes(task, problems);
    this.start = this.lanes.save();
    this.masks = masks;
  }

  play(policy: MemorylessPolicy): Yield {
    const { lanes } = this;
    lanes.restore(this.start);
    this.goOn(policy, 0);
    return { reward: total(lanes.earned) / lanes.size, solved: total(lanes.solved) / lanes.size };
  }

  /** Plays, or lets chance choose, and answers what stood before each step. */
  course(policy: MemorylessPolicy, draw?: (below: number) => number): LanesState[] {
    const { lanes } = this;
    const { length: size } = lanes.task.vocabulary;
    const states: LanesState[] = [];
    lanes.restore(this.start);
    for (let step = 0; lanes.live.length > 0; step++) {
      states.push(lanes.save());
      this.step(policy, step, draw && (() => draw(size)));
    }
    return states;
  }

  /** The cells of the running lanes, in order. */
  cellsAt(state: LanesState, step: number): string[] {
    this.lanes.restore(state);
    return Array.from(state.live, (lane) => cellOf(this.lanes, lane, step, this.masks));
  }

  /**
   * Adds to `worth`, by cell and token, what comes of it where every lane takes `token` at `step`, if it may, and goes
   * on by the policy. @param own the lanes' cells. @returns whether any lane may.
   */
  tryToken(
    policy: MemorylessPolicy,
    { live, ...state }: LanesState,
    step: number,
    token: number,
    own: readonly string[],
    worth: Map<string, Float64Array>,
    value: (result: Yield) => number,
  ): boolean {
    const { lanes } = this;
    lanes.restore({ live, ...state });
    const legal = Array.from(live, (lane) => lanes.isLegal(lane, token));
    if (!legal.includes(true)) return false;
    this.step(policy, step, () => token);
    this.goOn(policy, step + 1);
    for (const [row, lane] of live.entries()) {
      if (!legal[row]) continue;
      const worths = worth.get(own[row]!) ?? new Float64Array(lanes.task.vocabulary.length).fill(Number.NaN);
      worth.set(own[row]!, worths);
      const gained = value({ reward: lanes.earned[lane]! - state.earned[lane]!, solved: lanes.solved[lane]! });
      worths[token] = (Number.isNaN(worths[token]!) ? 0 : worths[token]!) + gained;
    }
    return true;
  }

  private goOn(policy: MemorylessPolicy, from: number): void {
    for (let step = from; this.lanes.live.length > 0; step++) this.step(policy, step);
  }

  /** @param wanted instead of the policy's, where it may be taken. */
  private step(policy: MemorylessPolicy, step: number, wanted?: () => number): void {
    const { lanes } = this;
    const { live } = lanes;
    const choose = (lane: number) => {
      const token = wanted?.();
      return token !== undefined && lanes.isLegal(lane, token) ? token : this.choose(policy, lane, step);
    };
    lanes.act(live, live.map(choose));
  }

  private choose({ cells, otherwise }: MemorylessPolicy, lane: number, step: number): number {
    const wanted = cells.get(cellOf(this.lanes, lane, step, this.masks));
    if (wanted !== undefined && this.lanes.isLegal(lane, wanted)) return wanted;
    return blindToken(this.lanes, lane, otherwise, step);
  }
}

/**
 * Policy search by dynamic programming (Bagnell et al. 2003), begun with a blind policy: from the last step to the first,
 * in every cell the token after which its problems come to most under the policy as it stands. Problems do not meet, so
 * that all cells of a step are chosen at once. What stands before each step comes of random tokens in the first sweep,
 * so that cells are known to which the policy does not come yet, and of the policy in those that follow.
 * @param tries playings at the most: one for every step and token that is tried in it.
 */
export function improveCells(
  task: Task,
  problems: readonly Problem[],
  otherwise: BlindPolicy,
  value: (result: Yield) => number,
  tries: number,
  draw: (below: number) => number,
): MemorylessPolicy {
  const player = new MemorylessPlayer(task, problems, false);
  const cells = new Map<string, number>();
  const policy: MemorylessPolicy = { cells, otherwise };
  let best: MemorylessPolicy = { cells: new Map(), otherwise };
  let height = value(player.play(best));
  let left = tries;
  for (let changed = true, sweep = 0; changed && left > 0; sweep++) {
    changed = false;
    const states = player.course(policy, sweep === 0 ? draw : undefined);
    for (let step = states.length - 1; step >= 0 && left > 0; step--) {
      const worth = new Map<string, Float64Array>();
      const own = player.cellsAt(states[step]!, step);
      for (let token = 0; token < task.vocabulary.length && left > 0; token++) {
        if (player.tryToken(policy, states[step]!, step, token, own, worth, value)) left--;
      }
      for (const [cell, worths] of worth) {
        const [before, most] = [cells.get(cell), highest(worths)];
        if (before !== undefined && worths[before]! >= worths[most]! - 1e-9) continue;
        cells.set(cell, most);
        changed = true;
      }
    }
    const reached = value(player.play(policy));
    if (reached <= height) continue;
    height = reached;
    best = { cells: new Map(cells), otherwise };
  }
  return best;
}
