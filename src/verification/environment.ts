// Recomputes the reference cases of the published environment: stage, digits, actions → reward and steps.

import { InnerloopError } from '../core/errors.ts';
import { runProgram } from '../tasks/tutorial/machine.ts';
import type { Comparison } from './reference.ts';

const COLUMNS = 'stage,a,b,c,d,e,actions,reward,steps';
/** Rewards are sums of a few decimals: only their last bits may differ. */
const REWARD_LIMIT = 1e-6;

export interface EnvironmentReport {
  readonly rows: number;
  /** Lines of the file (from 1, the header's) that come to something else. */
  readonly wrong: readonly number[];
  /** The largest difference of rewards and of steps. */
  readonly comparisons: readonly Comparison[];
}

/** @param name of the file, for messages. @throws InnerloopError `file` where a row cannot be read. */
export function verifyEnvironment(csv: string, name: string): EnvironmentReport {
  const refuse = (reason: string) =>
    new InnerloopError({ kind: 'file', path: name, reason, hint: 'restore the file from a copy' });
  const [header, ...lines] = csv.trimEnd().split(/\r?\n/);
  if (header !== COLUMNS) throw refuse(`expected the columns ${COLUMNS}, found '${header}'`);
  if (lines.length === 0) throw refuse('it has no rows');
  const wrong: number[] = [];
  let [reward, steps] = [0, 0];
  for (const [i, line] of lines.entries()) {
    const row = parseRow(line);
    if (!row) throw refuse(`line ${i + 2} is not a case: '${line.slice(0, 80)}'`);
    const run = runProgram(row.problem, row.actions);
    const differences = [Math.abs(run.reward - row.reward), Math.abs(run.steps - row.steps)] as const;
    if (differences[0] > REWARD_LIMIT || differences[1] > 0) wrong.push(i + 2);
    reward = Math.max(reward, differences[0]);
    steps = Math.max(steps, differences[1]);
  }
  const comparisons = [
    { group: 'environment/reward', error: reward, limit: REWARD_LIMIT },
    { group: 'environment/steps', error: steps, limit: 0 },
  ];
  return { rows: lines.length, wrong, comparisons };
}

function parseRow(line: string) {
  const cells = line.split(',');
  const numbers = cells.map((cell, i) => (i === 6 ? 0 : cell.trim() === '' ? Number.NaN : Number(cell)));
  const [level, a, b, c, d, e, , reward, steps] = numbers as [number, ...number[]];
  const digits = [a!, b!, c!, d!, e!];
  const actions = (cells[6] ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
  const valid =
    cells.length === 9 &&
    [0, 1, 2].includes(level) &&
    digits.every((digit) => Number.isInteger(digit) && digit >= 0 && digit <= 9) &&
    actions.every((action) => Number.isInteger(action) && action >= 0 && action <= 17) &&
    Number.isFinite(reward) &&
    Number.isInteger(steps);
  return valid ? { problem: { level, digits }, actions, reward: reward!, steps: steps! } : undefined;
}
