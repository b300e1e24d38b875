// Files of one folder and of nowhere else, whatever links stand in it.

import { constants, realpathSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { sep } from 'node:path';
import { onFile } from '../runs/fileErrors.ts';
import { Refusal } from './refusal.ts';

/** Whether the real path of `path` lies in `root`, itself a real path. @throws InnerloopError `file` where there is none. */
export function isInside(root: string, path: string): boolean {
  return contains(
    root,
    onFile(path, () => realpathSync(path)),
  );
}

function contains(root: string, real: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

/**
 * Opens the plain file `path` for reading.
 *
 * @throws Refusal 403 when a link on its way leads out of `root`, 404 when it is no plain file; what the system says.
 */
export async function openInside(root: string, path: string): Promise<FileHandle> {
  const real = realpathSync(path);
  if (!contains(root, real)) throw new Refusal(403, 'a symbolic link there leads out of the served folder');
  // A link put there since is not followed, and a named pipe is not waited for.
  const handle = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    if ((await handle.stat()).isFile()) return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  throw new Refusal(404, 'that is not a file');
}
