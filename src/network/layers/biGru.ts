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
    for (const [side, direction] of this.directions.entries()) {
      const position = (row: number, step: number): number => (side === 0 ? step : lengths[row]! - 1 - step);
      let h = tape.tensor(contexts, width);
      tape.heap.zero(h.at, contexts * width);
      for (let step = 0, rows = contexts; step < longest; step++) {
        while (rows > 0 && lengths[rows - 1]! <= step) rows--;
        const places = Array.from({ length: rows }, (_, row) => row * longest + position(row, step));
        const column = indexColumn(
          tape,
          places.map((place) => tokens[place]!),
        );
        h = direction.step(tape, firstRows(tape, h, rows), [column]);
        const to = indexColumn(
          tape,
          places.map((place) => place * 2 * width + side * width),
        );
        const next = h;
        kernels.moveRows(rows, width, next.at, width, 0, states.at, 0, to, false);
        tape.record(() => {
          if (states.gradient === 0) return;
          const { accumulate, at } = tape.gradientOf(next);
          kernels.moveRows(rows, width, states.gradient, 0, to, at, width, 0, accumulate);
        });
      }
    }
    return { states, last: this.lastStates(tape, states, lengths, longest) };
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
