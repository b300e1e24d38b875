// C = A·B or C += A·B over packed panels of B. Each output sums its K products in one fixed order whatever the tile, the
// row or the number of rows: a problem's logits do not depend on its company.

import { packed1x8, packed2x8, packed4x8, packed4x16, rows1x8, rows2x8, rows4x8, rows4x16 } from './micro.generated';

/** 1 where two adjacent 128-bit operations are fused to 256 bits: then 16-wide tiles pay, else they spill. */
let wide: bool = false;

export function setWideTiles(on: bool): void {
  wide = on;
}

/** C [m, n] from row-major A [m, k] and packed B [k, n]; `panel` is the stride between B's panels. */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  lda: usize,
  b: usize,
  panel: usize,
  c: usize,
  ldc: usize,
  accumulate: bool,
): void {
  let j = 0;
  if (wide) {
    for (; j + 16 <= n; j += 16) {
      let i = 0,
        ai = a,
        ci = c;
      for (; i + 4 <= m; i += 4) {
        rows4x16(k, ai, lda, b, panel, ci, ldc, accumulate);
        ai += 4 * lda;
        ci += 4 * ldc;
      }
      if (i < m) {
        rowsTail(m - i, k, ai, lda, b, panel, ci, ldc, accumulate);
        rowsTail(m - i, k, ai, lda, b + panel, panel, ci + 32, ldc, accumulate);
      }
      b += 2 * panel;
      c += 64;
    }
  }
  for (; j < n; j += 8) {
    let i = 0,
      ai = a,
      ci = c;
    for (; i + 4 <= m; i += 4) {
      rows4x8(k, ai, lda, b, panel, ci, ldc, accumulate);
      ai += 4 * lda;
      ci += 4 * ldc;
    }
    if (i < m) rowsTail(m - i, k, ai, lda, b, panel, ci, ldc, accumulate);
    b += panel;
    c += 32;
  }
}

function rowsTail(
  m: i32,
  k: i32,
  a: usize,
  lda: usize,
  b: usize,
  panel: usize,
  c: usize,
  ldc: usize,
  accumulate: bool,
): void {
  if (m & 2) {
    rows2x8(k, a, lda, b, panel, c, ldc, accumulate);
    a += 2 * lda;
    c += 2 * ldc;
  }
  if (m & 1) rows1x8(k, a, lda, b, panel, c, ldc, accumulate);
}

/** C [m, n] from A packed in blocks of four rows (stride `block`) and packed B. */
export function gemmPacked(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  block: usize,
  b: usize,
  panel: usize,
  c: usize,
  ldc: usize,
  accumulate: bool,
): void {
  let j = 0;
  if (wide) {
    for (; j + 16 <= n; j += 16) {
      let i = 0,
        ai = a,
        ci = c;
      for (; i + 4 <= m; i += 4) {
        packed4x16(k, ai, 0, b, panel, ci, ldc, accumulate);
        ai += block;
        ci += 4 * ldc;
      }
      if (i < m) {
        packedTail(m - i, k, ai, b, panel, ci, ldc, accumulate);
        packedTail(m - i, k, ai, b + panel, panel, ci + 32, ldc, accumulate);
      }
      b += 2 * panel;
      c += 64;
    }
  }
  for (; j < n; j += 8) {
    let i = 0,
      ai = a,
      ci = c;
    for (; i + 4 <= m; i += 4) {
      packed4x8(k, ai, 0, b, panel, ci, ldc, accumulate);
      ai += block;
      ci += 4 * ldc;
    }
    if (i < m) packedTail(m - i, k, ai, b, panel, ci, ldc, accumulate);
    b += panel;
    c += 32;
  }
}

function packedTail(m: i32, k: i32, a: usize, b: usize, panel: usize, c: usize, ldc: usize, accumulate: bool): void {
  if (m & 2) {
    packed2x8(k, a, 0, b, panel, c, ldc, accumulate);
    a += 8;
    c += 2 * ldc;
  }
  if (m & 1) packed1x8(k, a, 0, b, panel, c, ldc, accumulate);
}
