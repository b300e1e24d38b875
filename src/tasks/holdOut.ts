// What is held out of training, by a hash: a fifth, half of it for validation and half for test.

import type { Split } from './task.ts';

/** FNV-1a, 32 bits, of the characters of `text` (Fowler, Noll and Vo; ASCII only). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The split of what hashes to `hash`: multiples of five are held out, the next bit says for what. FNV-1a keeps parity, so
 * that bit is the parity of the characters' codes: validation and test are no random halves of what is held out.
 */
export function splitOfHash(hash: number): Split {
  if (hash % 5 !== 0) return 'train';
  return Math.floor(hash / 5) % 2 === 0 ? 'validation' : 'test';
}
