// Vectors of one state's size.

import type { Random } from '../../core/random.ts';

export function norm(vector: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!;
  return Math.sqrt(squares);
}

/** A vector of length 1 in the direction of `vector`; zeros where that has none. */
export function unit(vector: ArrayLike<number>): Float64Array {
  const length = norm(vector);
  return Float64Array.from(vector, (value) => (length > 0 ? value / length : 0));
}

/** A direction drawn uniformly. */
export function randomUnit(size: number, random: Random): Float64Array {
  return unit(Float64Array.from({ length: size }, () => random.normal()));
}

/** A random vector of the norm of `vector`. */
export function randomAlike(vector: ArrayLike<number>, random: Random): Float32Array {
  const length = norm(vector);
  return Float32Array.from(randomUnit(vector.length, random), (value) => value * length);
}
