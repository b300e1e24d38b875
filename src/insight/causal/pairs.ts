// Hosts and donors: two problems whose programs begin alike and go on differently, so that whatever follows can only
// come from what the agent holds inside. The machine is in the same state for both, so the donor's program is legal.

import type { Random } from '../../core/random.ts';
import { Lanes } from '../../evaluation/audit/lanes.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import type { Playback } from '../playback.ts';
import { batches, grouped } from '../trials.ts';
import { operandsOf, renamed } from './rename.ts';

/** A problem with the agent's own greedy program. */
export interface Own {
  readonly problem: Problem;
  readonly program: readonly number[];
  readonly solved: boolean;
}

export interface Pair {
  readonly host: Own;
  readonly donor: Own;
  /** Tokens that both programs begin with, at the least. */
  readonly step: number;
}

/** Greedy play of any number of problems. */
export function ownPrograms(playback: Playback, problems: readonly Problem[]): Own[] {
  return batches(problems, playback.lanes).flatMap((some) =>
    playback
      .play(some, { choice: { kind: 'greedy' } })
      .map(({ program, solved }, i) => ({ problem: some[i]!, program, solved })),
  );
}

export interface PairOptions {
  /** Pairs for each step at the most. */
  readonly each: number;
  readonly random: Random;
}

/** Donors that are tried for one host. */
const TRIES = 4;

/**
 * For every step that a program of `pool` has, hosts with a donor each: another problem of `pool`, under the host's own
 * operands where it can be renamed. Hosts without a donor that fits are left out.
 */
export function pairsOf(task: Task, playback: Playback, pool: readonly Own[], { each, random }: PairOptions): Pair[] {
  const wanted: Wish[] = [];
  const steps = Math.max(0, ...pool.map(({ program }) => program.length));
  for (let step = 0; step < steps; step++) {
    const chance = random.fold(step);
    const longer = pool.filter(({ program }) => program.length > step);
    const kin = grouped(longer, ({ program }) => beginning(task, program, step));
    const hosts = chance.shuffled(longer);
    // Some will find no donor that fits.
    for (const host of hosts.slice(0, 2 * each)) {
      const others = kin.get(beginning(task, host.program, step))!.filter((other) => other !== host);
      const tried = chance.shuffled(others).slice(0, TRIES);
      wanted.push({
        host,
        step,
        donors: tried.map((other) => asDonor(task, host, other, step, chance) ?? other.problem),
      });
    }
  }
  // All that may serve as donors play at once.
  const asked = wanted.flatMap(({ donors }) => donors);
  const played = ownPrograms(playback, asked);
  const pairs: Pair[] = [];
  const counts = new Map<number, number>();
  let at = 0;
  for (const { donors, host, step } of wanted) {
    const own = played.slice(at, at + donors.length);
    at += donors.length;
    const count = counts.get(step) ?? 0;
    if (count === each) continue;
    const donor = own.find((other) => fits(task, host, other, step));
    if (!donor) continue;
    pairs.push({ host, donor, step });
    counts.set(step, count + 1);
  }
  return pairs;
}

interface Wish {
  readonly host: Own;
  readonly step: number;
  readonly donors: readonly Problem[];
}

/** What a program's first tokens are when operands are counted in the order of their use. */
function beginning(task: Task, program: readonly number[], step: number): string {
  const tokens = program.slice(0, step);
  const operands = operandsOf(task, tokens);
  if (!task.parse) return tokens.join(' ');
  return tokens.map((token) => (operands.includes(token) ? `#${operands.indexOf(token)}` : token)).join(' ');
}

/** `other` under the operands of `host`: those used so far in the same order, the others by lot. */
function asDonor(task: Task, host: Own, other: Own, step: number, random: Random): Problem | undefined {
  const [used, theirs] = [host, other].map(({ program }) => operandsOf(task, program.slice(0, step)));
  const unused = ({ problem }: Own, but: readonly number[]) =>
    operandsOf(task, task.context(problem)).filter((operand) => !but.includes(operand));
  const [left, theirLeft] = [random.shuffled(unused(host, used!)), unused(other, theirs!)];
  if (left.length !== theirLeft.length || used!.length !== theirs!.length) return undefined;
  const names = new Map([
    ...theirs!.map((operand, i) => [operand, used![i]!] as const),
    ...theirLeft.map((operand, i) => [operand, left[i]!] as const),
  ]);
  return renamed(task, other.problem, names);
}

/** Whether both begin alike, go on differently, and the donor's program can be played on the host's machine. */
function fits(task: Task, host: Own, donor: Own, step: number): boolean {
  const { program } = donor;
  if (program.length <= step || !program.every((token, i) => i >= step || token === host.program[i])) return false;
  const alike = program.length === host.program.length && program.every((token, i) => token === host.program[i]);
  return !alike && lanesAfter(task, host.problem, program) !== undefined;
}

/** Plays `program` on its machine. @returns `undefined` where a token may not be chosen, or comes after the end. */
function lanesAfter(task: Task, problem: Problem, program: readonly number[]): Lanes | undefined {
  const lanes = new Lanes(task, [problem]);
  for (const token of program) {
    if (lanes.live.length === 0 || !lanes.isLegal(0, token)) return undefined;
    lanes.step(token);
  }
  return lanes;
}

/** Whether `program` solves `problem`. */
export const solves = (task: Task, problem: Problem, program: readonly number[]): boolean =>
  lanesAfter(task, problem, program)?.solved[0] === 1;
