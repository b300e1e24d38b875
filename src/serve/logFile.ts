// A log read from where one stopped, in large pieces that leave the event loop time for others.

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Refusal } from './refusal.ts';

const NEWLINE = 0x0a;
const PIECE = 1 << 22; // bytes
const LONGEST_LINE = 1 << 26;
const TAIL = 1 << 13;
const LONGEST_TAIL = 1 << 22;

/**
 * Hands all whole lines from byte `from` on to `take`, many at a time: they stand in `bytes` from `start`, and the last
 * one ends with the newline at `end`. A torn last line is left for later.
 *
 * @returns the byte after the last whole line.
 */
export async function readLines(
  handle: FileHandle,
  from: number,
  take: (bytes: Buffer, start: number, end: number) => void,
): Promise<number> {
  let bytes = Buffer.allocUnsafe(PIECE);
  let kept = 0; // bytes of a line that is not whole yet
  for (let position = from; ; ) {
    if (kept === bytes.length) {
      if (kept >= LONGEST_LINE) throw new Refusal(422, `a line is longer than ${LONGEST_LINE} bytes`);
      const longer = Buffer.allocUnsafe(bytes.length * 2);
      bytes.copy(longer);
      bytes = longer;
    }
    const { bytesRead } = await handle.read(bytes, kept, bytes.length - kept, position);
    if (bytesRead === 0) return position - kept;
    position += bytesRead;
    const filled = kept + bytesRead;
    const end = bytes.lastIndexOf(NEWLINE, filled - 1);
    if (end >= 0) take(bytes, 0, end);
    bytes.copyWithin(0, end + 1, filled);
    kept = filled - end - 1;
  }
}

/** The last whole line of the plain file `path`, `undefined` when there is none. A link is not followed. */
export function lastLine(path: string): string | undefined {
  if (!lstatSync(path).isFile()) return undefined;
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = fstatSync(fd);
    for (let length = Math.min(TAIL, size); ; length = Math.min(length * 8, size)) {
      const bytes = Buffer.allocUnsafe(length);
      const read = readSync(fd, bytes, 0, length, size - length);
      const end = bytes.subarray(0, read).lastIndexOf(NEWLINE);
      const start = end > 0 ? bytes.lastIndexOf(NEWLINE, end - 1) : -1;
      const reachesStart = length === size;
      if (end >= 0 && (start >= 0 || reachesStart)) return bytes.toString('utf8', start + 1, end);
      if (reachesStart || length >= LONGEST_TAIL) return undefined;
    }
  } finally {
    closeSync(fd);
  }
}
