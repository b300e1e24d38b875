// Layer normalisation (Ba et al. 2016) of rows of whole vectors: `width` bytes, a multiple of 32, all of which count.

import { madd, splat, sum } from './math';

/** x̂ = (x − mean) / √(variance + ε) and y = γ ⊙ x̂ + β; leaves x̂ and each row's 1 / √(variance + ε) for the way back. */
export function layerNormForward(
  rows: i32,
  width: usize,
  x: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  normalised: usize,
  inverse: usize,
  y: usize,
): void {
  const share = <f32>1 / <f32>(width >> 2);
  for (let i = 0; i < rows; i++) {
    let even = splat(0),
      odd = splat(0);
    for (let k: usize = 0; k < width; k += 32) {
      even = f32x4.add(even, v128.load(x + k));
      odd = f32x4.add(odd, v128.load(x + k, 16));
    }
    const mean = splat(share * sum(f32x4.add(even, odd)));
    even = splat(0);
    odd = splat(0);
    for (let k: usize = 0; k < width; k += 32) {
      const x0 = f32x4.sub(v128.load(x + k), mean),
        x1 = f32x4.sub(v128.load(x + k, 16), mean);
      even = madd(x0, x0, even);
      odd = madd(x1, x1, odd);
    }
    const scale = <f32>1 / sqrt<f32>(share * sum(f32x4.add(even, odd)) + epsilon);
    store<f32>(inverse, scale);
    const scales = splat(scale);
    for (let k: usize = 0; k < width; k += 32) {
      const n0 = f32x4.mul(f32x4.sub(v128.load(x + k), mean), scales);
      const n1 = f32x4.mul(f32x4.sub(v128.load(x + k, 16), mean), scales);
      v128.store(normalised + k, n0);
      v128.store(normalised + k, n1, 16);
      v128.store(y + k, madd(n0, v128.load(gamma + k), v128.load(beta + k)));
      v128.store(y + k, madd(n1, v128.load(gamma + k, 16), v128.load(beta + k, 16)), 16);
    }
    x += width;
    normalised += width;
    inverse += 4;
    y += width;
  }
}

/** From dy: dx (written, or added), and the gradients of γ and β (added). With g = γ ⊙ dy: dx = (g − ḡ − x̂·mean(g ⊙ x̂)) / √… */
export function layerNormBackward(
  rows: i32,
  width: usize,
  normalised: usize,
  inverse: usize,
  gamma: usize,
  dy: usize,
  dx: usize,
  accumulate: bool,
  dgamma: usize,
  dbeta: usize,
): void {
  const share = <f32>1 / <f32>(width >> 2);
  for (let i = 0; i < rows; i++) {
    let even = splat(0),
      odd = splat(0),
      evenProduct = splat(0),
      oddProduct = splat(0);
    for (let k: usize = 0; k < width; k += 32) {
      const d0 = v128.load(dy + k),
        d1 = v128.load(dy + k, 16);
      const n0 = v128.load(normalised + k),
        n1 = v128.load(normalised + k, 16);
      const g0 = f32x4.mul(d0, v128.load(gamma + k)),
        g1 = f32x4.mul(d1, v128.load(gamma + k, 16));
      even = f32x4.add(even, g0);
      odd = f32x4.add(odd, g1);
      evenProduct = madd(g0, n0, evenProduct);
      oddProduct = madd(g1, n1, oddProduct);
      v128.store(dgamma + k, madd(d0, n0, v128.load(dgamma + k)));
      v128.store(dgamma + k, madd(d1, n1, v128.load(dgamma + k, 16)), 16);
      v128.store(dbeta + k, f32x4.add(v128.load(dbeta + k), d0));
      v128.store(dbeta + k, f32x4.add(v128.load(dbeta + k, 16), d1), 16);
    }
    const mean = splat(share * sum(f32x4.add(even, odd)));
    const slope = splat(share * sum(f32x4.add(evenProduct, oddProduct)));
    const scale = v128.load32_splat(inverse);
    for (let k: usize = 0; k < width; k += 32) {
      const g0 = f32x4.sub(f32x4.mul(v128.load(dy + k), v128.load(gamma + k)), mean);
      const g1 = f32x4.sub(f32x4.mul(v128.load(dy + k, 16), v128.load(gamma + k, 16)), mean);
      let x0 = f32x4.mul(scale, f32x4.sub(g0, f32x4.mul(slope, v128.load(normalised + k))));
      let x1 = f32x4.mul(scale, f32x4.sub(g1, f32x4.mul(slope, v128.load(normalised + k, 16))));
      if (accumulate) {
        x0 = f32x4.add(v128.load(dx + k), x0);
        x1 = f32x4.add(v128.load(dx + k, 16), x1);
      }
      v128.store(dx + k, x0);
      v128.store(dx + k, x1, 16);
    }
    normalised += width;
    inverse += 4;
    dy += width;
    dx += width;
  }
}
