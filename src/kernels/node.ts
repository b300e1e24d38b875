// What only Node has: V8's switch for fusing pairs of 128-bit operations into 256-bit ones.

import v8 from 'node:v8';

/**
 * Turns on V8's `--experimental-wasm-revectorize` for this process (Node 22, 24, 26). Must come before the kernels are
 * compiled. The bits of every result stay the same; the flag is process-wide, so only a program's entry should call this.
 * @returns whether this Node has the switch.
 */
export function enableRevectorisation(): boolean {
  if (!globalThis.process?.versions?.v8) return false;
  // V8 answers an unknown flag with a message on standard error, so an old version is not asked.
  if (Number(process.versions.node.split('.')[0]) < 22) return false;
  v8.setFlagsFromString('--experimental-wasm-revectorize');
  return true;
}
