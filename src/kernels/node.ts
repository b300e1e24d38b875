// What only Node has: V8's switch for fusing pairs of 128-bit operations into 256-bit ones, and worker threads.

import v8 from 'node:v8';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { usePlatform } from './platform.ts';

/**
 * Makes training faster in this Node process and lets it use several threads: turns on V8's
 * `--experimental-wasm-revectorize` (Node 22, 24 and 26). To be called before the first training. The flag is
 * process-wide, so only a program's entry should call this; the bits of every result stay the same.
 * @param options.revectorise false leaves V8 alone; threads only.
 */
export function accelerate(options: { readonly revectorise?: boolean } = {}): void {
  // V8 answers an unknown flag with a message on standard error, so an old version is not asked.
  const wideTiles = (options.revectorise ?? true) && Number(process.versions.node.split('.')[0]) >= 22;
  if (wideTiles) v8.setFlagsFromString('--experimental-wasm-revectorize');
  usePlatform({
    wideTiles,
    sharedMemory: true,
    start({ url }, message) {
      const worker = new Worker(new URL(import.meta.url), { workerData: { workerUrl: url.href, message } });
      // A worker never keeps the program alive: the thread that trains does.
      worker.unref();
      return {
        listen(onMessage, onError) {
          worker.on('message', onMessage);
          worker.on('error', onError);
        },
        terminate: () => void worker.terminate(),
      };
    },
  });
}

/** What a worker module exports: a page calls it from `onmessage`, Node from here. */
interface WorkerModule {
  start(message: unknown, post: (message: unknown) => void): void;
}

if (!isMainThread && workerData?.workerUrl) {
  const { message, workerUrl } = workerData as { message: unknown; workerUrl: string };
  const { start } = (await import(workerUrl)) as WorkerModule;
  start(message, (answer) => parentPort?.postMessage(answer));
}
