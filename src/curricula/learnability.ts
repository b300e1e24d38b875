// Learnability: practise what is solved sometimes. A level that always fails or never does teaches nothing.

import type { Curriculum, CurriculumConfig } from './curriculum.ts';
import { drawLevels, shares, tally } from './mix.ts';
import { type CurriculumState, stateOf } from './state.ts';

/**
 * A lane gets a level with probability proportional to p (1 − p), the variance of its success and what a proximal
 * curriculum maximises (Tzannetos et al. 2023, where every problem can be solved; "learnability" in Rutherford et al.
 * 2024), mixed with `floor` spread equally. p is the share of the level's training lanes that were solved lately:
 * counts fade by 1 − 1 / `window` an update, and start from one success and one failure (Laplace), so that a level
 * without evidence is worth a try. Unlike in both papers the choice is among levels, not single problems (see `replay`).
 */
export function learnability(config: Extract<CurriculumConfig, { name: 'learnability' }>, levels: number): Curriculum {
  const kept = 1 - 1 / config.window;
  let lanes = new Array<number>(levels).fill(0);
  let solved = new Array<number>(levels).fill(0);
  return {
    assign(_update, draws, random) {
      const weights = lanes.map((count, level) => learnabilityOf(count, solved[level]!));
      drawLevels(draws.levels, shares(weights, config.floor), random);
    },
    observe(outcomes) {
      const counts = tally(outcomes, levels);
      lanes = lanes.map((count, level) => kept * count + counts.lanes[level]!);
      solved = solved.map((count, level) => kept * count + counts.solved[level]!);
    },
    evaluated: () => undefined,
    complete: true,
    get state(): CurriculumState {
      return { name: 'learnability', lanes, solved };
    },
    set state(state: CurriculumState) {
      ({ lanes, solved } = stateOf('learnability', state));
    },
  };
}

/** p (1 − p) with p by Laplace's rule of succession, (solved + 1) / (tries + 2). */
export function learnabilityOf(tries: number, solved: number): number {
  const p = (solved + 1) / (tries + 2);
  return p * (1 - p);
}
