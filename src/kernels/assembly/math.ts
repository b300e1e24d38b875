// Elementary functions by +, −, ×, ÷ alone, four lanes at a time: the same bits on every engine.

// Constants stand in memory, below everything that the heap gives out: engines load and spread one in a single
// instruction, and build an immediate vector with several. (Static data cannot be had over shared memory.)
const EXP_LOWEST: usize = 256;
const EXP_HIGHEST: usize = 260;
const ROUNDING: usize = 264;
const LOG2_E: usize = 268;
const LN2_HIGH: usize = 272;
const LN2_LOW: usize = 276;
const EXP_6: usize = 280;
const EXP_5: usize = 284;
const EXP_4: usize = 288;
const EXP_3: usize = 292;
const EXP_2: usize = 296;
const EXP_1: usize = 300;
const ONE: usize = 304;
const TANH_LOWEST: usize = 308;
const TANH_HIGHEST: usize = 312;
const TANH_P6: usize = 316;
const TANH_P5: usize = 320;
const TANH_P4: usize = 324;
const TANH_P3: usize = 328;
const TANH_P2: usize = 332;
const TANH_P1: usize = 336;
const TANH_P0: usize = 340;
const TANH_Q3: usize = 344;
const TANH_Q2: usize = 348;
const TANH_Q1: usize = 352;
const TANH_Q0: usize = 356;

/** Writes the constants; every instance does so before its first use, always with the same bits. */
export function initialise(): void {
  store<f32>(EXP_LOWEST, -87.3);
  store<f32>(EXP_HIGHEST, 88.3);
  store<f32>(ROUNDING, 12582912.0);
  store<f32>(LOG2_E, 1.44269504088896341);
  store<f32>(LN2_HIGH, -0.693359375);
  store<f32>(LN2_LOW, 2.1219444e-4);
  store<f32>(EXP_6, 1.98756915e-4);
  store<f32>(EXP_5, 1.3981999507e-3);
  store<f32>(EXP_4, 8.3334519073e-3);
  store<f32>(EXP_3, 4.1665795894e-2);
  store<f32>(EXP_2, 1.6666665459e-1);
  store<f32>(EXP_1, 5.0000001201e-1);
  store<f32>(ONE, 1);
  store<f32>(TANH_LOWEST, -7.90531110763549805);
  store<f32>(TANH_HIGHEST, 7.90531110763549805);
  store<f32>(TANH_P6, -2.76076847742355e-16);
  store<f32>(TANH_P5, 2.00018790482477e-13);
  store<f32>(TANH_P4, -8.60467152213735e-11);
  store<f32>(TANH_P3, 5.12229709037114e-8);
  store<f32>(TANH_P2, 1.48572235717979e-5);
  store<f32>(TANH_P1, 6.37261928875436e-4);
  store<f32>(TANH_P0, 4.89352455891786e-3);
  store<f32>(TANH_Q3, 1.19825839466702e-6);
  store<f32>(TANH_Q2, 1.18534705686654e-4);
  store<f32>(TANH_Q1, 2.268434632439e-3);
  store<f32>(TANH_Q0, 4.89352518554385e-3);
}

// @ts-ignore: decorator
@inline
function constant(address: usize): v128 {
  return v128.load32_splat(address);
}

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** eˣ by Cody–Waite reduction and Cephes' degree-6 polynomial; exactly 0 below −87.3, and NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, constant(EXP_LOWEST)), constant(EXP_HIGHEST));
  // Adding 1.5·2²³ rounds to the nearest integer and leaves it in the low bits of the mantissa.
  const magic = constant(ROUNDING);
  const shifted = madd(bounded, constant(LOG2_E), magic);
  const n = f32x4.sub(shifted, magic);
  let r = madd(n, constant(LN2_HIGH), bounded);
  r = madd(n, constant(LN2_LOW), r);
  let p = constant(EXP_6);
  p = madd(p, r, constant(EXP_5));
  p = madd(p, r, constant(EXP_4));
  p = madd(p, r, constant(EXP_3));
  p = madd(p, r, constant(EXP_2));
  p = madd(p, r, constant(EXP_1));
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, constant(ONE)));
  const scaled = i32x4.add(p, i32x4.shl(shifted, 23));
  return v128.andnot(scaled, f32x4.lt(x, constant(EXP_LOWEST)));
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(constant(ONE), f32x4.add(constant(ONE), exp(f32x4.neg(x))));
}

/** tanh by the rational 13/6 approximation that Eigen uses; absolute error below 4e-7. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, constant(TANH_LOWEST)), constant(TANH_HIGHEST));
  const q = f32x4.mul(bounded, bounded);
  let p = constant(TANH_P6);
  p = madd(p, q, constant(TANH_P5));
  p = madd(p, q, constant(TANH_P4));
  p = madd(p, q, constant(TANH_P3));
  p = madd(p, q, constant(TANH_P2));
  p = madd(p, q, constant(TANH_P1));
  p = madd(p, q, constant(TANH_P0));
  let d = constant(TANH_Q3);
  d = madd(d, q, constant(TANH_Q2));
  d = madd(d, q, constant(TANH_Q1));
  d = madd(d, q, constant(TANH_Q0));
  return f32x4.div(f32x4.mul(p, bounded), d);
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
// @ts-ignore: decorator
@inline
export function sum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3);
}

// @ts-ignore: decorator
@inline
export function largest(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}
