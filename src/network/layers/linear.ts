// y = x·Wᵀ + b for one or several heads that read the same x, multiplied as one matrix.

import type { Heap } from '../heap.ts';
import { rowBytes } from '../heap.ts';
import type { Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';

/** One head: its parameters are `name.weight` and `name.bias`; its outputs start at column `column`. */
export interface Head {
  readonly name: string;
  readonly outputs: number;
  readonly column: number;
}

/** PyTorch's `nn.Linear` heads, uniform on ±1/√inputs at the start. Columns that no head owns stay 0. */
export class Linear {
  readonly width: number;
  private readonly inputs: number;
  private readonly weight: number;
  private readonly bias: number;
  private readonly packed: number;
  private readonly packedTransposed: number;
  private readonly parameters: Parameters;

  constructor(heap: Heap, parameters: Parameters, inputs: number, heads: readonly Head[]) {
    this.parameters = parameters;
    this.inputs = inputs;
    this.width = rowBytes(Math.max(...heads.map(({ column, outputs }) => column + outputs)));
    const stride = this.width / 4;
    this.weight = parameters.storage(inputs * stride);
    this.bias = parameters.storage(stride);
    const initialisation = { uniform: 1 / Math.sqrt(inputs) };
    for (const { name, outputs, column } of heads) {
      const place = (i: number, j: number): number => j * stride + column + i;
      parameters.tensor(`${name}.weight`, [outputs, inputs], initialisation, this.weight, place);
      parameters.tensor(`${name}.bias`, [outputs], initialisation, this.bias, (i) => column + i);
    }
    this.packed = heap.allocate(inputs * this.width);
    this.packedTransposed = heap.allocate(this.width * Math.ceil(inputs / 8) * 8);
  }

  /** Packs the weights; to be called after they change. */
  prepare(heap: Heap): void {
    const { kernels } = heap;
    const weight = this.parameters.values + this.weight;
    kernels.packPanels(this.inputs, this.width / 4, weight, this.width, this.packed, this.inputs * 32);
    kernels.packPanelsTransposed(this.width / 4, this.inputs, weight, this.width, this.packedTransposed);
  }

  forward(tape: Tape, x: Tensor): Tensor {
    const { kernels } = tape.heap;
    const { inputs, width } = this;
    const columns = width / 4;
    const y = tape.tensor(x.rows, width);
    kernels.gemm(x.rows, columns, inputs, x.at, x.width, this.packed, inputs * 32, y.at, width, false);
    kernels.addRow(x.rows, width, this.parameters.values + this.bias, y.at);
    tape.record(() => {
      const dy = y.gradient;
      if (dy === 0) return;
      tape.weights.add(tape.gradients + this.weight, inputs, columns, x.rows, x.at, x.width, dy, width);
      kernels.addRows(x.rows, width, dy, width, tape.gradients + this.bias);
      const dx = tape.gradientOf(x);
      const panel = columns * 32;
      const transposed = this.packedTransposed;
      kernels.gemm(x.rows, x.width / 4, columns, dy, width, transposed, panel, dx.at, x.width, dx.accumulate);
    });
    return y;
  }
}
