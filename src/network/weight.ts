// A weight matrix as the kernels use it: stored [inputs, columns], and packed for x·W and dy·Wᵀ once per update.

import type { Heap } from './heap.ts';
import type { Initialisation, Parameters } from './parameters.ts';
import type { WeightGradients } from './weightGradients.ts';

/** What a part of the matrix is called outside: PyTorch's [outputs, inputs], placed at columns of this storage. */
export interface WeightName {
  readonly name: string;
  readonly outputs: number;
  readonly initialisation: Initialisation;
  /** Column of output i. */
  readonly column: (i: number) => number;
}

export class Weight {
  readonly inputs: number;
  /** Floats of a stored row, a multiple of 8. */
  readonly columns: number;
  /** Byte offset in every parameter block. */
  readonly offset: number;
  private readonly parameters: Parameters;
  private readonly packed: number;
  private readonly packedTransposed: number;

  constructor(heap: Heap, parameters: Parameters, inputs: number, columns: number) {
    this.parameters = parameters;
    this.inputs = inputs;
    this.columns = columns;
    this.offset = parameters.storage(inputs * columns);
    const floats = Math.ceil(inputs / 8) * 8 * columns;
    this.packed = heap.allocate(floats * 4);
    this.packedTransposed = heap.allocate(floats * 4);
  }

  /** Gives a part of the matrix its name, in the order of PyTorch's state dict. Columns without a name stay 0. */
  name({ column, initialisation, name, outputs }: WeightName): void {
    const place = (i: number, j: number): number => j * this.columns + column(i);
    this.parameters.tensor(name, [outputs, this.inputs], initialisation, this.offset, place);
  }

  /** Packs the matrix; to be called after the parameters change. */
  prepare({ kernels }: Heap): void {
    const at = this.parameters.values + this.offset;
    kernels.packPanels(this.inputs, this.columns, at, this.columns * 4, this.packed, this.inputs * 32);
    kernels.packPanelsTransposed(this.columns, this.inputs, at, this.columns * 4, this.packedTransposed);
  }

  /**
   * y (+)= x·W[from … from + count) for `rows` rows; strides are in bytes.
   * @param part inputs that x has, all by default: a matrix over joined inputs is multiplied piece by piece.
   */
  forward(heap: Heap, rows: number, x: number, ldx: number, y: number, ldy: number, add: boolean, part?: Part): void {
    const { from, count } = part ?? { from: 0, count: this.inputs };
    const panel = this.inputs * 32;
    heap.kernels.gemm(rows, this.columns, count, x, ldx, this.packed + from * 32, panel, y, ldy, add);
  }

  /** dx (+)= dy·Wᵀ; dx's rows are `ldx` bytes, all of which are written. `part.from` is a multiple of 8. */
  backward(
    heap: Heap,
    rows: number,
    dy: number,
    ldy: number,
    dx: number,
    ldx: number,
    add: boolean,
    part?: Part,
  ): void {
    const { from, count } = part ?? { from: 0, count: this.inputs };
    const panel = this.columns * 32;
    const packed = this.packedTransposed + (from / 8) * panel;
    heap.kernels.gemm(rows, Math.ceil(count / 8) * 8, this.columns, dy, ldy, packed, panel, dx, ldx, add);
  }

  /** ΔW += xᵀ·dy, into the gradient block at `gradients`. */
  gradient(
    weights: WeightGradients,
    gradients: number,
    rows: number,
    x: number,
    ldx: number,
    dy: number,
    ldy: number,
    part?: Part,
  ): void {
    const { from, count } = part ?? { from: 0, count: this.inputs };
    const target = gradients + this.offset + from * this.columns * 4;
    weights.add(target, count, this.columns, rows, x, ldx, dy, ldy);
  }
}

/** Inputs `from` to `from` + `count` of a matrix. */
export interface Part {
  readonly from: number;
  readonly count: number;
}
