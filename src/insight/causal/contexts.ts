// Contexts that patches make lanes look at: other problems', random ones, and ones put together place by place.

import type { Random } from '../../core/random.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import type { EncodedView } from '../playback.ts';
import { randomAlike } from './vectors.ts';

/** What an agent is shown of a problem. */
export interface Shown {
  readonly context: readonly number[];
  readonly level: number;
}

export const shownOf = (task: Task, problem: Problem): Shown => ({
  context: task.context(problem),
  level: problem.level,
});

/**
 * For each place of `own` another context with the same token there; where there is none, one with another operand there,
 * the two names exchanged. @returns `undefined` where some place has neither.
 */
export function strangers(task: Task, own: Shown, pool: readonly Shown[], random: Random): Shown[] | undefined {
  const name = own.context.join(' ');
  const others = pool.filter(({ context }) => context.join(' ') !== name);
  const isOperand = (token: number | undefined) => token !== undefined && task.vocabulary[token]!.kind === 'operand';
  const found: Shown[] = [];
  for (const [place, token] of own.context.entries()) {
    const same = others.filter(({ context }) => context[place] === token);
    const alike = isOperand(token) ? others.filter(({ context }) => isOperand(context[place])) : [];
    const some = same.length > 0 ? same : alike;
    if (some.length === 0) return undefined;
    const { context, level } = some[random.fold(place).below(some.length)]!;
    const theirs = context[place]!;
    const exchange = new Map([
      [theirs, token],
      [token, theirs],
    ]);
    found.push({ level, context: context.map((one) => exchange.get(one) ?? one) });
  }
  return found;
}

/** Makes the first contexts of places that were encoded in others. */
export function collect(view: EncodedView, lanes: number, extra: readonly Shown[]): void {
  let from = 2 * lanes;
  for (let lane = 0; lane < lanes; lane++) {
    const into = view.context(lanes + lane);
    const { length } = extra[lane]!.context;
    const width = into.length / length;
    for (let place = 0; place < length; place++) {
      const [start, end] = [place * width, (place + 1) * width];
      into.set(view.context(from++).subarray(start, end), start);
    }
  }
}

/** As `collect`, but each place moves in a random direction, as far as that would have moved it. */
export function jostle(view: EncodedView, lanes: readonly number[], extra: readonly Shown[], random: Random): void {
  collect(view, lanes.length, extra);
  for (const [lane, i] of lanes.entries()) {
    const [own, context] = [view.context(lane), view.context(lanes.length + lane)];
    const width = context.length / extra[lane]!.context.length;
    const chance = random.fold(i);
    for (let start = 0; start < context.length; start += width) {
      const by = Float32Array.from({ length: width }, (_, j) => context[start + j]! - own[start + j]!);
      for (const [j, value] of randomAlike(by, chance).entries()) context[start + j] = own[start + j]! + value;
    }
  }
}

/** Random values of the norm of each place. */
export function scramble(view: EncodedView, lanes: readonly number[], extra: readonly Shown[], random: Random): void {
  for (const [lane, i] of lanes.entries()) {
    const context = view.context(lanes.length + lane);
    const width = context.length / extra[lane]!.context.length;
    const chance = random.fold(i);
    for (let start = 0; start < context.length; start += width) {
      context.set(randomAlike(context.subarray(start, start + width), chance), start);
    }
  }
}
