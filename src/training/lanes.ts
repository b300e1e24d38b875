// How a batch is cut: into shards that are rolled out together, blocks that sum gradients, and minibatches. All depend on
// the configuration and the seed alone, never on the number of threads, and so do the bits of every sum.

import type { Random } from '../core/random.ts';

/** Lanes `first` to `first + size`, whose gradients go into block `block`. */
export interface Shard {
  readonly first: number;
  readonly size: number;
  readonly block: number;
}

/** Gradient blocks at the most, and so the most threads that one update can use. */
const MOST_BLOCKS = 8;
/** Lanes at the most that are rolled out together: enough rows for the kernels, few enough for a core's cache. */
const SHARD_ROWS = 96;

/** @param coupled agents whose rows see each other's contexts need the whole batch in one shard. */
export function planShards(batch: number, coupled: boolean): Shard[] {
  if (coupled) return [{ first: 0, size: batch, block: 0 }];
  const count = Math.ceil(batch / SHARD_ROWS);
  const blocks = Math.min(MOST_BLOCKS, count);
  return Array.from({ length: count }, (_, i) => {
    const first = Math.floor((batch * i) / count);
    return { first, size: Math.floor((batch * (i + 1)) / count) - first, block: Math.floor((i * blocks) / count) };
  });
}

/** The lanes of `batch` in a random order, cut into `count` minibatches as even as can be, each in ascending order. */
export function cutMinibatches(batch: number, count: number, random: Random): Int32Array[] {
  const lanes = Int32Array.from({ length: batch }, (_, lane) => lane);
  if (count === 1) return [lanes];
  const order = Int32Array.from(random.shuffled(lanes));
  return Array.from({ length: count }, (_, i) =>
    order.slice(Math.floor((batch * i) / count), Math.floor((batch * (i + 1)) / count)).sort(),
  );
}
