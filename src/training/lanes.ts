// How a batch is cut: into shards that are rolled out together, and blocks that sum gradients. Both depend on the
// configuration alone, never on the number of threads, and so do the bits of every sum.

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
