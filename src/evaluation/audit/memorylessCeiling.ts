// The most that a player without memory reaches, as `memoryless.ts` has it: exact, by recursion over the states of all
// problems together.

import type { Problem, Task } from '../../tasks/task.ts';
import { digest } from '../digest.ts';
import type { Reached } from './figures.ts';
import { Lanes, type LanesState } from './lanes.ts';
import { cellOf, total } from './memoryless.ts';
import type { Yield } from './search.ts';

/** Steps of one problem's machine at the most for an exact answer. */
const BUDGET = 100_000;

/** @returns the most over all policies by `value`, or `undefined` where it would take too long to know. */
export function memorylessCeiling(
  task: Task,
  problems: readonly Problem[],
  value: (result: Yield) => number,
): Reached | undefined {
  const lanes = new Lanes(task, problems);
  const known = new Map<string, Yield>();
  let steps = 0;
  let policies = 0;

  /** What is still to be earned and solved. */
  function best(state: LanesState, step: number): Yield {
    if (state.live.length === 0) return { reward: 0, solved: 0 };
    const key = digest([step, state.machine, state.live]);
    const before = known.get(key);
    if (before) return before;
    lanes.restore(state);
    const cells = new Map<string, number[]>();
    for (const lane of state.live) {
      const cell = cellOf(lanes, lane, step);
      cells.set(cell, [...(cells.get(cell) ?? []), lane]);
    }
    const groups = [...cells.values()];
    const choices = groups.map(([lane]) => task.vocabulary.flatMap((_, id) => (lanes.isLegal(lane!, id) ? [id] : [])));
    const tokens = new Int32Array(lanes.size);
    const seen = new Set<string>();
    let most: Yield | undefined;
    const assign = (group: number): void => {
      if (steps > BUDGET) return;
      if (group < groups.length) {
        for (const token of choices[group]!) {
          for (const lane of groups[group]!) tokens[lane] = token;
          assign(group + 1);
        }
        return;
      }
      steps += state.live.length;
      policies++;
      lanes.restore(state);
      lanes.act(
        state.live,
        state.live.map((lane) => tokens[lane]!),
      );
      const after = lanes.save();
      const twin = digest([after]);
      if (seen.has(twin)) return;
      seen.add(twin);
      const gained = (of: 'earned' | 'solved') => total(after[of]) - total(state[of]);
      const rest = best(after, step + 1);
      const all = { reward: gained('earned') + rest.reward, solved: gained('solved') + rest.solved };
      if (!most || value(all) > value(most)) most = all;
    };
    assign(0);
    most ??= { reward: 0, solved: 0 };
    known.set(key, most);
    return most;
  }

  const { reward, solved } = best(lanes.save(), 0);
  if (steps > BUDGET) return undefined;
  return { method: { kind: 'exact', programs: policies }, reward: reward / lanes.size, solved: solved / lanes.size };
}
