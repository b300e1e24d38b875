// Where the marks of a chart go: round ticks, and labels that do not overlap.

/**
 * Multiples of 1, 2 or 5 × 10^k from at or below `low` to at or above `high`, about `count` of them.
 *
 * @param low below `high`, both finite.
 */
export function niceTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = Math.floor(Math.log10(rough));
  const mantissa = rough / 10 ** power;
  const factor = mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10;
  const step = factor * 10 ** power;
  // Rounded to digits that a step has: 3 × 0.1 is not 0.3. The small slack forgives the same in `low` and `high`.
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(Math.min(100, digits))),
  );
}

/**
 * Places as near to `wanted` as they can be while `gap` apart and within [low, high]; closer together when there is no
 * room for all. In the order given.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const room = wanted.length > 1 ? Math.min(gap, (high - low) / (wanted.length - 1)) : gap;
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  // Least squares under the gaps (pool adjacent violators): a block sits at the mean of what its members want.
  const blocks: { sum: number; members: number[] }[] = [];
  for (const [rank, i] of order.entries()) {
    let block = { sum: wanted[i]! - rank * room, members: [i] };
    for (let before = blocks.at(-1); before && mean(before) > mean(block); before = blocks.at(-1)) {
      blocks.pop();
      block = { sum: before.sum + block.sum, members: [...before.members, ...block.members] };
    }
    blocks.push(block);
  }
  const places = new Array<number>(wanted.length);
  const most = high - room * (wanted.length - 1);
  let rank = 0;
  for (const block of blocks) {
    const base = Math.max(low, Math.min(most, mean(block)));
    for (const i of block.members) places[i] = base + room * rank++;
  }
  return places;
}

function mean({ sum, members }: { readonly sum: number; readonly members: readonly number[] }): number {
  return sum / members.length;
}
