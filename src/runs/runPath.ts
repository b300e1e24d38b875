// Where a new run goes when nobody says.

import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/** `<task>-<preset>-seed<N>`. What no folder can be called, as a slash in the name of one's own task, becomes `_`. */
export function runName(task: string, preset: string, seed: number): string {
  return `${task.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')}-${preset}-seed${seed}`;
}

/** `<base>/<name>`, or with `-2`, `-3` … the first that does not exist. Makes nothing. */
export function freshRunPath(base: string, name: string): string {
  let path = join(base, name);
  for (let n = 2; isTaken(path); n++) path = join(base, `${name}-${n}`);
  return path;
}

function isTaken(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false; // not there, or not reachable: making it will say why
  }
}
