// What fails by chance: a key, a link. Whether it does depends on its problem and its step, and on nothing else.

import { threefry, type Words } from '../core/random.ts';

/** Whether what is tried at `step` fails, which has probability `faults` over problems and steps. */
export function breaks(chance: Words, step: number, faults: number): boolean {
  if (faults === 0) return false;
  const [bits] = threefry(chance, [step, 0]);
  return (bits >>> 8) / 0x1000000 < faults;
}
