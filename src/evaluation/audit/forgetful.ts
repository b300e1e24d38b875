// A tool that another tool enables, as a recall is by a store, should bring something back. Where it leaves the same
// state whatever was done before, nothing was kept: the memory is a flag.

import type { Problem, Task } from '../../tasks/task.ts';
import { digest } from '../digest.ts';
import { Lanes, type LanesState } from './lanes.ts';

export interface Forgetful {
  readonly store: number;
  readonly recall: number;
  /** Different states before the two, which came to one. */
  readonly states: number;
}

/** Longest program that is tried before the two. */
const LONGEST = 3;
/** States of one length at the most. */
const MOST = 400;

/** @returns the pairs of tools, judged by their effect on `problems`; none under a mask, where it cannot be seen so. */
export function forgetfulTools(task: Task, problems: readonly Problem[]): readonly Forgetful[] {
  if (task.masked || task.programLimit < LONGEST + 2) return [];
  const lanes = new Lanes(task, problems);
  const after = (state: LanesState, token: number): { readonly state: LanesState; readonly key: string } => {
    lanes.restore(state);
    lanes.step(token);
    const next = lanes.save();
    return { state: next, key: digest([next]) };
  };
  const start = lanes.save();
  const every = task.vocabulary.map((_, token) => token);
  const tools = every.filter((token) => task.vocabulary[token]!.kind === 'tool');

  /** By length, the different states that programs of `tokens` lead to, while all episodes go on. */
  const layers = (tokens: readonly number[], longest: number): LanesState[][] => {
    const all: LanesState[][] = [[start]];
    for (let length = 1; length <= longest; length++) {
      const seen = new Map<string, LanesState>();
      for (const from of all.at(-1)!) {
        for (const token of tokens) {
          const { key, state } = after(from, token);
          if (state.live.length === lanes.size && seen.size < MOST) seen.set(key, state);
        }
      }
      all.push([...seen.values()]);
    }
    return all;
  };
  const reached = layers(every, LONGEST);

  return tools.flatMap((store) => {
    const before = layers(
      every.filter((token) => token !== store),
      2,
    ).flat();
    return tools.flatMap((recall): Forgetful[] => {
      if (recall === store) return [];
      // Without the one the other does what a token does that does nothing.
      const idle = every.find(
        (token) =>
          token !== recall &&
          before.every((state) => after(state, token).key === after(state, recall).key) &&
          idles(after, start, token, every),
      );
      if (idle === undefined) return [];
      const wakes = before.some((state) => {
        const stored = after(state, store).state;
        return after(stored, recall).key !== after(stored, idle).key;
      });
      if (!wakes) return [];
      let states = 0;
      for (const layer of reached.slice(1)) {
        const outcomes = new Set(layer.map((state) => after(after(state, store).state, recall).key));
        if (layer.length < 2 || outcomes.size > 1) return [];
        states = Math.max(states, layer.length);
        // A tool that clears is no recall.
        let waited = start;
        for (let i = 0; i < reached.indexOf(layer) + 2; i++) waited = after(waited, idle).state;
        if (outcomes.has(digest([waited]))) return [];
      }
      return [{ store, recall, states }];
    });
  });
}

/** Whether `token` can stand before every other without changing what it does at first sight: it only takes time. */
function idles(
  after: (state: LanesState, token: number) => { readonly state: LanesState; readonly key: string },
  start: LanesState,
  token: number,
  every: readonly number[],
): boolean {
  const waited = after(start, token).state;
  return every.some(
    (other) => other !== token && after(waited, other).key === after(after(start, other).state, token).key,
  );
}
