// Attention with several heads of rows to their own sequence (Vaswani et al. 2017). Row i's sequence is number
// `index[i]`: `stride` bytes on, and the row sees the first `lengths[i]` of its positions. A position holds keys and
// then values, `width` bytes each; a head is `head` bytes of either, a multiple of 32. Positions beyond a row's length
// are never read, so neither padding nor what is not yet written changes anything.

import { madd, splat, sum } from './math';
import { softmax } from './softmax';

function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

/**
 * to[j] = scale·x·H_j for j < count and on to the end of the last vector, the H_j `ld` bytes apart: four side by side,
 * whose lanes are then summed left to right.
 */
function dots(head: usize, x: usize, h: usize, ld: usize, count: i32, scale: f32, to: usize): void {
  const scales = splat(scale);
  for (let j = 0; j < count; j += 4) {
    const h1 = h + ld,
      h2 = h1 + ld,
      h3 = h2 + ld;
    let even0 = splat(0),
      odd0 = splat(0),
      even1 = splat(0),
      odd1 = splat(0);
    let even2 = splat(0),
      odd2 = splat(0),
      even3 = splat(0),
      odd3 = splat(0);
    for (let k: usize = 0; k < head; k += 32) {
      const x0 = v128.load(x + k),
        x1 = v128.load(x + k, 16);
      even0 = madd(x0, v128.load(h + k), even0);
      odd0 = madd(x1, v128.load(h + k, 16), odd0);
      even1 = madd(x0, v128.load(h1 + k), even1);
      odd1 = madd(x1, v128.load(h1 + k, 16), odd1);
      even2 = madd(x0, v128.load(h2 + k), even2);
      odd2 = madd(x1, v128.load(h2 + k, 16), odd2);
      even3 = madd(x0, v128.load(h3 + k), even3);
      odd3 = madd(x1, v128.load(h3 + k, 16), odd3);
    }
    const a = f32x4.add(even0, odd0),
      b = f32x4.add(even1, odd1),
      c = f32x4.add(even2, odd2),
      d = f32x4.add(even3, odd3);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5),
      abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5),
      cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    let total = f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
    total = f32x4.add(total, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
    total = f32x4.add(total, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
    v128.store(to, f32x4.mul(scales, total));
    to += 16;
    h = h3 + ld;
  }
}

/** y = Σ_j a_j·H_j over j < count, in their order. */
function combine(head: usize, a: usize, h: usize, ld: usize, count: i32, y: usize): void {
  for (let k: usize = 0; k < head; k += 32) {
    let y0 = splat(0),
      y1 = splat(0);
    let from = h + k,
      weight = a;
    for (let j = 0; j < count; j++) {
      const s = v128.load32_splat(weight);
      y0 = madd(s, v128.load(from), y0);
      y1 = madd(s, v128.load(from, 16), y1);
      from += ld;
      weight += 4;
    }
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
  }
}

/** x·y. */
function dot(head: usize, x: usize, y: usize): f32 {
  let even = splat(0),
    odd = splat(0);
  for (let k: usize = 0; k < head; k += 32) {
    even = madd(v128.load(x + k), v128.load(y + k), even);
    odd = madd(v128.load(x + k, 16), v128.load(y + k, 16), odd);
  }
  return sum(f32x4.add(even, odd));
}

/**
 * dq = Σ_j s_j·K_j, dK_j += s_j·q and dV_j += p_j·dy over j < count, in their order; values stand `width` bytes behind
 * their keys, positions 2·`width` bytes apart.
 */
function flow(
  head: usize,
  width: usize,
  slopes: usize,
  shares: usize,
  q: usize,
  dy: usize,
  keys: usize,
  count: i32,
  dq: usize,
  dkeys: usize,
): void {
  const ld = 2 * width;
  for (let k: usize = 0; k < head; k += 32) {
    const q0 = v128.load(q + k),
      q1 = v128.load(q + k, 16);
    const dy0 = v128.load(dy + k),
      dy1 = v128.load(dy + k, 16);
    let dq0 = splat(0),
      dq1 = splat(0);
    let from = keys + k,
      to = dkeys + k,
      slope = slopes,
      share = shares;
    for (let j = 0; j < count; j++) {
      const s = v128.load32_splat(slope);
      dq0 = madd(s, v128.load(from), dq0);
      dq1 = madd(s, v128.load(from, 16), dq1);
      const k0 = madd(s, q0, v128.load(to)),
        k1 = madd(s, q1, v128.load(to, 16));
      v128.store(to, k0);
      v128.store(to, k1, 16);
      const p = v128.load32_splat(share),
        values = to + width;
      const v0 = madd(p, dy0, v128.load(values)),
        v1 = madd(p, dy1, v128.load(values, 16));
      v128.store(values, v0);
      v128.store(values, v1, 16);
      from += ld;
      to += ld;
      slope += 4;
      share += 4;
    }
    v128.store(dq + k, dq0);
    v128.store(dq + k, dq1, 16);
  }
}

/** By head: y = Σ_j p_j·V_j with p = softmax(scale·q·K_j); p stays in `shares` [rows, heads], `ldShares` bytes each. */
export function headsForward(
  rows: i32,
  width: usize,
  head: usize,
  q: usize,
  index: usize,
  cache: usize,
  stride: usize,
  lengths: usize,
  scale: f32,
  shares: usize,
  ldShares: usize,
  y: usize,
): void {
  const ld = 2 * width;
  for (let i = 0; i < rows; i++) {
    const sequence = cache + <usize>load<i32>(at(index, i)) * stride;
    const length = load<i32>(at(lengths, i));
    for (let k: usize = 0; k < width; k += head) {
      dots(head, q + k, sequence + k, ld, length, scale, shares);
      softmax(shares, length);
      combine(head, shares, sequence + width + k, ld, length, y + k);
      shares += ldShares;
    }
    q += width;
    y += width;
  }
}

/**
 * From y and dy: dq (written), and the gradients of keys and values (added at `dcache`, laid out as the cache). `slopes`
 * is scratch, one row of shares.
 */
export function headsBackward(
  rows: i32,
  width: usize,
  head: usize,
  q: usize,
  index: usize,
  cache: usize,
  stride: usize,
  lengths: usize,
  scale: f32,
  shares: usize,
  ldShares: usize,
  slopes: usize,
  y: usize,
  dy: usize,
  dq: usize,
  dcache: usize,
): void {
  const ld = 2 * width;
  for (let i = 0; i < rows; i++) {
    const offset = <usize>load<i32>(at(index, i)) * stride;
    const length = load<i32>(at(lengths, i));
    for (let k: usize = 0; k < width; k += head) {
      const keys = cache + offset + k,
        dkeys = dcache + offset + k;
      dots(head, dy + k, keys + width, ld, length, 1, slopes);
      // Σ_j p_j·(dy·V_j) = dy·y.
      const mean = dot(head, dy + k, y + k);
      for (let j = 0; j < length; j++) {
        store<f32>(at(slopes, j), scale * load<f32>(at(shares, j)) * (load<f32>(at(slopes, j)) - mean));
      }
      flow(head, width, slopes, shares, q + k, dy + k, keys, length, dq + k, dkeys);
      shares += ldShares;
    }
    q += width;
    dq += width;
    y += width;
    dy += width;
  }
}
