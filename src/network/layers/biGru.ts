// A bidirectional GRU over contexts of different lengths. Rows are taken longest first, so that at every step the rows
// that still go on are the first ones: shorter contexts cost nothing, and no padding is ever seen.

import type { Heap } from '../heap.ts';
import type { Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';
import type { WeightGradients } from '../weightGradients.ts';
import { type Embedding, indexColumn } from './embedding.ts';
import { TokenGru } from './tokenGru.ts';

/** PyTorch's `nn.GRU(bidirectional=True)` of one layer on packed sequences. */
export class BiGru {
  /** Bytes of one direction's state; a position's state is twice that. */
  private readonly width: number;
  private readonly directions: readonly TokenGru[];

  /** @param hidden of each direction, a multiple of 8. */
  constructor(heap: Heap, parameters: Parameters, name: string, embedding: Embedding, hidden: number) {
    this.width = hidden * 4;
    const shape = { name, embedding, tokens: embedding.rows, hidden };
    this.directions = [
      new TokenGru(heap, parameters, shape),
      new TokenGru(heap, parameters, { ...shape, reverse: true }),
    ];
  }

  prepare(heap: Heap): void {
    for (const direction of this.directions) direction.prepare(heap);
  }

  finish(heap: Heap, gradients: number, weights: WeightGradients): void {
    for (const direction of this.directions) direction.finish(heap, gradients, weights);
  }

  /**
   * Encodes contexts, longest first. @param tokens [contexts, longest].
   * @returns `states` [contexts · longest, 2 · hidden], and `last` [contexts, 2 · hidden]: each direction's final state.
   */
  encode(
    tape: Tape,
    tokens: Int32Array,
    lengths: readonly number[],
    longest: number,
  ): { states: Tensor; last: Tensor } {
    const { kernels } = tape.heap;
    const { width } = this;
    const contexts = lengths.length;
    const states = tape.tensor(contexts * longest, 2 * width);
    const rowsOfStep = stillReading(lengths, longest);
    for (const [side, direction] of this.directions.entries()) {
      const columns = this.columns(tape, tokens, lengths, rowsOfStep, side);
      let h = tape.tensor(contexts, width);
      tape.heap.zero(h.at, contexts * width);
      for (const [step, rows] of rowsOfStep.entries()) {
        const { places, read } = columns[step]!;
        h = direction.step(tape, firstRows(tape, h, rows), [read]);
        const next = h;
        kernels.moveRows(rows, width, next.at, width, 0, states.at, 0, places, false);
        tape.record(() => {
          if (states.gradient === 0) return;
          const { accumulate, at } = tape.gradientOf(next);
          kernels.moveRows(rows, width, states.gradient, 0, places, at, width, 0, accumulate);
        });
      }
    }
    return { states, last: this.lastStates(tape, states, lengths, longest) };
  }

  /** Addresses of int32 [rows] columns for each step: the tokens that are read, and the byte offsets of their states. */
  private columns(
    tape: Tape,
    tokens: Int32Array,
    lengths: readonly number[],
    rowsOfStep: readonly number[],
    side: number,
  ): { readonly read: number; readonly places: number }[] {
    const longest = rowsOfStep.length;
    const total = rowsOfStep.reduce((sum, rows) => sum + rows, 0);
    const [readAt, placesAt] = [tape.column(total), tape.column(total)];
    const [read, places] = [tape.heap.integers(readAt, total), tape.heap.integers(placesAt, total)];
    let at = 0;
    return rowsOfStep.map((rows, step) => {
      const first = at;
      for (let row = 0; row < rows; row++, at++) {
        const place = row * longest + (side === 0 ? step : lengths[row]! - 1 - step);
        read[at] = tokens[place]!;
        places[at] = (place * 2 + side) * this.width;
      }
      return { read: readAt + first * 4, places: placesAt + first * 4 };
    });
  }

  private lastStates(tape: Tape, states: Tensor, lengths: readonly number[], longest: number): Tensor {
    const { kernels } = tape.heap;
    const { width } = this;
    const rows = lengths.length;
    const last = tape.tensor(rows, 2 * width);
    const ends = [
      lengths.map((length, row) => (row * longest + length - 1) * 2 * width),
      lengths.map((_, row) => row * longest * 2 * width + width),
    ].map((offsets) => indexColumn(tape, offsets));
    for (const [side, from] of ends.entries()) {
      kernels.moveRows(rows, width, states.at, 0, from, last.at + side * width, 2 * width, 0, false);
    }
    tape.record(() => {
      if (last.gradient === 0) return;
      const dstates = tape.zeroedGradientOf(states);
      for (const [side, to] of ends.entries()) {
        kernels.moveRows(rows, width, last.gradient + side * width, 2 * width, 0, dstates, 0, to, true);
      }
    });
    return last;
  }
}

/** By step: how many contexts, longest first, have a token left. */
function stillReading(lengths: readonly number[], longest: number): number[] {
  let rows = lengths.length;
  return Array.from({ length: longest }, (_, step) => {
    while (rows > 0 && lengths[rows - 1]! <= step) rows--;
    return rows;
  });
}

/** The first rows of x, in place; the gradient of the others stays what it is. */
function firstRows(tape: Tape, x: Tensor, rows: number): Tensor {
  if (rows === x.rows) return x;
  const { kernels } = tape.heap;
  const y: Tensor = { at: x.at, rows, width: x.width, gradient: 0 };
  tape.record(() => {
    if (y.gradient === 0) return;
    kernels.add(rows * x.width, y.gradient, tape.zeroedGradientOf(x));
  });
  return y;
}
