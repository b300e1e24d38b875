// Faulty keys: whether an entry fails depends on its problem and its step, and on nothing else.

import { threefry, type Words } from '../../core/random.ts';

/** Whether an operand or recall keyed in at `step` fails, which has probability `faults` over the problems' keys. */
export function breaks(chance: Words, step: number, faults: number): boolean {
  if (faults === 0) return false;
  const [bits] = threefry(chance, [step, 0]);
  return (bits >>> 8) / 0x1000000 < faults;
}
