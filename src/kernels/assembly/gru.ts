// The elementwise half of a GRU cell (Cho et al. 2014, in PyTorch's convention: gates r, z, n; hidden bias of n inside
// r ⊙ (…)). A row of `gates` has four slots of `width` bytes. Slots 0–2 come in holding W·h; forward leaves r, z,
// W·h + b of n, and n; backward overwrites the first three with their gradients.

import { madd, one, sigmoid, tanh } from './math';

/**
 * h' = (1 − z) ⊙ n + z ⊙ h. Row i's input projection stands at `x + index[i] * 3 * width` (`index` 0: at row i).
 */
export function gruForward(
  rows: i32,
  width: usize,
  gates: usize,
  h: usize,
  next: usize,
  x: usize,
  index: usize,
  biasN: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const from = x + <usize>(index ? load<i32>(index + ((<usize>i) << 2)) : i) * 3 * width;
    // Pairs of vectors side by side, and few of them in flight: then engines that can fuse two 128-bit operations do.
    for (let k: usize = 0; k < 2 * width; k += 32) {
      const g = gates + k,
        p = from + k;
      const gate0 = sigmoid(f32x4.add(v128.load(g), v128.load(p)));
      const gate1 = sigmoid(f32x4.add(v128.load(g, 16), v128.load(p, 16)));
      v128.store(g, gate0);
      v128.store(g, gate1, 16);
    }
    for (let k: usize = 0; k < width; k += 32) {
      const g = gates + k,
        gz = g + width,
        gn = gz + width,
        out = gn + width;
      const p = from + 2 * width + k,
        old = h + k,
        to = next + k,
        bias = biasN + k;
      const hn0 = f32x4.add(v128.load(gn), v128.load(bias));
      const hn1 = f32x4.add(v128.load(gn, 16), v128.load(bias, 16));
      v128.store(gn, hn0);
      v128.store(gn, hn1, 16);
      const n0 = tanh(madd(v128.load(g), hn0, v128.load(p)));
      const n1 = tanh(madd(v128.load(g, 16), hn1, v128.load(p, 16)));
      v128.store(out, n0);
      v128.store(out, n1, 16);
      v128.store(to, madd(v128.load(gz), f32x4.sub(v128.load(old), n0), n0));
      v128.store(to, madd(v128.load(gz, 16), f32x4.sub(v128.load(old, 16), n1), n1), 16);
    }
    gates += 4 * width;
    h += width;
    next += width;
  }
}

/**
 * From dh' (at `dnext`): gate gradients in place, the direct part of dh at `dh` (the caller adds dgates·W), input
 * projection gradients added at `dx` (indexed as in forward), and the n-gate's hidden bias gradient added at `dbiasN`.
 */
export function gruBackward(
  rows: i32,
  width: usize,
  gates: usize,
  h: usize,
  dnext: usize,
  dh: usize,
  dx: usize,
  index: usize,
  dbiasN: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const to = dx + <usize>(index ? load<i32>(index + ((<usize>i) << 2)) : i) * 3 * width;
    // In pairs, as forward.
    for (let k: usize = 0; k < width; k += 32) {
      const g = gates + k,
        gz = g + width,
        gn = gz + width,
        out = gn + width;
      const p = to + k,
        pz = p + width,
        pn = pz + width,
        bias = dbiasN + k;
      const d0 = v128.load(dnext + k),
        d1 = v128.load(dnext + k, 16);
      const z0 = v128.load(gz),
        z1 = v128.load(gz, 16);
      v128.store(dh + k, f32x4.mul(d0, z0));
      v128.store(dh + k, f32x4.mul(d1, z1), 16);
      const n0 = v128.load(out),
        n1 = v128.load(out, 16);
      const dz0 = f32x4.mul(f32x4.mul(d0, f32x4.sub(v128.load(h + k), n0)), f32x4.mul(z0, f32x4.sub(one(), z0)));
      const dz1 = f32x4.mul(f32x4.mul(d1, f32x4.sub(v128.load(h + k, 16), n1)), f32x4.mul(z1, f32x4.sub(one(), z1)));
      v128.store(gz, dz0);
      v128.store(gz, dz1, 16);
      v128.store(pz, f32x4.add(v128.load(pz), dz0));
      v128.store(pz, f32x4.add(v128.load(pz, 16), dz1), 16);
      const dn0 = f32x4.mul(f32x4.mul(d0, f32x4.sub(one(), z0)), f32x4.sub(one(), f32x4.mul(n0, n0)));
      const dn1 = f32x4.mul(f32x4.mul(d1, f32x4.sub(one(), z1)), f32x4.sub(one(), f32x4.mul(n1, n1)));
      v128.store(pn, f32x4.add(v128.load(pn), dn0));
      v128.store(pn, f32x4.add(v128.load(pn, 16), dn1), 16);
      const r0 = v128.load(g),
        r1 = v128.load(g, 16);
      const dr0 = f32x4.mul(f32x4.mul(dn0, v128.load(gn)), f32x4.mul(r0, f32x4.sub(one(), r0)));
      const dr1 = f32x4.mul(f32x4.mul(dn1, v128.load(gn, 16)), f32x4.mul(r1, f32x4.sub(one(), r1)));
      v128.store(g, dr0);
      v128.store(g, dr1, 16);
      v128.store(p, f32x4.add(v128.load(p), dr0));
      v128.store(p, f32x4.add(v128.load(p, 16), dr1), 16);
      const dhn0 = f32x4.mul(dn0, r0);
      const dhn1 = f32x4.mul(dn1, r1);
      v128.store(gn, dhn0);
      v128.store(gn, dhn1, 16);
      v128.store(bias, f32x4.add(v128.load(bias), dhn0));
      v128.store(bias, f32x4.add(v128.load(bias, 16), dhn1), 16);
    }
    gates += 4 * width;
    h += width;
    dnext += width;
    dh += width;
  }
}
