// Reference data from a file, and how far a recomputed number may be from it.

import { InnerloopError } from '../core/errors.ts';
import type { Safetensors } from '../formats/safetensors.ts';

/** One line of the report. */
export interface Comparison {
  readonly group: string;
  /** Worst max |difference| / max |reference| over the tensors of the group. */
  readonly error: number;
  readonly limit: number;
}

/** NaN does not. */
export const holds = ({ error, limit }: Comparison): boolean => error <= limit;

/** Of whatever precedes the gradients. */
export const FORWARD_LIMIT = 1e-5;
export const GRADIENT_LIMIT = 2e-5;

/** The tensors and settings of a reference file. */
export class Reference {
  private readonly file: Safetensors;

  constructor(file: Safetensors) {
    this.file = file;
  }

  tensor(name: string): { shape: readonly number[]; data: ArrayLike<number> } {
    const tensor = this.file.tensors.get(name);
    if (!tensor) {
      const what = `tensor '${name}'`;
      throw new InnerloopError({ kind: 'invalid', what, expected: 'to be in the reference file', received: 'nothing' });
    }
    return tensor as { shape: readonly number[]; data: ArrayLike<number> };
  }

  floats(name: string): { shape: readonly number[]; data: Float32Array<ArrayBuffer> } {
    const { data, shape } = this.tensor(name);
    return { shape, data: Float32Array.from(data) };
  }

  setting(name: string): number {
    const value = Number(this.file.metadata[name]);
    if (!Number.isFinite(value)) {
      const what = `metadata '${name}'`;
      throw new InnerloopError({
        kind: 'invalid',
        what,
        expected: 'a number',
        received: `${this.file.metadata[name]}`,
      });
    }
    return value;
  }
}

/** max |difference| / max |reference|. */
export function relativeError(actual: ArrayLike<number>, reference: ArrayLike<number>): number {
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < reference.length; i++) {
    const gap = Math.abs(actual[i]! - reference[i]!);
    difference = gap > difference || Number.isNaN(gap) ? gap : difference;
    largest = Math.max(largest, Math.abs(reference[i]!));
  }
  if (actual.length !== reference.length) return Number.POSITIVE_INFINITY;
  return largest > 0 ? difference / largest : difference;
}
