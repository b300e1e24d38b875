// Gradient clipping by global norm, and Adam with decoupled weight decay.

import type { Heap } from './heap.ts';
import type { Parameters } from './parameters.ts';

/** Adam's settings. */
export interface AdamSettings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Share of every parameter that a step takes away, times the rate (Loshchilov & Hutter 2019); default 0. */
  readonly weightDecay?: number;
}

/** Pascanu et al. 2013, as PyTorch's `clip_grad_norm_`: min(1, limit / (norm + 1e-6)). */
export const clipFactor = (norm: number, limit: number): number => Math.min(1, limit / (norm + 1e-6));

/** βᵗ by multiplication alone: JavaScript engines disagree about the last bits of a power. */
export function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}

/** A range of floats in a parameter block. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** Splits `size` floats (a multiple of 16) into `count` contiguous slices at multiples of 16. */
export function slices(size: number, count: number): Slice[] {
  const units = size / 16;
  return Array.from({ length: count }, (_, i) => ({
    from: Math.floor((units * i) / count) * 16,
    to: Math.floor((units * (i + 1)) / count) * 16,
  }));
}

/**
 * One step of Adam over a slice of the parameters.
 * @param gradients address of the gradient block. @param step t ≥ 1. @param scale multiplies the gradients (clipping).
 */
export function adamStep(
  heap: Heap,
  parameters: Parameters,
  gradients: number,
  settings: AdamSettings,
  step: number,
  scale: number,
  slice: Slice = { from: 0, to: parameters.size },
): void {
  const { rate, beta1, beta2, epsilon, weightDecay = 0 } = settings;
  const { values, firstMoments, secondMoments } = parameters.blocks;
  const from = slice.from * 4;
  heap.kernels.adam(
    ...([(slice.to - slice.from) * 4, values + from, gradients + from, firstMoments + from] as const),
    ...([secondMoments + from, scale, rate / (1 - power(beta1, step))] as const),
    ...([1 / Math.sqrt(1 - power(beta2, step)), beta1, beta2, epsilon] as const),
    1 - rate * weightDecay,
  );
}
