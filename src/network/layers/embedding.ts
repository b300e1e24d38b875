// Embedding tables: one row of floats per index.

import { rowBytes } from '../heap.ts';
import type { Initialisation, Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';

/** A part of an embedding's rows under a name of its own. */
interface NamedRows {
  readonly name: string;
  readonly rows: number;
}

/** A table of `rows` × `size`; its rows may be split over several named tensors. */
export class Embedding {
  readonly rows: number;
  readonly size: number;
  readonly width: number;
  readonly offset: number;
  private readonly parameters: Parameters;

  /** @param initialisation N(0, 1) by default, as PyTorch does. */
  constructor(
    parameters: Parameters,
    parts: readonly NamedRows[],
    size: number,
    initialisation: Initialisation = 'normal',
  ) {
    this.parameters = parameters;
    this.size = size;
    this.width = rowBytes(size);
    this.rows = parts.reduce((sum, part) => sum + part.rows, 0);
    const stride = this.width / 4;
    this.offset = parameters.storage(this.rows * stride);
    let first = 0;
    for (const { name, rows } of parts) {
      parameters.tensor(name, [rows, size], initialisation, this.offset + first * this.width, (i, j) => i * stride + j);
      first += rows;
    }
  }

  /** Address of the table. */
  get table(): number {
    return this.parameters.values + this.offset;
  }

  /** The embeddings of each row's index. @param index address of int32 [rows]. */
  rowsOf(tape: Tape, index: number, rows: number): Tensor {
    const { kernels } = tape.heap;
    const y = tape.tensor(rows, this.width);
    kernels.gather(rows, this.width, this.table, index, y.at);
    tape.record(() => {
      if (y.gradient === 0) return;
      kernels.scatterAdd(rows, this.width, y.gradient, index, tape.gradients + this.offset);
    });
    return y;
  }

  /**
   * Mean of the embeddings of each row's tokens.
   * @param tokens address of int32 [rows, longest]. @param lengths address of int32 [rows]: how many of them count.
   */
  meanPool(tape: Tape, rows: number, longest: number, tokens: number, lengths: number): Tensor {
    const { kernels } = tape.heap;
    const y = tape.tensor(rows, this.width);
    kernels.meanPool(rows, this.width, longest, tokens, lengths, this.table, y.at);
    tape.record(() => {
      if (y.gradient === 0) return;
      const target = tape.gradients + this.offset;
      kernels.meanPoolBackward(rows, this.width, longest, tokens, lengths, y.gradient, target);
    });
    return y;
  }

  /** x + the embedding of each row's index, in place. @param index address of int32 [rows]. */
  addTo(tape: Tape, x: Tensor, index: number): void {
    const { kernels } = tape.heap;
    kernels.gatherAdd(x.rows, this.width, this.table, index, x.at);
    tape.record(() => {
      if (x.gradient === 0) return;
      kernels.scatterAdd(x.rows, this.width, x.gradient, index, tape.gradients + this.offset);
    });
  }
}

/** Copies `rows` indices into the tape's arena. @returns their address. */
export function indexColumn(tape: Tape, indices: ArrayLike<number>, rows = indices.length): number {
  const at = tape.column(rows);
  const column = tape.heap.integers(at, rows);
  for (let i = 0; i < rows; i++) column[i] = indices[i]!;
  return at;
}
