// Fewer points with the same picture: of every column of pixels the first, last, lowest and highest value.
// M4: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time Series Data Aggregation", PVLDB 7(10), 2014.

/**
 * The rows of [begin, end) that together hold, for every series and each of `buckets` equal spans of `x`, the first, last,
 * lowest and highest value, NaN being none; the first and last row always. Rows are whole, so one that is taken for a
 * series shows for all: at most 4 · buckets · series.length rows, and no value that was not there.
 *
 * @param x ascending.
 */
export function m4(
  x: Float64Array,
  series: readonly Float64Array[],
  begin: number,
  end: number,
  buckets: number,
): Int32Array {
  if (end <= begin) return new Int32Array(0);
  const taken = new Uint8Array(end - begin);
  taken[0] = 1;
  taken[end - begin - 1] = 1;
  const edges = edgesOf(x, begin, end, buckets);
  for (const values of series) {
    for (let bucket = 0; bucket + 1 < edges.length; bucket++) {
      mark(taken, values, begin, edges[bucket]!, edges[bucket + 1]!);
    }
  }
  const rows: number[] = [];
  for (let i = 0; i < taken.length; i++) if (taken[i] === 1) rows.push(begin + i);
  return Int32Array.from(rows);
}

/** Rows at which the spans begin, and where the last one ends. */
function edgesOf(x: Float64Array, begin: number, end: number, buckets: number): Int32Array {
  const low = x[begin]!;
  const width = (x[end - 1]! - low) / buckets;
  const edges = new Int32Array(buckets + 1);
  for (let bucket = 0; bucket < buckets; bucket++) edges[bucket] = lowerBound(x, low + bucket * width, begin, end);
  edges[buckets] = end;
  return edges;
}

function mark(taken: Uint8Array, values: Float64Array, offset: number, from: number, to: number): void {
  let first = -1;
  let last = -1;
  let lowest = -1;
  let highest = -1;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = from; row < to; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (first < 0) first = row;
    last = row;
    if (value < low) {
      low = value;
      lowest = row;
    }
    if (value > high) {
      high = value;
      highest = row;
    }
  }
  if (first < 0) return;
  for (const row of [first, last, lowest, highest]) if (row >= 0) taken[row - offset] = 1;
}

/** The first row of [begin, end) whose `x` is not below `value`; `end` when there is none. */
export function lowerBound(x: Float64Array, value: number, begin: number, end: number): number {
  let low = begin;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
