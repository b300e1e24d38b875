// Whether any program can still succeed, for any task: a bounded search through its machine.

import { Lanes } from '../../evaluation/audit/lanes.ts';
import { digest } from '../../evaluation/digest.ts';
import type { Problem, Task } from '../../tasks/task.ts';

/**
 * Whether some way of going on solves `problem` after `prefix`; `undefined` when the search gave up, or the prefix
 * itself cannot be played.
 */
export type Reach = (problem: Problem, prefix: readonly number[]) => boolean | undefined;

export interface SearchOptions {
  /** Tokens that may not be used after the prefix. Default none. */
  readonly banned?: ReadonlySet<number>;
  /** Steps of the machine for one answer. Default 4000. */
  readonly budget?: number;
}

/** Depth first over all tokens, states met before left out. */
export function searchReach(task: Task, { banned = new Set(), budget = 4000 }: SearchOptions = {}): Reach {
  const tokens = [...task.vocabulary.keys()].filter((token) => !banned.has(token));
  return (problem, prefix) => {
    const lanes = new Lanes(task, [problem]);
    for (const token of prefix) {
      if (lanes.live.length === 0 || !lanes.isLegal(0, token)) return undefined;
      lanes.step(token);
    }
    if (lanes.live.length === 0) return lanes.solved[0] === 1;
    const seen = new Set<string>();
    let steps = 0;
    const search = (): boolean | undefined => {
      const state = lanes.save();
      const key = digest([state.machine, state.legal, state.observation]);
      if (seen.has(key)) return false;
      seen.add(key);
      for (const token of tokens) {
        lanes.restore(state);
        if (!lanes.isLegal(0, token)) continue;
        if (++steps > budget) return undefined;
        lanes.step(token);
        const found = lanes.live.length === 0 ? lanes.solved[0] === 1 : search();
        if (found !== false) return found;
      }
      return false;
    };
    return search();
  };
}
