// Teacher–student curriculum learning (Matiisen, Oliver, Cohen & Schulman 2017): practise where success changes fastest,
// up or down, so that what is being forgotten comes back.

import type { Curriculum, CurriculumConfig } from './curriculum.ts';
import { drawLevels, shares, tally } from './mix.ts';
import { type CurriculumState, stateOf, type Tallies } from './state.ts';

/**
 * The paper's Window algorithm: a level's progress is the slope of the regression line through its training successes of
 * the last `window` updates; a lane gets a level with probability (1 − floor) |slope| / Σ |slope| + floor / levels.
 * Two deviations: an update counts by its lanes, since few lanes tell little; and the draw is proportional, where the
 * paper takes the steepest level (ε-greedy), since one batch has many lanes.
 */
export function learningProgress(
  config: Extract<CurriculumConfig, { name: 'learningProgress' }>,
  levels: number,
): Curriculum {
  let updates: Tallies[] = [];
  return {
    assign(_update, draws, random) {
      const slopes = Array.from({ length: levels }, (_, level) => {
        const column = (what: keyof Tallies) => updates.map((tallies) => tallies[what][level]!);
        return Math.abs(successSlope(column('lanes'), column('solved')));
      });
      drawLevels(draws.levels, shares(slopes, config.floor), random);
    },
    observe(outcomes) {
      updates = [...updates, tally(outcomes, levels)].slice(-config.window);
    },
    evaluated: () => undefined,
    complete: true,
    get state(): CurriculumState {
      return { name: 'learningProgress', updates };
    },
    set state(state: CurriculumState) {
      updates = stateOf('learningProgress', state).updates;
    },
  };
}

/**
 * Change of the solved share per update: the slope of the least-squares line through the points (t, solved[t] / lanes[t]),
 * each counting lanes[t] times. 0 where fewer than two updates had lanes.
 */
export function successSlope(lanes: readonly number[], solved: readonly number[]): number {
  let weight = 0;
  let time = 0;
  let total = 0;
  for (const [t, count] of lanes.entries()) {
    weight += count;
    time += count * t;
    total += solved[t]!;
  }
  if (weight === 0) return 0;
  const [meanTime, mean] = [time / weight, total / weight];
  let covariance = 0;
  let variance = 0;
  for (const [t, count] of lanes.entries()) {
    covariance += (t - meanTime) * (solved[t]! - count * mean);
    variance += (t - meanTime) * (t - meanTime) * count;
  }
  return variance > 0 ? covariance / variance : 0;
}
