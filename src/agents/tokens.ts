// The embedding that agents share: a row for every token, and one for every value of every observed field.

import { Embedding } from '../network/layers/embedding.ts';
import type { Initialisation, Parameters } from '../network/parameters.ts';
import type { Tape } from '../network/tape.ts';
import type { Task } from '../tasks/task.ts';

/** Declares `emb.weight` and, for each observed field, `obs_emb.<field>.weight`. */
export function embedTokens(parameters: Parameters, task: Task, size: number, initialisation?: Initialisation) {
  const vocabulary = task.vocabulary.length;
  const parts = [{ name: 'emb.weight', rows: vocabulary }];
  let rows = vocabulary;
  /** First embedding row of each observation field. */
  const fieldRows = task.observation.map((field) => {
    parts.push({ name: `obs_emb.${field.name}.weight`, rows: field.size });
    rows += field.size;
    return rows - field.size;
  });
  return { embedding: new Embedding(parameters, parts, size, initialisation), fieldRows };
}

/** Addresses of int32 [rows] columns: the embedding row of each field's value. */
export function observationColumns(
  tape: Tape,
  fieldRows: readonly number[],
  observation: Int32Array,
  rows: number,
): number[] {
  return fieldRows.map((first, field) => {
    const column = tape.column(rows);
    const indices = tape.heap.integers(column, rows);
    for (let row = 0; row < rows; row++) indices[row] = first + observation[row * fieldRows.length + field]!;
    return column;
  });
}

/**
 * The row of each level in an embedding of `rows` levels. Levels beyond those that an agent was made for take the
 * highest one's: of all that it has learnt, the nearest.
 */
export function levelRows(levels: ArrayLike<number>, rows: number): number[] {
  return Array.from(levels, (level) => Math.min(level, rows - 1));
}
