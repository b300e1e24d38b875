// Sequences that grow row by row, and attention of a row to what its own sequence holds so far (Vaswani et al. 2017).
// Keys and values stay where they were first written, so that a later step computes one position alone, and rows may be
// left out of a step without moving anything.

import type { Tape, Tensor } from '../tape.ts';

/** Where the rows that a layer works on stand; addresses of int32 [rows]. */
export interface SequenceRows {
  /** Which sequence a row belongs to. */
  readonly sequences: number;
  /** Byte offset of its position in the caches. */
  readonly places: number;
  /** Positions that it sees: those before it, and itself. */
  readonly lengths: number;
  /** The most of those. */
  readonly longest: number;
}

/** The keys and values of a batch of sequences, with a cache for each layer. */
export class Sequences {
  /** [sequences · positions, 2 · width] by layer: keys, then values; what is not yet written counts for nothing. */
  readonly caches: readonly Tensor[];
  /** By sequence: positions written. */
  readonly lengths: Int32Array;
  /** Bytes of a position's keys, or values. */
  private readonly width: number;
  /** Room of each sequence: a multiple of four, since the kernels look at four positions at a time. */
  private readonly positions: number;

  constructor(tape: Tape, layers: number, count: number, positions: number, width: number) {
    this.width = width;
    this.positions = Math.ceil(positions / 4) * 4;
    this.lengths = new Int32Array(count);
    this.caches = Array.from({ length: layers }, () => tape.tensor(count * this.positions, 2 * width));
  }

  /** Gives each row the next position of its sequence. @param sequences by row; a sequence may come several times. */
  append(tape: Tape, sequences: Int32Array): SequenceRows {
    const { lengths, positions, width } = this;
    const rows = sequences.length;
    const at = [tape.column(rows), tape.column(rows), tape.column(rows)] as const;
    const [own, places, seen] = at.map((column) => tape.heap.integers(column, rows)) as Int32Array[];
    let longest = 0;
    for (let row = 0; row < rows; row++) {
      const sequence = sequences[row]!;
      const position = lengths[sequence]!++;
      own![row] = sequence;
      places![row] = (sequence * positions + position) * 2 * width;
      seen![row] = position + 1;
      longest = Math.max(longest, position + 1);
    }
    return { sequences: at[0], places: at[1], lengths: at[2], longest };
  }

  /** Writes the rows' keys and values [rows, 2 · width] into a layer's cache. */
  remember(tape: Tape, layer: number, keysAndValues: Tensor, { places }: SequenceRows): void {
    const { kernels } = tape.heap;
    const cache = this.caches[layer]!;
    const { at, rows, width } = keysAndValues;
    kernels.moveRows(rows, width, at, width, 0, cache.at, 0, places, false);
    tape.record(() => {
      if (cache.gradient === 0) return;
      // Whoever looked at these positions has already gone back: their gradients are complete.
      const target = tape.gradientOf(keysAndValues);
      kernels.moveRows(rows, width, cache.gradient, 0, places, target.at, width, 0, target.accumulate);
    });
  }

  /**
   * By head: the values that a row sees, summed by softmax(q·K / √size). The way back reads the answer again.
   * @param query [rows, width], its heads side by side. @param heads each of a multiple of 8 floats.
   */
  attend(tape: Tape, layer: number, query: Tensor, seen: SequenceRows, heads: number): Tensor {
    const { kernels } = tape.heap;
    const cache = this.caches[layer]!;
    const { rows, width } = query;
    const head = width / heads;
    const stride = this.positions * cache.width;
    const scale = 1 / Math.sqrt(head / 4);
    const ldShares = Math.ceil(seen.longest / 4) * 16;
    const shares = tape.arena.allocate(rows * heads * ldShares);
    const y = tape.tensor(rows, width);
    const { lengths, sequences } = seen;
    const shape = [rows, width, head, query.at, sequences, cache.at, stride, lengths, scale, shares, ldShares] as const;
    kernels.headsForward(...shape, y.at);
    tape.record(() => {
      if (y.gradient === 0) return;
      const dquery = tape.gradientOf(query).at;
      const dcache = tape.zeroedGradientOf(cache);
      kernels.headsBackward(...shape, tape.arena.allocate(ldShares), y.at, y.gradient, dquery, dcache);
    });
    return y;
  }
}
