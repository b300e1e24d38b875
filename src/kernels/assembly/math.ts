// Elementary functions by +, −, ×, ÷ alone, four lanes at a time: the same bits on every engine.

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
  const bounded = f32x4.pmin(f32x4.pmax(x, splat(-87.3)), splat(88.3));
  // Adding 1.5·2²³ rounds to the nearest integer and leaves it in the low bits of the mantissa.
  const magic = splat(12582912.0);
  const shifted = madd(bounded, splat(1.44269504088896341), magic);
  const n = f32x4.sub(shifted, magic);
  let r = madd(n, splat(-0.693359375), bounded);
  r = madd(n, splat(2.1219444e-4), r);
  let p = splat(1.98756915e-4);
  p = madd(p, r, splat(1.3981999507e-3));
  p = madd(p, r, splat(8.3334519073e-3));
  p = madd(p, r, splat(4.1665795894e-2));
  p = madd(p, r, splat(1.6666665459e-1));
  p = madd(p, r, splat(5.0000001201e-1));
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, splat(1)));
  const scaled = i32x4.add(p, i32x4.shl(shifted, 23));
  return v128.andnot(scaled, f32x4.lt(x, splat(-87.3)));
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exp(f32x4.neg(x))));
}

/** tanh by the rational 13/6 approximation that Eigen uses; absolute error below 4e-7. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, splat(-7.90531110763549805)), splat(7.90531110763549805));
  const q = f32x4.mul(bounded, bounded);
  let p = splat(-2.76076847742355e-16);
  p = madd(p, q, splat(2.00018790482477e-13));
  p = madd(p, q, splat(-8.60467152213735e-11));
  p = madd(p, q, splat(5.12229709037114e-8));
  p = madd(p, q, splat(1.48572235717979e-5));
  p = madd(p, q, splat(6.37261928875436e-4));
  p = madd(p, q, splat(4.89352455891786e-3));
  let d = splat(1.19825839466702e-6);
  d = madd(d, q, splat(1.18534705686654e-4));
  d = madd(d, q, splat(2.268434632439e-3));
  d = madd(d, q, splat(4.89352518554385e-3));
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
