// The fingerprint of a network.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { NamedArray } from '../network/parameters.ts';

/** SHA-256 over the tensors in state-dict order, as little-endian float32, in hexadecimal. */
export function parameterHash(tensors: readonly NamedArray[]): string {
  const hash = sha256.create();
  for (const { data } of tensors) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return bytesToHex(hash.digest());
}
