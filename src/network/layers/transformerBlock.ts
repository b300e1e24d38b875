// One layer of a transformer with the normalisation before each half (Xiong et al. 2020): x += attention(norm(x)), then
// x += feed-forward(norm(x)). The rows of x are changed in place.

import type { Heap } from '../heap.ts';
import type { Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';
import { LayerNorm } from './layerNorm.ts';
import { Linear } from './linear.ts';
import { gelu } from './rows.ts';
import type { SequenceRows, Sequences } from './sequences.ts';

export interface BlockShape {
  /** Parameters are `name.norm1.weight` and so on. */
  readonly name: string;
  /** Its number, from 0: which of the sequences' caches is its own. */
  readonly layer: number;
  /** Width of the rows. */
  readonly hidden: number;
  /** Heads of the attention, each of a multiple of 8 floats. */
  readonly heads: number;
  /** Width of the feed-forward half. */
  readonly inner: number;
}

export class TransformerBlock {
  private readonly layer: number;
  private readonly heads: number;
  private readonly norm1: LayerNorm;
  private readonly query: Linear;
  private readonly keyValue: Linear;
  private readonly out: Linear;
  private readonly norm2: LayerNorm;
  private readonly up: Linear;
  private readonly down: Linear;

  constructor(heap: Heap, parameters: Parameters, { heads, hidden, inner, layer, name }: BlockShape) {
    const linear = (own: string, inputs: number, outputs: number, bias = true): Linear =>
      new Linear(heap, parameters, inputs, [{ name: `${name}.${own}`, outputs, column: 0 }], { bias });
    this.layer = layer;
    this.heads = heads;
    this.norm1 = new LayerNorm(parameters, `${name}.norm1`, hidden);
    this.query = linear('query', hidden, hidden, false);
    this.keyValue = linear('key_value', hidden, 2 * hidden, false);
    this.out = linear('out', hidden, hidden);
    this.norm2 = new LayerNorm(parameters, `${name}.norm2`, hidden);
    this.up = linear('up', hidden, inner);
    this.down = linear('down', inner, hidden);
  }

  prepare(heap: Heap): void {
    for (const layer of [this.query, this.keyValue, this.out, this.up, this.down]) layer.prepare(heap);
  }

  /** The rows of x, whose keys and values join their sequences. */
  forward(tape: Tape, x: Tensor, sequences: Sequences, rows: SequenceRows): void {
    const normalised = this.remember(tape, x, sequences, rows);
    const query = this.query.forward(tape, normalised);
    this.out.addTo(tape, sequences.attend(tape, this.layer, query, rows, this.heads), x);
    this.down.addTo(tape, gelu(tape, this.up.forward(tape, this.norm2.forward(tape, x))), x);
  }

  /** The keys and values of the rows of x alone: all that a last layer is asked for where nothing is predicted. */
  remember(tape: Tape, x: Tensor, sequences: Sequences, rows: SequenceRows): Tensor {
    const normalised = this.norm1.forward(tape, x);
    sequences.remember(tape, this.layer, this.keyValue.forward(tape, normalised), rows);
    return normalised;
  }
}
