// Elementary functions by +, −, ×, ÷ alone, four lanes at a time: the same bits on every engine.

// Constants stand in memory, below everything that the heap gives out: engines load and spread one in a single
// instruction, and build an immediate vector with several. (Static data cannot be had over shared memory.) Written as
// one base with immediate offsets, inlined as literals, they let V8 fuse the two halves of a pair. Offsets in bytes:
@inline const TABLE: usize = 256;
@inline const EXP_LOWEST: usize = 0;
@inline const EXP_HIGHEST: usize = 4;
@inline const ROUNDING: usize = 8;
@inline const LOG2_E: usize = 12;
@inline const LN2_HIGH: usize = 16;
@inline const LN2_LOW: usize = 20;
@inline const EXP_6: usize = 24;
@inline const EXP_5: usize = 28;
@inline const EXP_4: usize = 32;
@inline const EXP_3: usize = 36;
@inline const EXP_2: usize = 40;
@inline const EXP_1: usize = 44;
@inline const ONE: usize = 48;
@inline const TANH_LOWEST: usize = 52;
@inline const TANH_HIGHEST: usize = 56;
@inline const TANH_P6: usize = 60;
@inline const TANH_P5: usize = 64;
@inline const TANH_P4: usize = 68;
@inline const TANH_P3: usize = 72;
@inline const TANH_P2: usize = 76;
@inline const TANH_P1: usize = 80;
@inline const TANH_P0: usize = 84;
@inline const TANH_Q3: usize = 88;
@inline const TANH_Q2: usize = 92;
@inline const TANH_Q1: usize = 96;
@inline const TANH_Q0: usize = 100;
@inline const HALF: usize = 104;
@inline const GELU_LINEAR: usize = 108;
@inline const GELU_CUBIC: usize = 112;
@inline const GELU_CUBIC_3: usize = 116;

/** Writes the constants; every instance does so before its first use, always with the same bits. */
export function initialise(): void {
  store<f32>(TABLE, -87.3, EXP_LOWEST);
  store<f32>(TABLE, 88.3, EXP_HIGHEST);
  store<f32>(TABLE, 12582912.0, ROUNDING);
  store<f32>(TABLE, 1.44269504088896341, LOG2_E);
  store<f32>(TABLE, -0.693359375, LN2_HIGH);
  store<f32>(TABLE, 2.1219444e-4, LN2_LOW);
  store<f32>(TABLE, 1.98756915e-4, EXP_6);
  store<f32>(TABLE, 1.3981999507e-3, EXP_5);
  store<f32>(TABLE, 8.3334519073e-3, EXP_4);
  store<f32>(TABLE, 4.1665795894e-2, EXP_3);
  store<f32>(TABLE, 1.6666665459e-1, EXP_2);
  store<f32>(TABLE, 5.0000001201e-1, EXP_1);
  store<f32>(TABLE, 1, ONE);
  store<f32>(TABLE, -7.90531110763549805, TANH_LOWEST);
  store<f32>(TABLE, 7.90531110763549805, TANH_HIGHEST);
  store<f32>(TABLE, -2.76076847742355e-16, TANH_P6);
  store<f32>(TABLE, 2.00018790482477e-13, TANH_P5);
  store<f32>(TABLE, -8.60467152213735e-11, TANH_P4);
  store<f32>(TABLE, 5.12229709037114e-8, TANH_P3);
  store<f32>(TABLE, 1.48572235717979e-5, TANH_P2);
  store<f32>(TABLE, 6.37261928875436e-4, TANH_P1);
  store<f32>(TABLE, 4.89352455891786e-3, TANH_P0);
  store<f32>(TABLE, 1.19825839466702e-6, TANH_Q3);
  store<f32>(TABLE, 1.18534705686654e-4, TANH_Q2);
  store<f32>(TABLE, 2.268434632439e-3, TANH_Q1);
  store<f32>(TABLE, 4.89352518554385e-3, TANH_Q0);
  store<f32>(TABLE, 0.5, HALF);
  store<f32>(TABLE, 0.7978845608028654, GELU_LINEAR);
  store<f32>(TABLE, 0.035677408136300125, GELU_CUBIC);
  store<f32>(TABLE, 0.10703222440890037, GELU_CUBIC_3);
}

@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** 1 in every lane. */
@inline
export function one(): v128 {
  return v128.load32_splat(TABLE, ONE);
}

@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** eˣ by Cody–Waite reduction and Cephes' degree-6 polynomial; exactly 0 below −87.3, and NaN stays NaN. */
@inline
export function exp(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, v128.load32_splat(TABLE, EXP_LOWEST)), v128.load32_splat(TABLE, EXP_HIGHEST));
  // Adding 1.5·2²³ rounds to the nearest integer and leaves it in the low bits of the mantissa.
  const magic = v128.load32_splat(TABLE, ROUNDING);
  const shifted = madd(bounded, v128.load32_splat(TABLE, LOG2_E), magic);
  const n = f32x4.sub(shifted, magic);
  let r = madd(n, v128.load32_splat(TABLE, LN2_HIGH), bounded);
  r = madd(n, v128.load32_splat(TABLE, LN2_LOW), r);
  let p = v128.load32_splat(TABLE, EXP_6);
  p = madd(p, r, v128.load32_splat(TABLE, EXP_5));
  p = madd(p, r, v128.load32_splat(TABLE, EXP_4));
  p = madd(p, r, v128.load32_splat(TABLE, EXP_3));
  p = madd(p, r, v128.load32_splat(TABLE, EXP_2));
  p = madd(p, r, v128.load32_splat(TABLE, EXP_1));
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, v128.load32_splat(TABLE, ONE)));
  const scaled = i32x4.add(p, i32x4.shl(shifted, 23));
  return v128.andnot(scaled, f32x4.lt(x, v128.load32_splat(TABLE, EXP_LOWEST)));
}

@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(v128.load32_splat(TABLE, ONE), f32x4.add(v128.load32_splat(TABLE, ONE), exp(f32x4.neg(x))));
}

/** tanh by the rational 13/6 approximation that Eigen uses; absolute error below 4e-7. */
@inline
export function tanh(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, v128.load32_splat(TABLE, TANH_LOWEST)), v128.load32_splat(TABLE, TANH_HIGHEST));
  const q = f32x4.mul(bounded, bounded);
  let p = v128.load32_splat(TABLE, TANH_P6);
  p = madd(p, q, v128.load32_splat(TABLE, TANH_P5));
  p = madd(p, q, v128.load32_splat(TABLE, TANH_P4));
  p = madd(p, q, v128.load32_splat(TABLE, TANH_P3));
  p = madd(p, q, v128.load32_splat(TABLE, TANH_P2));
  p = madd(p, q, v128.load32_splat(TABLE, TANH_P1));
  p = madd(p, q, v128.load32_splat(TABLE, TANH_P0));
  let d = v128.load32_splat(TABLE, TANH_Q3);
  d = madd(d, q, v128.load32_splat(TABLE, TANH_Q2));
  d = madd(d, q, v128.load32_splat(TABLE, TANH_Q1));
  d = madd(d, q, v128.load32_splat(TABLE, TANH_Q0));
  return f32x4.div(f32x4.mul(p, bounded), d);
}

/** tanh(c·x + c·a·x³), c = √(2/π), a = 0.044715: the inside of GELU's tanh form. */
@inline
function geluInner(x: v128): v128 {
  const slope = madd(v128.load32_splat(TABLE, GELU_CUBIC), f32x4.mul(x, x), v128.load32_splat(TABLE, GELU_LINEAR));
  return tanh(f32x4.mul(x, slope));
}

/** GELU (Hendrycks & Gimpel 2016) in its tanh form: x/2 · (1 + t), t as above. */
@inline
export function gelu(x: v128): v128 {
  return f32x4.mul(f32x4.mul(v128.load32_splat(TABLE, HALF), x), f32x4.add(v128.load32_splat(TABLE, ONE), geluInner(x)));
}

/** Its slope: (1 + t)/2 + x/2 · (1 − t²) · (c + 3·c·a·x²). */
@inline
export function geluSlope(x: v128): v128 {
  const t = geluInner(x);
  const half = v128.load32_splat(TABLE, HALF), one = v128.load32_splat(TABLE, ONE);
  const inside = madd(v128.load32_splat(TABLE, GELU_CUBIC_3), f32x4.mul(x, x), v128.load32_splat(TABLE, GELU_LINEAR));
  const sloped = f32x4.mul(f32x4.mul(half, x), f32x4.mul(inside, f32x4.sub(one, f32x4.mul(t, t))));
  return f32x4.add(sloped, f32x4.mul(half, f32x4.add(one, t)));
}

/** Natural logarithm of a positive normal number, by artanh's series in double precision. */
export function log(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  let e = (bits >> 23) - 127;
  let m = <f64>reinterpret<f32>((bits & 0x7fffff) | 0x3f800000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e++;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  const series = 1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11)))));
  return <f32>((<f64>e) * 0.6931471805599453 + 2 * s * series);
}

/** Sum of the four lanes, left to right. */
@inline
export function sum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3);
}

@inline
export function largest(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}
