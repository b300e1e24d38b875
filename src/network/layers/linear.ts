// y = x·Wᵀ + b for one or several heads that read the same x, multiplied as one matrix.

import type { Heap } from '../heap.ts';
import { rowBytes } from '../heap.ts';
import type { Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';
import { Weight } from '../weight.ts';

/** One head: its parameters are `name.weight` and `name.bias`; its outputs start at column `column`. */
export interface Head {
  readonly name: string;
  readonly outputs: number;
  readonly column: number;
}

/** PyTorch's `nn.Linear` heads, uniform on ±1/√inputs at the start. Columns that no head owns stay 0. */
export class Linear {
  readonly width: number;
  private readonly weight: Weight;
  /** Byte offset of the biases, where there are any. */
  private readonly bias: number | undefined;
  private readonly parameters: Parameters;

  constructor(
    heap: Heap,
    parameters: Parameters,
    inputs: number,
    heads: readonly Head[],
    options: { readonly bias?: boolean } = {},
  ) {
    this.parameters = parameters;
    this.width = rowBytes(Math.max(...heads.map(({ column, outputs }) => column + outputs)));
    const initialisation = { uniform: 1 / Math.sqrt(inputs) };
    this.weight = new Weight(heap, parameters, inputs, this.width / 4);
    if (options.bias !== false) this.bias = parameters.storage(this.width / 4);
    for (const { column, name, outputs } of heads) {
      const place = (i: number): number => column + i;
      this.weight.name({ name: `${name}.weight`, outputs, initialisation, column: place });
      if (this.bias !== undefined) parameters.tensor(`${name}.bias`, [outputs], initialisation, this.bias, place);
    }
  }

  /** Packs the weights; to be called after they change. */
  prepare(heap: Heap): void {
    this.weight.prepare(heap);
  }

  forward(tape: Tape, x: Tensor): Tensor {
    const y = tape.tensor(x.rows, this.width);
    this.multiply(tape, x, y, false);
    return y;
  }

  /** y += x·Wᵀ + b, in place: a residual connection. */
  addTo(tape: Tape, x: Tensor, y: Tensor): void {
    this.multiply(tape, x, y, true);
  }

  private multiply(tape: Tape, x: Tensor, y: Tensor, add: boolean): void {
    const { heap } = tape;
    const { kernels } = heap;
    const { bias, weight, width } = this;
    const { at, rows } = x;
    weight.forward(heap, rows, at, x.width, y.at, width, add);
    if (bias !== undefined) kernels.addRow(rows, width, this.parameters.values + bias, y.at);
    tape.record(() => {
      const dy = y.gradient;
      if (dy === 0) return;
      weight.gradient(tape.weights, tape.gradients, rows, at, x.width, dy, width);
      if (bias !== undefined) kernels.addRows(rows, width, dy, width, tape.gradients + bias);
      const dx = tape.gradientOf(x);
      weight.backward(heap, rows, dy, width, dx.at, x.width, dx.accumulate);
    });
  }
}
