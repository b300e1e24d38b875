// How a broken clause of the task contract is said.

import type { Task } from './task.ts';

export function demand(holds: boolean, task: Pick<Task, 'name'>, clause: string): asserts holds {
  if (!holds) throw new Error(`task ${task.name}: ${clause}`);
}

/** Compared as JSON, number for number. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
