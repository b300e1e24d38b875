// Operations on rows of floats. `width` is a row's bytes, a multiple of 32, taken in pairs of vectors that engines can
// fuse; indices are 32-bit integers.

import { madd, one, splat, tanh } from './math';

/** y[i] += x[i] over `bytes`. */
export function add(bytes: usize, x: usize, y: usize): void {
  for (let k: usize = 0; k < bytes; k += 32) {
    const y0 = f32x4.add(v128.load(y + k), v128.load(x + k));
    const y1 = f32x4.add(v128.load(y + k, 16), v128.load(x + k, 16));
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
  }
}

/** y[i] = x[i] over `bytes`. */
function copy(bytes: usize, x: usize, y: usize): void {
  for (let k: usize = 0; k < bytes; k += 32) {
    const x0 = v128.load(x + k);
    const x1 = v128.load(x + k, 16);
    v128.store(y + k, x0);
    v128.store(y + k, x1, 16);
  }
}

/** Adds the row at `x` to each of `rows` rows at `y`. */
export function addRow(rows: i32, width: usize, x: usize, y: usize): void {
  for (let i = 0; i < rows; i++) {
    add(width, x, y);
    y += width;
  }
}

/** Adds each of `rows` rows at `x` (stride `ldx`) to the one row at `y`. */
export function addRows(rows: i32, width: usize, x: usize, ldx: usize, y: usize): void {
  for (let i = 0; i < rows; i++) {
    add(width, x, y);
    x += ldx;
  }
}

/** y[i] = x[index[i]]. */
export function gather(rows: i32, width: usize, x: usize, index: usize, y: usize): void {
  for (let i = 0; i < rows; i++) {
    copy(width, x + <usize>load<i32>(index) * width, y);
    index += 4;
    y += width;
  }
}

/** y[i] += x[index[i]]. */
export function gatherAdd(rows: i32, width: usize, x: usize, index: usize, y: usize): void {
  for (let i = 0; i < rows; i++) {
    add(width, x + <usize>load<i32>(index) * width, y);
    index += 4;
    y += width;
  }
}

/** y[index[i]] += x[i]. */
export function scatterAdd(rows: i32, width: usize, x: usize, index: usize, y: usize): void {
  for (let i = 0; i < rows; i++) {
    add(width, x, y + <usize>load<i32>(index) * width);
    index += 4;
    x += width;
  }
}

/** y[i] = mean of table[tokens[i][j]] over j < lengths[i]; `tokens` is [rows, longest]. */
export function meanPool(
  rows: i32,
  width: usize,
  longest: i32,
  tokens: usize,
  lengths: usize,
  table: usize,
  y: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const length = load<i32>(lengths);
    const share = splat(<f32>1 / <f32>length);
    for (let k: usize = 0; k < width; k += 16) {
      let total = splat(0);
      for (let j = 0; j < length; j++) {
        total = f32x4.add(total, v128.load(table + <usize>load<i32>(tokens + ((<usize>j) << 2)) * width + k));
      }
      v128.store(y + k, f32x4.mul(total, share));
    }
    tokens += (<usize>longest) << 2;
    lengths += 4;
    y += width;
  }
}

/** The gradient of `meanPool`, added to the table's. */
export function meanPoolBackward(
  rows: i32,
  width: usize,
  longest: i32,
  tokens: usize,
  lengths: usize,
  dy: usize,
  dtable: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const length = load<i32>(lengths);
    const share = splat(<f32>1 / <f32>length);
    for (let j = 0; j < length; j++) {
      const to = dtable + <usize>load<i32>(tokens + ((<usize>j) << 2)) * width;
      for (let k: usize = 0; k < width; k += 16) {
        v128.store(to + k, madd(v128.load(dy + k), share, v128.load(to + k)));
      }
    }
    tokens += (<usize>longest) << 2;
    lengths += 4;
    dy += width;
  }
}

/** y = tanh(x) over `bytes`; may be in place. */
export function tanhForward(bytes: usize, x: usize, y: usize): void {
  for (let k: usize = 0; k < bytes; k += 32) {
    const y0 = tanh(v128.load(x + k));
    const y1 = tanh(v128.load(x + k, 16));
    v128.store(y + k, y0);
    v128.store(y + k, y1, 16);
  }
}

/** dx = dy ⊙ (1 − y²); may be in place. */
export function tanhBackward(bytes: usize, y: usize, dy: usize, dx: usize): void {
  for (let k: usize = 0; k < bytes; k += 32) {
    const v0 = v128.load(y + k);
    const v1 = v128.load(y + k, 16);
    const dx0 = f32x4.mul(v128.load(dy + k), f32x4.sub(one(), f32x4.mul(v0, v0)));
    const dx1 = f32x4.mul(v128.load(dy + k, 16), f32x4.sub(one(), f32x4.mul(v1, v1)));
    v128.store(dx + k, dx0);
    v128.store(dx + k, dx1, 16);
  }
}

/**
 * Copies rows of `width` bytes, or adds them: row i goes from `x` + (`from` ? from[i] : i·ldx) to `y` + (`to` ? to[i] :
 * i·ldy), the indices being byte offsets.
 */
export function moveRows(
  rows: i32,
  width: usize,
  x: usize,
  ldx: usize,
  from: usize,
  y: usize,
  ldy: usize,
  to: usize,
  accumulate: bool,
): void {
  for (let i = 0; i < rows; i++) {
    const source = x + (from ? <usize>load<i32>(from + ((<usize>i) << 2)) : <usize>i * ldx);
    const target = y + (to ? <usize>load<i32>(to + ((<usize>i) << 2)) : <usize>i * ldy);
    if (accumulate) add(width, source, target);
    else copy(width, source, target);
  }
}
