// Layers without parameters: what happens to rows as a whole.

import type { Tape, Tensor } from '../tape.ts';

/** tanh(x). */
export function tanh(tape: Tape, x: Tensor): Tensor {
  const { kernels } = tape.heap;
  const bytes = x.rows * x.width;
  const y = tape.tensor(x.rows, x.width);
  kernels.tanhForward(bytes, x.at, y.at);
  tape.record(() => {
    if (y.gradient === 0) return;
    const { at, accumulate } = tape.gradientOf(x);
    const to = accumulate ? tape.arena.allocate(bytes) : at;
    kernels.tanhBackward(bytes, y.at, y.gradient, to);
    if (accumulate) kernels.add(bytes, to, at);
  });
  return y;
}

/** GELU in its tanh form. */
export function gelu(tape: Tape, x: Tensor): Tensor {
  const { kernels } = tape.heap;
  const bytes = x.rows * x.width;
  const y = tape.tensor(x.rows, x.width);
  kernels.geluForward(bytes, x.at, y.at);
  tape.record(() => {
    if (y.gradient === 0) return;
    kernels.geluBackward(bytes, x.at, y.gradient, y.gradient);
    // Nothing reads the gradient of y any more: its place becomes that of x's.
    if (x.gradient === 0) x.gradient = y.gradient;
    else kernels.add(bytes, y.gradient, x.gradient);
  });
  return y;
}

/** Rows of zeros. @param width in bytes. */
export function zeros(tape: Tape, rows: number, width: number): Tensor {
  const y = tape.tensor(rows, width);
  tape.heap.zero(y.at, rows * width);
  return y;
}

/** Rows `index[0]`, `index[1]`, … of x. @param index address of int32 [rows]. */
export function select(tape: Tape, x: Tensor, index: number, rows: number): Tensor {
  const { kernels } = tape.heap;
  const y = tape.tensor(rows, x.width);
  kernels.gather(rows, x.width, x.at, index, y.at);
  tape.record(() => {
    if (y.gradient === 0) return;
    kernels.scatterAdd(rows, x.width, y.gradient, index, tape.zeroedGradientOf(x));
  });
  return y;
}

/** `rows` copies of the one row of x. */
export function broadcast(tape: Tape, x: Tensor, rows: number): Tensor {
  const { kernels } = tape.heap;
  const y = tape.tensor(rows, x.width);
  tape.heap.zero(y.at, rows * x.width);
  kernels.addRow(rows, x.width, x.at, y.at);
  tape.record(() => {
    if (y.gradient === 0) return;
    kernels.addRows(rows, x.width, y.gradient, x.width, tape.zeroedGradientOf(x));
  });
  return y;
}

/**
 * Mean of the rows of x that each row's indices name.
 * @param index address of int32 [rows, longest]. @param lengths address of int32 [rows]: how many of them count.
 */
export function meanOfRows(
  tape: Tape,
  x: Tensor,
  rows: number,
  longest: number,
  index: number,
  lengths: number,
): Tensor {
  const { kernels } = tape.heap;
  const y = tape.tensor(rows, x.width);
  kernels.meanPool(rows, x.width, longest, index, lengths, x.at, y.at);
  tape.record(() => {
    if (y.gradient === 0) return;
    kernels.meanPoolBackward(rows, x.width, longest, index, lengths, y.gradient, tape.zeroedGradientOf(x));
  });
  return y;
}
