// A file that says what its own contents come to, so that a byte that has changed since does not pass for what was learnt.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { InnerloopError } from '../core/errors.ts';
import type { Safetensors } from './safetensors.ts';

const KEY = 'digest';

type Metadata = Safetensors['metadata'];
type Tensors = Safetensors['tensors'];

/** `metadata` with the digest of all that is written: every other text, and the names, types, shapes and bytes of `tensors`. */
export const withDigest = (metadata: Metadata, tensors: Tensors): Metadata => ({
  ...metadata,
  [KEY]: digestOf(metadata, tensors),
});

/**
 * A file without a digest, as earlier versions wrote them, passes.
 *
 * @param name what errors call the file.
 * @throws InnerloopError `file` where the contents are not those that were written.
 */
export function checkDigest({ metadata, tensors }: Safetensors, name: string): void {
  const told = metadata[KEY];
  if (told === undefined || told === digestOf(metadata, tensors)) return;
  const reason = 'it is damaged: its contents have changed since they were written (their digest is another)';
  throw new InnerloopError({ kind: 'file', path: name, reason, hint: 'use an intact copy of the file' });
}

/** SHA-256 in hexadecimal, whatever the order of texts and tensors. */
function digestOf(metadata: Metadata, tensors: Tensors): string {
  const hash = sha256.create();
  const put = (value: unknown): unknown => hash.update(utf8ToBytes(JSON.stringify(value)));
  put(byKey(Object.entries(metadata)).filter(([key]) => key !== KEY));
  for (const [key, { data, dtype, shape }] of byKey([...tensors])) {
    put([key, dtype, shape]);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return bytesToHex(hash.digest());
}

/** By code units: the same on every machine. */
const byKey = <T>(entries: [key: string, value: T][]): [key: string, value: T][] =>
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
