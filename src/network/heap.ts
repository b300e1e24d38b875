// Memory under the kernels, shared by all threads that work on one network: allocation only grows it, and arenas
// reuse what they were given, so that it stays flat over any number of updates.

import { ensureMemory, instantiate, type KernelImage, type Kernels } from '../kernels/kernels.ts';

/** Bytes below this belong to the heap's and the threads' own control words. */
const BASE = 4096;
/** 32-bit word that holds the first free address, in units of 64 bytes; 0 means untouched. */
const FREE_WORD = 16;
const ALIGNMENT = 64;

/** Rounds `floats` up to a row that the kernels can walk (8 floats), in bytes. */
export const rowBytes = (floats: number): number => Math.ceil(floats / 8) * 32;

/** The calling thread's hold on the kernels and their memory. */
export class Heap {
  readonly image: KernelImage;
  readonly kernels: Kernels;

  constructor(image: KernelImage) {
    this.image = image;
    this.kernels = instantiate(image);
    const words = new Int32Array(image.memory.buffer);
    Atomics.compareExchange(words, FREE_WORD, 0, BASE / ALIGNMENT);
  }

  /** Takes `bytes`, zeroed and aligned to 64, for good. Safe from several threads. @returns the address. */
  allocate(bytes: number): number {
    // One unit of slack keeps blocks of a power of two from falling on the same cache sets.
    const units = Math.ceil(bytes / ALIGNMENT) + 1;
    const words = new Int32Array(this.image.memory.buffer, 0, FREE_WORD + 1);
    const at = Atomics.add(words, FREE_WORD, units) * ALIGNMENT;
    ensureMemory(this.image.memory, at + units * ALIGNMENT);
    return at;
  }

  /** Bytes taken so far. */
  get used(): number {
    return Atomics.load(new Int32Array(this.image.memory.buffer, 0, FREE_WORD + 1), FREE_WORD) * ALIGNMENT;
  }

  /** A view that is good until the memory grows: take it where it is used. */
  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.image.memory.buffer, at, length);
  }

  /** As `floats`, of 32-bit integers. */
  integers(at: number, length: number): Int32Array {
    return new Int32Array(this.image.memory.buffer, at, length);
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.image.memory.buffer, at, length);
  }

  zero(at: number, bytes: number): void {
    new Uint8Array(this.image.memory.buffer, at, bytes).fill(0);
  }
}

const CHUNK = 1 << 20;

/** A bump allocator over chunks of the heap; `reset` gives everything back at once and keeps the chunks. */
export class Arena {
  private readonly heap: Heap;
  private readonly chunks: { readonly at: number; readonly bytes: number }[] = [];
  private chunk = 0;
  private offset = 0;

  constructor(heap: Heap) {
    this.heap = heap;
  }

  /** `bytes` of memory with whatever was in it before. */
  allocate(bytes: number): number {
    const needed = (bytes + 63) & ~63;
    while (this.chunk < this.chunks.length) {
      const chunk = this.chunks[this.chunk]!;
      if (this.offset + needed <= chunk.bytes) {
        this.offset += needed;
        return chunk.at + this.offset - needed;
      }
      this.chunk++;
      this.offset = 0;
    }
    const size = Math.max(CHUNK, needed);
    const at = this.heap.allocate(size);
    this.chunks.push({ at, bytes: size });
    this.offset = needed;
    return at;
  }

  reset(): void {
    this.chunk = 0;
    this.offset = 0;
  }
}
