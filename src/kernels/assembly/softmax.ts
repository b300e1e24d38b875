// Shares that sum to 1, of one row.

import { exp, largest, splat, sum } from './math';

function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

/** In place softmax of the first `length` of a row of shares; what fills up the last vector becomes 0. */
export function softmax(shares: usize, length: i32): void {
  const padded = (length + 3) & ~3;
  for (let j = length; j < padded; j++) store<f32>(at(shares, j), -1e30);
  let top = splat(-1e30);
  for (let j = 0; j < padded; j += 4) top = f32x4.max(top, v128.load(at(shares, j)));
  const offset = splat(largest(top));
  let total = splat(0);
  for (let j = 0; j < padded; j += 4) {
    const e = exp(f32x4.sub(v128.load(at(shares, j)), offset));
    v128.store(at(shares, j), e);
    total = f32x4.add(total, e);
  }
  const share = splat(<f32>1 / sum(total));
  for (let j = 0; j < padded; j += 4) v128.store(at(shares, j), f32x4.mul(v128.load(at(shares, j)), share));
}
