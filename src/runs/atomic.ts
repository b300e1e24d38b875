// Files that are there whole or not at all, whatever happens while they are written.

import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, onFile } from './fileErrors.ts';

const TEMPORARY = '.tmp';

/** A name beside `path` that no other process or thread uses; `removeTemporaries` finds it. */
export function temporaryBeside(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}${TEMPORARY}`;
}

/**
 * Writes `bytes` to `path`, replacing what is there. A reader, a crash or a power cut at any moment finds the old file or
 * the new one; on failure the old one stays and the temporary file is removed.
 *
 * @throws InnerloopError `file`: full disk, no permission, not a folder …
 */
export function writeFileAtomic(path: string, bytes: Uint8Array | string): void {
  const temporary = temporaryBeside(path);
  onFile(path, () => {
    try {
      const fd = openSync(temporary, 'wx');
      try {
        writeFileSync(fd, bytes);
        // Before the rename: else a power cut may leave the new name with none of the bytes.
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      renameSync(temporary, path);
    } catch (error) {
      removeIfThere(temporary);
      throw error;
    }
    syncFolder(dirname(path));
  });
}

/** Makes the names in `folder` (files created, renamed, removed) survive a power cut. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // cannot open a folder, and does not need to
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    // Some network file systems refuse this; the file itself is complete.
    if (errorCode(error) !== 'EINVAL' && errorCode(error) !== 'ENOTSUP') throw error;
  } finally {
    closeSync(fd);
  }
}

/** Removes what processes killed while writing left in `folder`. Call it only when no other process writes there. */
export function removeTemporaries(folder: string): void {
  for (const name of onFile(folder, () => readdirSync(folder))) {
    if (name.endsWith(TEMPORARY)) removeIfThere(join(folder, name));
  }
}

/** Best effort: for cleaning up, where the first error is the one to report. */
export function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Not there, or not ours to remove.
  }
}
