// Which structures may be trained on: a fifth of them, or of their algebraic classes, is held out from three operators
// up, by a hash, half for validation and half for test. Levels of one and two operators hold nothing out.

import type { Random } from '../../core/random.ts';
import { fnv1a, splitOfHash } from '../holdOut.ts';
import { SPLITS, type Split } from '../task.ts';
import { algebraicClass } from './classes.ts';
import { drawRank, operatorCount, structureAt, structureCount } from './structure.ts';

/** What is held out: single structures, or whole classes equal up to algebra and renaming. */
export type SplitBy = 'structure' | 'class';

/** Fewest operators of a level that holds anything out. */
export const FIRST_HELD_OUT = 3;

/** Put before the name of a class, so that near a fifth of the classes and of their structures is held out at each level. */
const CLASS_SALT = '250';

/** The split that `structure` belongs to; `undefined` where nothing is held out and every split draws from all. */
export function splitOf(structure: string, by: SplitBy): Split | undefined {
  if (operatorCount(structure) < FIRST_HELD_OUT) return undefined;
  return splitOfHash(fnv1a(by === 'class' ? CLASS_SALT + algebraicClass(structure) : structure));
}

/** Whether `structure` may be trained on. */
export function trainable(structure: string, by: SplitBy): boolean {
  const split = splitOf(structure, by);
  return split === undefined || split === 'train';
}

/** By kind of split and operators: for each rank 0 while unknown, else 1 + the index in `SPLITS`. */
const known: Record<SplitBy, Uint8Array[]> = { structure: [], class: [] };

function splitIndex(n: number, rank: number, by: SplitBy): number {
  known[by][n] ??= new Uint8Array(structureCount(n));
  const cells = known[by][n]!;
  if (cells[rank] === 0) cells[rank] = 1 + SPLITS.indexOf(splitOf(structureAt(n, rank), by)!);
  return cells[rank]! - 1;
}

/** A structure of `n` operators drawn uniformly from those of `split`. */
export function drawStructure(n: number, split: Split, by: SplitBy, random: Random): string {
  let rank = drawRank(n, random);
  if (n >= FIRST_HELD_OUT) {
    const wanted = SPLITS.indexOf(split);
    while (splitIndex(n, rank, by) !== wanted) rank = drawRank(n, random);
  }
  return structureAt(n, rank);
}
