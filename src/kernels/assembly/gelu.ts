// GELU in its tanh form, PyTorch's `approximate="tanh"`, over `bytes`, a multiple of 32.

import { gelu, geluSlope } from './math';

/** Not in place: the way back needs x. */
export function geluForward(bytes: usize, x: usize, y: usize): void {
  for (let k: usize = 0; k < bytes; k += 32) {
    const y0 = gelu(v128.load(x + k));
    const y1 = gelu(v128.load(x + k, 16));
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
  }
}

/** dx = dy ⊙ gelu'(x); dx may be dy. */
export function geluBackward(bytes: usize, x: usize, dy: usize, dx: usize): void {
  for (let k: usize = 0; k < bytes; k += 32) {
    const d0 = f32x4.mul(v128.load(dy + k), geluSlope(v128.load(x + k)));
    const d1 = f32x4.mul(v128.load(dy + k, 16), geluSlope(v128.load(x + k, 16)));
    v128.store(dx + k, d0);
    v128.store(dx + k, d1, 16);
  }
}
