// What differs between a page and Node, set once by the program's entry (kernels/node.ts) and otherwise a browser's.

import { InnerloopError } from '../core/errors.ts';

/** A thread of execution that was given a message when it started. */
export interface Thread {
  /** Called with whatever the thread posts, or with an error. */
  listen(onMessage: (message: unknown) => void, onError: (error: Error) => void): void;
  terminate(): void;
}

export interface Platform {
  /** Whether the engine fuses pairs of 128-bit operations; see `KernelImage.wideTiles`. */
  readonly wideTiles: boolean;
  /** Whether memory can be shared between threads. */
  readonly sharedMemory: boolean;
  /** Posts `message` to a worker that `create` makes. */
  start(worker: WorkerSource, message: unknown): Thread;
}

/**
 * How to make a worker: `create` is a literal `new Worker(new URL(…))`, which bundlers recognise, and `url` the same
 * address for platforms that make workers in another way.
 */
export interface WorkerSource {
  readonly url: URL;
  create(): Worker;
}

const BROWSER: Platform = {
  wideTiles: false,
  get sharedMemory() {
    // A page's own thread may not wait for another one.
    return globalThis.crossOriginIsolated === true && 'WorkerGlobalScope' in globalThis;
  },
  start(source, message) {
    if (typeof Worker === 'undefined') {
      throw new InnerloopError({
        kind: 'conflict',
        what: 'this runtime has no workers of its own',
        hint: "call accelerate() of 'innerloop/node' first, or train with one thread",
      });
    }
    const worker = source.create();
    worker.postMessage(message);
    return {
      listen(onMessage, onError) {
        worker.onmessage = ({ data }) => onMessage(data);
        worker.onerror = ({ message: reason }) => onError(new Error(reason));
      },
      terminate: () => worker.terminate(),
    };
  },
};

let current = BROWSER;

/** The platform in force. */
export const platform = (): Platform => current;

/** Puts another platform in force, for this thread. */
export function usePlatform(next: Platform): void {
  current = next;
}
