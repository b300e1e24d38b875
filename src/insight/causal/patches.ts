// The patches that are tried, and whose way a patched program goes.

import type { Pair } from './pairs.ts';

/**
 * - `none`: nothing is changed, to see that the instrument itself changes nothing.
 * - `state`, `memory`, `both`: of the donor.
 * - `random state`, `random memory`: random values of the donor's norm (of the memory: of each place).
 * - `another state`, `another memory`: of the donor of another pair of the same step.
 * - `blank memory`: the host's own tokens, but each place encoded in another problem's context that has the same token
 *   there: the same where the memory holds no more than what stands in its places.
 * - `jostled memory`: the host's own, each place moved at random as far as that moves it.
 * - `untrained …`: an untrained network of the same shape, patched as the agent is, on pairs that it makes itself of the same
 *   problems. Whatever a network does, state and context decide it: where one of them decides without any training, that it
 *   does tells nothing of a plan.
 */
export const PATCHES = [
  'none',
  'state',
  'memory',
  'both',
  'random state',
  'another state',
  'random memory',
  'another memory',
  'blank memory',
  'jostled memory',
  'untrained state',
  'untrained memory',
  'untrained both',
] as const;
export type Patch = (typeof PATCHES)[number];

export interface Patched {
  readonly pair: Pair;
  readonly patch: Patch;
  readonly program: readonly number[];
  readonly solved: boolean;
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((token, i) => token === b[i]);

/** Whose way a program goes: to its end, and with the first token that tells. */
export function followed({ pair: { donor, host }, program }: Patched) {
  const fork = donor.program.findIndex((token, i) => token !== host.program[i]);
  // One of the two may end where the other goes on.
  const tells = fork < 0 ? donor.program.length : fork;
  return {
    donor: same(program, donor.program),
    host: same(program, host.program),
    donorFirst: tells < donor.program.length && program[tells] === donor.program[tells],
    hostFirst: tells < host.program.length && program[tells] === host.program[tells],
  };
}
