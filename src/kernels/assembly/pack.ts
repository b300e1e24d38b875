// Packed operands for GEMM. B lies in panels of eight columns, [N / 8][K][8]; A, where it is packed, in blocks of four
// rows, [M / 4][K][4]. Addresses and strides are in bytes; N is a multiple of 8, padded by the caller's layout.

/** Packs row-major B [k, n] into panels; panel p starts at `to + p * panel`. */
export function packPanels(k: i32, n: i32, b: usize, ldb: usize, to: usize, panel: usize): void {
  for (let j = 0; j < n; j += 8) {
    let from = b + ((<usize>j) << 2);
    let at = to;
    for (let i = 0; i < k; i++) {
      v128.store(at, v128.load(from));
      v128.store(at, v128.load(from, 16), 16);
      at += 32;
      from += ldb;
    }
    to += panel;
  }
}

/**
 * Packs the transpose of row-major W [n, k] (so B = Wᵀ is [k, n]) into panels; columns beyond `n` are zero.
 * `k` is a multiple of 4.
 */
export function packPanelsTransposed(k: i32, n: i32, w: usize, ldw: usize, to: usize): void {
  for (let j = 0; j < n; j += 8) {
    for (let half = 0; half < 2; half++) {
      const row = j + half * 4;
      let from = w + <usize>row * ldw;
      let at = to + <usize>half * 16;
      for (let i = 0; i < k; i += 4) {
        const a = row < n ? v128.load(from) : f32x4.splat(0);
        const b = row + 1 < n ? v128.load(from + ldw) : f32x4.splat(0);
        const c = row + 2 < n ? v128.load(from + 2 * ldw) : f32x4.splat(0);
        const d = row + 3 < n ? v128.load(from + 3 * ldw) : f32x4.splat(0);
        const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5),
          abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5),
          cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        v128.store(at, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
        v128.store(at, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32);
        v128.store(at, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 64);
        v128.store(at, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 96);
        from += 16;
        at += 128;
      }
    }
    to += <usize>k * 32;
  }
}

/** Packs the transpose of row-major X [k, m] (so A = Xᵀ is [m, k]) into blocks of four; X's rows are padded to 4 columns. */
export function packBlocksTransposed(m: i32, k: i32, x: usize, ldx: usize, to: usize, block: usize): void {
  for (let i = 0; i < m; i += 4) {
    let from = x + ((<usize>i) << 2);
    let at = to;
    for (let j = 0; j < k; j++) {
      v128.store(at, v128.load(from));
      at += 16;
      from += ldx;
    }
    to += block;
  }
}
