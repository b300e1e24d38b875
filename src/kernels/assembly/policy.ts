// The categorical policy over masked logits: log-softmax, entropy, sampling, and the gradient of the losses on them.
// The mask is 0 where a token is legal and MASKED elsewhere (also in the columns that pad a row to a vector), so that
// one addition applies it.

import { exp, largest, log, splat, sum } from './math';

const MASKED: f32 = -1e30;

/** Threefry-2x32 with 20 rounds; the first word of the block (core/random.ts holds the reference). */
function random(key0: u32, key1: u32, counter0: u32, counter1: u32): u32 {
  const key2 = 0x1bd11bda ^ key0 ^ key1;
  let x = counter0 + key0,
    y = counter1 + key1;
  x += y;
  y = rotl(y, 13) ^ x;
  x += y;
  y = rotl(y, 15) ^ x;
  x += y;
  y = rotl(y, 26) ^ x;
  x += y;
  y = rotl(y, 6) ^ x;
  x += key1;
  y += key2 + 1;
  x += y;
  y = rotl(y, 17) ^ x;
  x += y;
  y = rotl(y, 29) ^ x;
  x += y;
  y = rotl(y, 16) ^ x;
  x += y;
  y = rotl(y, 24) ^ x;
  x += key2;
  y += key0 + 2;
  x += y;
  y = rotl(y, 13) ^ x;
  x += y;
  y = rotl(y, 15) ^ x;
  x += y;
  y = rotl(y, 26) ^ x;
  x += y;
  y = rotl(y, 6) ^ x;
  x += key0;
  y += key1 + 3;
  x += y;
  y = rotl(y, 17) ^ x;
  x += y;
  y = rotl(y, 29) ^ x;
  x += y;
  y = rotl(y, 16) ^ x;
  x += y;
  y = rotl(y, 24) ^ x;
  x += key1;
  y += key2 + 4;
  x += y;
  y = rotl(y, 13) ^ x;
  x += y;
  y = rotl(y, 15) ^ x;
  x += y;
  y = rotl(y, 26) ^ x;
  x += y;
  y = rotl(y, 6) ^ x;
  return x + key2;
}

/**
 * Masks `logits` in place and writes each row's normaliser and entropy.
 * H = log S − Σ eʸ y / S with y = x − max and S = Σ eʸ.
 */
export function policyForward(
  rows: i32,
  actions: i32,
  logits: usize,
  ld: usize,
  mask: usize,
  ldMask: usize,
  normaliser: usize,
  entropy: usize,
): void {
  const bytes = (<usize>((actions + 3) & ~3)) << 2;
  for (let i = 0; i < rows; i++) {
    let top = splat(MASKED);
    for (let k: usize = 0; k < bytes; k += 16) {
      const x = f32x4.add(v128.load(logits + k), v128.load(mask + k));
      v128.store(logits + k, x);
      top = f32x4.max(top, x);
    }
    const highest = largest(top);
    const offset = splat(highest);
    let total = splat(0),
      weighted = splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const y = f32x4.sub(v128.load(logits + k), offset);
      const e = exp(y);
      total = f32x4.add(total, e);
      weighted = f32x4.add(weighted, f32x4.mul(e, y));
    }
    const s = sum(total);
    const logS = log(s);
    store<f32>(normaliser, highest + logS);
    store<f32>(entropy, logS - sum(weighted) / s);
    logits += ld;
    mask += ldMask;
    normaliser += 4;
    entropy += 4;
  }
}

/** Draws each row's action: the first a with u < Σ_{j ≤ a} π(j), u from the policy stream at (lane, step). */
export function policySample(
  rows: i32,
  actions: i32,
  logits: usize,
  ld: usize,
  normaliser: usize,
  key0: u32,
  key1: u32,
  lanes: usize,
  step: u32,
  chosen: usize,
): void {
  const bytes = (<usize>((actions + 3) & ~3)) << 2;
  for (let i = 0; i < rows; i++) {
    let u = <f32>(random(key0, key1, load<u32>(lanes), step) >>> 8) * (<f32>1 / 16777216);
    const offset = splat(load<f32>(normaliser));
    let action = -1,
      last = 0;
    for (let k: usize = 0; k < bytes && action < 0; k += 16) {
      const p = exp(f32x4.sub(v128.load(logits + k), offset));
      const at = <i32>(k >>> 2);
      const p0 = f32x4.extract_lane(p, 0),
        p1 = f32x4.extract_lane(p, 1);
      const p2 = f32x4.extract_lane(p, 2),
        p3 = f32x4.extract_lane(p, 3);
      // `last` remembers a token of positive probability, for the rounding that leaves u above the whole sum.
      if (p0 > 0) {
        last = at;
        if (u < p0) {
          action = at;
          break;
        }
        u -= p0;
      }
      if (p1 > 0) {
        last = at + 1;
        if (u < p1) {
          action = at + 1;
          break;
        }
        u -= p1;
      }
      if (p2 > 0) {
        last = at + 2;
        if (u < p2) {
          action = at + 2;
          break;
        }
        u -= p2;
      }
      if (p3 > 0) {
        last = at + 3;
        if (u < p3) {
          action = at + 3;
          break;
        }
        u -= p3;
      }
    }
    store<i32>(chosen, action < 0 ? last : action);
    logits += ld;
    normaliser += 4;
    lanes += 4;
    chosen += 4;
  }
}

/** Takes each row's most probable action, the first of equals. */
export function policyGreedy(rows: i32, actions: i32, logits: usize, ld: usize, chosen: usize): void {
  for (let i = 0; i < rows; i++) {
    let best = 0;
    let highest = load<f32>(logits);
    for (let a = 1; a < actions; a++) {
      const x = load<f32>(logits + ((<usize>a) << 2));
      if (x > highest) {
        highest = x;
        best = a;
      }
    }
    store<i32>(chosen, best);
    logits += ld;
    chosen += 4;
  }
}

/** log π of each row's chosen action. */
export function policyLogProb(
  rows: i32,
  logits: usize,
  ld: usize,
  normaliser: usize,
  chosen: usize,
  logProb: usize,
): void {
  for (let i = 0; i < rows; i++) {
    store<f32>(logProb, load<f32>(logits + ((<usize>load<i32>(chosen)) << 2)) - load<f32>(normaliser));
    logits += ld;
    normaliser += 4;
    chosen += 4;
    logProb += 4;
  }
}

/**
 * Gradient, in place of the logits, of Σ_rows −weight·log π(chosen) − entropyWeight·H + uniformWeight·mean(−log π),
 * the mean over the legal tokens; columns beyond the actions get 0, and the
 * place of each row's value (`value`, rows `ldValue` apart: in the logits or elsewhere) gets `dvalue`.
 */
export function policyBackward(
  rows: i32,
  actions: i32,
  logits: usize,
  ld: usize,
  mask: usize,
  ldMask: usize,
  normaliser: usize,
  entropy: usize,
  chosen: usize,
  weight: usize,
  value: usize,
  ldValue: usize,
  dvalue: usize,
  entropyWeight: f32,
  uniformWeight: f32,
): void {
  const bytes = (<usize>((actions + 3) & ~3)) << 2;
  const half = splat(MASKED / 2);
  for (let i = 0; i < rows; i++) {
    let legalCount = splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      legalCount = f32x4.add(legalCount, v128.and(f32x4.gt(v128.load(mask + k), half), splat(1)));
    }
    const uniform = splat(uniformWeight / sum(legalCount));
    const w = load<f32>(weight);
    const policyAndUniform = splat(w + uniformWeight),
      bonus = splat(entropyWeight);
    const offset = splat(load<f32>(normaliser)),
      h = splat(load<f32>(entropy));
    for (let k: usize = 0; k < bytes; k += 16) {
      const legal = f32x4.gt(v128.load(mask + k), half);
      const logP = v128.and(f32x4.sub(v128.load(logits + k), offset), legal);
      const p = v128.and(exp(logP), legal);
      const scale = f32x4.add(policyAndUniform, f32x4.mul(bonus, f32x4.add(logP, h)));
      v128.store(logits + k, f32x4.sub(f32x4.mul(p, scale), v128.and(uniform, legal)));
    }
    const at = logits + ((<usize>load<i32>(chosen)) << 2);
    store<f32>(at, load<f32>(at) - w);
    for (let k = bytes; k < ld; k += 16) v128.store(logits + k, splat(0));
    store<f32>(value, load<f32>(dvalue));
    value += ldValue;
    logits += ld;
    mask += ldMask;
    normaliser += 4;
    entropy += 4;
    chosen += 4;
    weight += 4;
    dvalue += 4;
  }
}
