// What the operating system's refusals mean for a person: its code, as the data of an InnerloopError.

import { InnerloopError } from '../core/errors.ts';

const FULL = 'free some space there or choose another place';
const FORBIDDEN = 'choose a place that you may use, or change its permissions';

/** Reason and hint by errno code. */
const CAUSES: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: ['permission is denied', FORBIDDEN],
  EPERM: ['the operation is not permitted', FORBIDDEN],
  EROFS: ['the file system is read-only', 'choose a place that can be written'],
  ENOSPC: ['the disk is full', FULL],
  EDQUOT: ['your disk quota is used up', FULL],
  EFBIG: ['the file may not grow any larger', FULL],
  EIO: ['the disk reports an error', 'check the disk or choose another place'],
  ENOENT: ['no such file or folder', 'check the path'],
  ENOTDIR: ['a part of this path is a file, not a folder', 'choose another path'],
  EISDIR: ['expected a file, found a folder', 'choose another path'],
  EEXIST: ['it exists already', 'choose another path'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter one'],
  ELOOP: ['its symbolic links go round in a circle', 'choose another path'],
  EMFILE: ['too many files are open in this process', 'raise the limit (ulimit -n)'],
  ENFILE: ['too many files are open on this machine', 'close some programs'],
};

/** The errno code of `error`, `undefined` when it is not from the system. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `error` as an InnerloopError `file` about `path`; anything not from the system comes back as it is. */
export function fileError(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof InnerloopError) return error;
  const [reason, hint] = CAUSES[code] ?? [`the system answers ${code}`, 'choose another path'];
  return new InnerloopError({ kind: 'file', path, reason, hint }, { cause: error });
}

/** Runs `action`, whose refusals by the system become errors about `path`. @throws InnerloopError `file`. */
export function onFile<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileError(path, error);
  }
}
