// Which problems an update plays. A problem is named by its level and by the stream that draws it, so that it can be
// given again.

/**
 * Columns of [problems]. Problem i is `task.sample(levels[i], 'train', stream)` with the training's task stream folded
 * by `updates[i]` and then by `numbers[i]`. A batch gives a problem to one lane, or to a group of lanes in a row.
 */
export interface Draws {
  readonly levels: Int32Array;
  /** The update at which the problem is, or was, fresh. */
  readonly updates: Int32Array;
  /** Its number among the problems of that update. */
  readonly numbers: Int32Array;
}

/** `count` problems of level 0 that are fresh at `update`. */
export function freshDraws(update: number, count: number): Draws {
  return {
    levels: new Int32Array(count),
    updates: new Int32Array(count).fill(update),
    numbers: Int32Array.from({ length: count }, (_, i) => i),
  };
}
