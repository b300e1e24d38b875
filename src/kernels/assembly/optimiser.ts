// What happens to a block of parameters between two updates. `bytes` is a multiple of 16.

import { madd, splat } from './math';

/** Σ x² in double precision. */
export function sumOfSquares(bytes: usize, x: usize): f64 {
  let low = f64x2.splat(0),
    high = f64x2.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const v = v128.load(x + k);
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const total = f64x2.add(low, high);
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) on gradients scaled by `scale`, with decoupled weight decay (Loshchilov & Hutter
 * 2019, algorithm 2): m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  θ ← keep·θ − rate₁·m / (√v·correction₂ + ε),
 * with rate₁ = rate / (1 − β₁ᵗ), correction₂ = 1 / √(1 − β₂ᵗ) and keep = 1 − rate·decay computed by the caller.
 */
export function adam(
  bytes: usize,
  parameters: usize,
  gradients: usize,
  m: usize,
  v: usize,
  scale: f32,
  rate1: f32,
  correction2: f32,
  beta1: f64,
  beta2: f64,
  epsilon: f32,
  keep: f32,
): void {
  const s = splat(scale),
    b1 = splat(<f32>beta1),
    b2 = splat(<f32>beta2);
  const c1 = splat(<f32>(1 - beta1)),
    c2 = splat(<f32>(1 - beta2));
  const step = splat(-rate1),
    correction = splat(correction2),
    e = splat(epsilon),
    kept = splat(keep);
  for (let k: usize = 0; k < bytes; k += 16) {
    const g = f32x4.mul(v128.load(gradients + k), s);
    const first = madd(b1, v128.load(m + k), f32x4.mul(c1, g));
    const second = madd(b2, v128.load(v + k), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(m + k, first);
    v128.store(v + k, second);
    const denominator = madd(f32x4.sqrt(second), correction, e);
    v128.store(parameters + k, madd(step, f32x4.div(first, denominator), f32x4.mul(kept, v128.load(parameters + k))));
  }
}
