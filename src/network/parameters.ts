// Named parameters over four identical contiguous blocks (value, gradient, both Adam moments). Inside, matrices lie as
// the kernels want them; outside, they have PyTorch's state-dict names, shapes and order.

import { assert } from '../core/assert.ts';
import { InnerloopError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { Heap } from './heap.ts';

/** How a tensor starts: N(0, 1), uniform on ±`uniform`, or all `constant`. */
export type Initialisation = 'normal' | { readonly uniform: number } | { readonly constant: number };

interface NamedTensor {
  readonly name: string;
  /** PyTorch's shape: one or two sizes. */
  readonly shape: readonly number[];
  readonly initialisation: Initialisation;
  /** Float index in the block of PyTorch's element (i, j). */
  readonly place: (i: number, j: number) => number;
}

/** A tensor outside of the engine, row-major in PyTorch's layout. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** Where one network's blocks lie; plain numbers, so that another thread can use them. */
export interface ParameterBlocks {
  readonly values: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
}

/** Parameters and optimiser moments of one network: layers declare theirs, then `allocate` makes the blocks. */
export class Parameters {
  private readonly heap: Heap;
  private readonly tensors: NamedTensor[] = [];
  private trainable = 0;
  private derivedFloats = 0;
  private allocated: ParameterBlocks | undefined;

  constructor(heap: Heap) {
    this.heap = heap;
  }

  /** Room for a layer's storage. @returns its byte offset in every block. */
  storage(floats: number): number {
    assert(!this.allocated, 'storage is declared before the blocks are allocated');
    const offset = this.trainable * 4;
    this.trainable += Math.ceil(floats / 16) * 16;
    return offset;
  }

  /**
   * Room in gradient blocks, behind the parameters, for the gradient of a table that a layer computes from them once
   * per update: it is summed with theirs, and the layer then turns it into theirs.
   * @returns its byte offset behind `size`.
   */
  derived(floats: number): number {
    assert(!this.allocated, 'tables are declared before the blocks are allocated');
    const offset = this.derivedFloats * 4;
    this.derivedFloats += Math.ceil(floats / 16) * 16;
    return offset;
  }

  /** Names a tensor inside a storage at byte `offset`; `place` answers the float index within that storage. */
  tensor(
    name: string,
    shape: readonly number[],
    initialisation: Initialisation,
    offset: number,
    place: (i: number, j: number) => number,
  ): void {
    this.tensors.push({ name, shape, initialisation, place: (i, j) => offset / 4 + place(i, j) });
  }

  /** Makes the blocks, zeroed, or takes those that another thread made from the same declarations. */
  allocate(blocks?: ParameterBlocks): void {
    const { heap } = this;
    this.allocated = blocks ?? {
      values: heap.allocate(this.size * 4),
      firstMoments: heap.allocate(this.size * 4),
      secondMoments: heap.allocate(this.size * 4),
    };
  }

  get blocks(): ParameterBlocks {
    assert(this.allocated !== undefined, 'the parameter blocks are not allocated');
    return this.allocated;
  }

  /** Address of the values. */
  get values(): number {
    return this.blocks.values;
  }

  /** Floats of the trainable part, padding included; a multiple of 16. */
  get size(): number {
    return this.trainable;
  }

  /** Floats of a gradient block, derived tables included. */
  get total(): number {
    return this.trainable + this.derivedFloats;
  }

  /** How many numbers are trained, without padding. */
  get count(): number {
    return this.tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0);
  }

  /** Draws every tensor anew, in declaration order, each from its own stream. */
  initialise(random: Random): void {
    const values = this.heap.floats(this.values, this.size);
    for (const [index, { initialisation, place, shape }] of this.tensors.entries()) {
      const stream = random.fold(index);
      forEachElement(shape, (i, j) => {
        values[place(i, j)] = draw(initialisation, stream);
      });
    }
  }

  /** Copies a block out under PyTorch's names. @param block address of a block, the values' by default. */
  export(block: number = this.values): NamedArray[] {
    const floats = this.heap.floats(block, this.size);
    return this.tensors.map(({ name, place, shape }) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b));
      let at = 0;
      forEachElement(shape, (i, j) => {
        data[at++] = floats[place(i, j)]!;
      });
      return { name, shape, data };
    });
  }

  /**
   * Copies tensors into a block.
   * @param source answers a tensor by name. @throws InnerloopError where one is missing or has another shape.
   */
  import(source: (name: string) => Omit<NamedArray, 'name'> | undefined, block: number = this.values): void {
    const floats = this.heap.floats(block, this.size);
    for (const { name, place, shape } of this.tensors) {
      const given = source(name);
      if (!given || given.shape.join() !== shape.join()) {
        throw new InnerloopError({
          kind: 'invalid',
          what: `tensor '${name}'`,
          expected: `shape [${shape.join(', ')}]`,
          received: given ? `[${given.shape.join(', ')}]` : 'nothing',
          hint: 'use a checkpoint of the same task and agent',
        });
      }
      let at = 0;
      forEachElement(shape, (i, j) => {
        floats[place(i, j)] = given.data[at++]!;
      });
    }
  }
}

function draw(initialisation: Initialisation, stream: Random): number {
  if (initialisation === 'normal') return stream.normal();
  if ('constant' in initialisation) return initialisation.constant;
  return (2 * stream.uniform() - 1) * initialisation.uniform;
}

function forEachElement(shape: readonly number[], visit: (i: number, j: number) => void): void {
  const [rows, columns = 1] = shape as [number, number?];
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) visit(i, j);
}
