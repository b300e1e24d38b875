// Rows that look at an encoded context. Row i's context is memory row `index[i]`: `stride` bytes on, `lengths[…]`
// positions of `width` bytes each. Positions beyond a context's length are never read, so padding changes nothing.

import { madd, splat, sum } from './math';
import { softmax } from './softmax';

// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

// @ts-ignore: decorator
@inline
function dot(width: usize, x: usize, y: usize): f32 {
  let even = splat(0), odd = splat(0);
  for (let k: usize = 0; k < width; k += 32) {
    even = madd(v128.load(x + k), v128.load(y + k), even);
    odd = madd(v128.load(x + k, 16), v128.load(y + k, 16), odd);
  }
  return sum(f32x4.add(even, odd));
}

/** to[j] = scale·x·H_j for j < count: four positions side by side, each with the arithmetic of one. */
function dots(width: usize, x: usize, h: usize, count: i32, scale: f32, to: usize): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const h1 = h + width, h2 = h1 + width, h3 = h2 + width;
    let even0 = splat(0), odd0 = splat(0), even1 = splat(0), odd1 = splat(0);
    let even2 = splat(0), odd2 = splat(0), even3 = splat(0), odd3 = splat(0);
    for (let k: usize = 0; k < width; k += 32) {
      const x0 = v128.load(x + k), x1 = v128.load(x + k, 16);
      even0 = madd(x0, v128.load(h + k), even0);
      odd0 = madd(x1, v128.load(h + k, 16), odd0);
      even1 = madd(x0, v128.load(h1 + k), even1);
      odd1 = madd(x1, v128.load(h1 + k, 16), odd1);
      even2 = madd(x0, v128.load(h2 + k), even2);
      odd2 = madd(x1, v128.load(h2 + k, 16), odd2);
      even3 = madd(x0, v128.load(h3 + k), even3);
      odd3 = madd(x1, v128.load(h3 + k, 16), odd3);
    }
    store<f32>(to, scale * sum(f32x4.add(even0, odd0)));
    store<f32>(to, scale * sum(f32x4.add(even1, odd1)), 4);
    store<f32>(to, scale * sum(f32x4.add(even2, odd2)), 8);
    store<f32>(to, scale * sum(f32x4.add(even3, odd3)), 12);
    to += 16;
    h = h3 + width;
  }
  for (; j < count; j++) {
    store<f32>(to, scale * dot(width, x, h));
    to += 4;
    h += width;
  }
}

/** y = Σ_j a_j·H_j over j < count, in their order. */
function combine(width: usize, a: usize, h: usize, count: i32, y: usize): void {
  let k: usize = 0;
  for (; k + 96 <= width; k += 96) {
    let y0 = splat(0), y1 = splat(0), y2 = splat(0), y3 = splat(0), y4 = splat(0), y5 = splat(0);
    let from = h + k, weight = a;
    for (let j = 0; j < count; j++) {
      const s = v128.load32_splat(weight);
      y0 = madd(s, v128.load(from), y0);
      y1 = madd(s, v128.load(from, 16), y1);
      y2 = madd(s, v128.load(from, 32), y2);
      y3 = madd(s, v128.load(from, 48), y3);
      y4 = madd(s, v128.load(from, 64), y4);
      y5 = madd(s, v128.load(from, 80), y5);
      from += width;
      weight += 4;
    }
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
    v128.store(y + k, y2, 32);
    v128.store(y + k, y3, 48);
    v128.store(y + k, y4, 64);
    v128.store(y + k, y5, 80);
  }
  for (; k < width; k += 32) {
    let y0 = splat(0), y1 = splat(0);
    let from = h + k, weight = a;
    for (let j = 0; j < count; j++) {
      const s = v128.load32_splat(weight);
      y0 = madd(s, v128.load(from), y0);
      y1 = madd(s, v128.load(from, 16), y1);
      from += width;
      weight += 4;
    }
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
  }
}

/** y += a·x. */
// @ts-ignore: decorator
@inline
function addScaled(width: usize, a: f32, x: usize, y: usize): void {
  const s = splat(a);
  for (let k: usize = 0; k < width; k += 32) {
    const y0 = madd(s, v128.load(x + k), v128.load(y + k));
    const y1 = madd(s, v128.load(x + k, 16), v128.load(y + k, 16));
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
  }
}

/** y = (y + a·x) + b·z. */
// @ts-ignore: decorator
@inline
function addTwoScaled(width: usize, a: f32, x: usize, b: f32, z: usize, y: usize): void {
  const s = splat(a), t = splat(b);
  for (let k: usize = 0; k < width; k += 32) {
    const y0 = madd(t, v128.load(z + k), madd(s, v128.load(x + k), v128.load(y + k)));
    const y1 = madd(t, v128.load(z + k, 16), madd(s, v128.load(x + k, 16), v128.load(y + k, 16)));
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
  }
}

// @ts-ignore: decorator
@inline
function indexed(index: usize, i: i32): usize {
  return <usize>load<i32>(index + ((<usize>i) << 2));
}

/** y = Σ_j p_j·H_j with p = softmax(scale·q·H_j); p stays in `shares` [rows, ldShares], zero up to a vector's end. */
export function attendForward(rows: i32, width: usize, q: usize, index: usize, memory: usize, stride: usize, lengths: usize, scale: f32, shares: usize, ldShares: usize, y: usize, ldy: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = indexed(index, i);
    const h = memory + row * stride;
    const length = load<i32>(lengths + (row << 2));
    dots(width, q, h, length, scale, shares);
    softmax(shares, length);
    combine(width, shares, h, length, y);
    q += width;
    shares += ldShares;
    y += ldy;
  }
}

// @ts-ignore: decorator
@inline
function clear(at: usize, bytes: usize): void {
  for (let k: usize = 0; k < bytes; k += 16) v128.store(at + k, splat(0));
}

/** From dy: dq (written), and dH (added at `dmemory`, laid out as the memory). `slopes` is scratch, one row of shares. */
export function attendBackward(rows: i32, width: usize, q: usize, index: usize, memory: usize, stride: usize, lengths: usize, scale: f32, shares: usize, ldShares: usize, slopes: usize, dy: usize, lddy: usize, dq: usize, dmemory: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = indexed(index, i);
    const h = memory + row * stride, dh = dmemory + row * stride;
    const length = load<i32>(lengths + (row << 2));
    dots(width, dy, h, length, 1, slopes);
    let mean: f32 = 0;
    for (let j = 0; j < length; j++) mean += load<f32>(at(shares, j)) * load<f32>(at(slopes, j));
    for (let j = 0; j < length; j++) store<f32>(at(slopes, j), scale * load<f32>(at(shares, j)) * (load<f32>(at(slopes, j)) - mean));
    combine(width, slopes, h, length, dq);
    for (let j = 0; j < length; j++) addTwoScaled(width, load<f32>(at(slopes, j)), q, load<f32>(at(shares, j)), dy, dh + (<usize>j) * width);
    q += width;
    dq += width;
    shares += ldShares;
    dy += lddy;
  }
}

/** logits[tokens_j] += scale·u·H_j for every position j whose token is a symbol that can be pointed at (≥ 0). */
export function pointForward(rows: i32, width: usize, u: usize, index: usize, memory: usize, stride: usize, lengths: usize, tokens: usize, longest: i32, scale: f32, logits: usize, ld: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = indexed(index, i);
    const h = memory + row * stride;
    const symbols = tokens + ((row * <usize>longest) << 2);
    const length = load<i32>(lengths + (row << 2));
    for (let j = 0; j < length; j++) {
      const token = load<i32>(symbols + ((<usize>j) << 2));
      if (token < 0) continue;
      const at = logits + ((<usize>token) << 2);
      store<f32>(at, load<f32>(at) + scale * dot(width, u, h + (<usize>j) * width));
    }
    u += width;
    logits += ld;
  }
}

/** From dlogits: du (written), and dH (added). */
export function pointBackward(rows: i32, width: usize, u: usize, index: usize, memory: usize, stride: usize, lengths: usize, tokens: usize, longest: i32, scale: f32, dlogits: usize, ld: usize, du: usize, dmemory: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = indexed(index, i);
    const h = memory + row * stride, dh = dmemory + row * stride;
    const symbols = tokens + ((row * <usize>longest) << 2);
    const length = load<i32>(lengths + (row << 2));
    clear(du, width);
    for (let j = 0; j < length; j++) {
      const token = load<i32>(symbols + ((<usize>j) << 2));
      if (token < 0) continue;
      const ds = scale * load<f32>(dlogits + ((<usize>token) << 2));
      const at = (<usize>j) * width;
      addScaled(width, ds, h + at, du);
      addScaled(width, ds, u, dh + at);
    }
    u += width;
    du += width;
    dlogits += ld;
  }
}

/** y = mean of H_j over the positions that hold the row's chosen token; 0 where none does. */
export function recallForward(rows: i32, width: usize, chosen: usize, index: usize, memory: usize, stride: usize, lengths: usize, tokens: usize, longest: i32, y: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = indexed(index, i);
    const h = memory + row * stride;
    const symbols = tokens + ((row * <usize>longest) << 2);
    const length = load<i32>(lengths + (row << 2));
    const share = shareOf(load<i32>(chosen), symbols, length);
    clear(y, width);
    for (let j = 0; share > 0 && j < length; j++) {
      if (load<i32>(symbols + ((<usize>j) << 2)) == load<i32>(chosen)) addScaled(width, share, h + (<usize>j) * width, y);
    }
    chosen += 4;
    y += width;
  }
}

/** From dy: dH, added. */
export function recallBackward(rows: i32, width: usize, chosen: usize, index: usize, dmemory: usize, stride: usize, lengths: usize, tokens: usize, longest: i32, dy: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = indexed(index, i);
    const dh = dmemory + row * stride;
    const symbols = tokens + ((row * <usize>longest) << 2);
    const length = load<i32>(lengths + (row << 2));
    const share = shareOf(load<i32>(chosen), symbols, length);
    for (let j = 0; share > 0 && j < length; j++) {
      if (load<i32>(symbols + ((<usize>j) << 2)) == load<i32>(chosen)) addScaled(width, share, dy, dh + (<usize>j) * width);
    }
    chosen += 4;
    dy += width;
  }
}

/** One over the number of positions that hold `token`; 0 where none does. */
function shareOf(token: i32, symbols: usize, length: i32): f32 {
  let count = 0;
  for (let j = 0; j < length; j++) count += <i32>(load<i32>(symbols + ((<usize>j) << 2)) == token);
  return count > 0 ? <f32>1 / <f32>count : 0;
}
