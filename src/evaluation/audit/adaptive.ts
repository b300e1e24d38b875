// The most that a policy can solve which never sees its problem, but all that the machine shows and which tokens are
// legal: exact, by recursion over what it cannot yet tell apart.

import { type Problem, stepOutput, type Task } from '../../tasks/task.ts';
import { digest } from '../digest.ts';

/** Steps of one problem's machine at the most. */
const BUDGET = 400_000;

interface Lane {
  readonly state: unknown;
  /** What can be seen of it now. */
  readonly view: string;
}

/** @returns the share of `problems`, or `undefined` where it would take too long to know. */
export function blindCeiling(task: Task, problems: readonly Problem[]): number | undefined {
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  const only = Int32Array.of(0);
  const known = new Map<string, number>();
  let steps = 0;
  const view = () => `${out.observation.join()};${task.masked ? out.legal.join('') : ''}`;

  /** Most of `lanes`, which look alike, that can still be solved. */
  function best(lanes: readonly Lane[], left: number): number {
    const key = digest([left, lanes.map(({ state }) => state)]);
    const before = known.get(key);
    if (before !== undefined) return before;
    let most = 0;
    for (let token = 0; token < task.vocabulary.length && most < lanes.length; token++) {
      if (task.masked && lanes[0]!.view.split(';')[1]![token] !== '1') continue;
      let solved = 0;
      const groups = new Map<string, Lane[]>();
      for (const { state } of lanes) {
        if (++steps > BUDGET) return 0;
        machine.restore(state);
        machine.step(only, Int32Array.of(token), out);
        if (out.discount[0] === 0) {
          if (machine.solved(0)) solved++;
          continue;
        }
        const after = { state: machine.save(), view: view() };
        const group = groups.get(after.view);
        if (group) group.push(after);
        else groups.set(after.view, [after]);
      }
      for (const group of groups.values()) solved += best(group, left - 1);
      most = Math.max(most, solved);
    }
    known.set(key, most);
    return most;
  }

  const first = new Map<string, Lane[]>();
  for (const problem of problems) {
    machine.reset([problem], out);
    const seen = view();
    first.set(seen, [...(first.get(seen) ?? []), { state: machine.save(), view: seen }]);
  }
  let solved = 0;
  for (const group of first.values()) solved += best(group, task.programLimit);
  return steps > BUDGET ? undefined : solved / problems.length;
}
