// Layer normalisation (Ba et al. 2016) over the whole of a row.

import { assert } from '../../core/assert.ts';
import type { Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';

/** PyTorch's default. */
const EPSILON = 1e-5;

/** PyTorch's `nn.LayerNorm` of rows of `size` floats, a multiple of 8: γ ⊙ (x − mean) / √(variance + ε) + β. */
export class LayerNorm {
  /** Bytes of a row. */
  private readonly width: number;
  private readonly gamma: number;
  private readonly beta: number;
  private readonly parameters: Parameters;

  constructor(parameters: Parameters, name: string, size: number) {
    assert(size % 8 === 0, `layer normalisation of ${size} floats`);
    this.parameters = parameters;
    this.width = size * 4;
    const vector = (kind: string, constant: number): number => {
      const offset = parameters.storage(size);
      parameters.tensor(`${name}.${kind}`, [size], { constant }, offset, (i) => i);
      return offset;
    };
    this.gamma = vector('weight', 1);
    this.beta = vector('bias', 0);
  }

  /** The way back does not read x again: it may be changed in place. */
  forward(tape: Tape, x: Tensor): Tensor {
    const { kernels } = tape.heap;
    const { beta, gamma, width } = this;
    const { values } = this.parameters;
    const { rows } = x;
    const y = tape.tensor(rows, width);
    const normalised = tape.arena.allocate(rows * width);
    const inverse = tape.column(rows);
    kernels.layerNormForward(rows, width, x.at, values + gamma, values + beta, EPSILON, normalised, inverse, y.at);
    tape.record(() => {
      if (y.gradient === 0) return;
      const { accumulate, at } = tape.gradientOf(x);
      kernels.layerNormBackward(
        ...([rows, width, normalised, inverse, values + gamma, y.gradient, at, accumulate] as const),
        ...([tape.gradients + gamma, tape.gradients + beta] as const),
      );
    });
    return y;
  }
}
