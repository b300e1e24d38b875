// A machine's whole state as typed columns: how it is saved and gone back to.

import { assert } from '../core/assert.ts';

export type Column = Float64Array | Int32Array | Int8Array | Uint32Array | Uint8Array;

export const saveColumns = (columns: readonly Column[]): Column[] => columns.map((column) => column.slice());

/** Goes back to what `saveColumns` answered. @throws Error when `state` is of columns of other lengths. */
export function restoreColumns(columns: readonly Column[], state: unknown): void {
  const saved = state as readonly Column[];
  assert(
    Array.isArray(saved) && columns.every((column, i) => saved[i]?.length === column.length),
    'the saved state is of another task or capacity than this machine',
  );
  columns.forEach((column, i) => {
    column.set(saved[i]!);
  });
}
