// Bootstrap over structures: all numbers of a section on the same resamples, so that any of them can be compared.

import type { Random } from '../../core/random.ts';
import { quantileOfSorted } from '../../evaluation/aggregates.ts';
import type { Interval } from '../../evaluation/statistics.ts';
import { FEWEST_STRUCTURES } from '../section.ts';

const RESAMPLES = 500;

/** Sums of a value over the episodes of every structure, and how many episodes those are. */
export interface Sums {
  readonly value: Float64Array;
  readonly count: Float64Array;
}

export class Resamples {
  readonly structures: readonly string[];
  /** [resamples][structures] how often each was drawn. */
  private readonly draws: readonly Float64Array[];
  private readonly index: ReadonlyMap<string, number>;

  /** @param names of the structures of all episodes, repeats allowed. */
  constructor(names: readonly string[], random: Random) {
    this.structures = [...new Set(names)];
    this.index = new Map(this.structures.map((name, i) => [name, i]));
    const count = this.structures.length;
    this.draws = Array.from({ length: RESAMPLES }, (_, i) => {
      const stream = random.fold(i);
      const times = new Float64Array(count);
      for (let k = 0; k < count; k++) times[stream.below(count)]!++;
      return times;
    });
  }

  /** Gathers one value an episode by structure. */
  sums(values: ArrayLike<number>, names: readonly string[]): Sums {
    const count = this.structures.length;
    const sums = { value: new Float64Array(count), count: new Float64Array(count) };
    for (let i = 0; i < values.length; i++) {
      const at = this.index.get(names[i]!)!;
      sums.value[at]! += values[i]!;
      sums.count[at]!++;
    }
    return sums;
  }

  /**
   * 95 % percentile interval of the mean over cells of their means over episodes; `null` where fewer than
   * `FEWEST_STRUCTURES` structures have any.
   */
  interval(cells: readonly Sums[]): Interval | null {
    const some = this.structures.filter((_, i) => cells.some(({ count }) => count[i]! > 0)).length;
    if (some < FEWEST_STRUCTURES) return null;
    const means: number[] = [];
    for (const times of this.draws) {
      const mean = meanOf(cells, times);
      if (mean !== undefined) means.push(mean);
    }
    means.sort((a, b) => a - b);
    return { low: quantileOfSorted(means, 0.025), high: quantileOfSorted(means, 0.975) };
  }
}

/** Mean over the cells that were drawn at all. */
function meanOf(cells: readonly Sums[], times: Float64Array): number | undefined {
  let total = 0;
  let drawn = 0;
  for (const { count, value } of cells) {
    let sum = 0;
    let episodes = 0;
    for (let i = 0; i < times.length; i++) {
      sum += times[i]! * value[i]!;
      episodes += times[i]! * count[i]!;
    }
    if (episodes === 0) continue;
    total += sum / episodes;
    drawn++;
  }
  return drawn > 0 ? total / drawn : undefined;
}
