// A task of one's own, from the file that exports it.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InnerloopError } from '../core/errors.ts';
import type { Problem, Task } from '../tasks/task.ts';

/** Whether `name` means a file rather than a task that ships. */
export const isTaskFile = (name: string): boolean => /\.[cm]?[jt]s$/.test(name);

/**
 * The task that the module `path` exports: its default export, or the only export that is a task.
 * @throws InnerloopError `file` where there is no such file, it cannot be loaded, or it has no task or several.
 */
export async function loadTask(path: string): Promise<Task<Problem>> {
  const refuse = (reason: string, hint: string, cause?: unknown) =>
    new InnerloopError({ kind: 'file', path, reason, hint }, { cause });
  if (!existsSync(path)) throw refuse('there is no such file', 'name a module that exports a task');
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse(`it cannot be loaded (${reason.split('\n')[0]})`, 'see that Node can run it by itself', error);
  }
  const found = Object.entries(module).filter((entry): entry is [string, Task<Problem>] => isTask(entry[1]));
  const [task] = found.filter(([name]) => name === 'default').concat(found);
  const others = new Set(found.map(([, value]) => value));
  if (task && (task[0] === 'default' || others.size === 1)) return task[1];
  if (!task) throw refuse('it exports no task', 'export what `scalarTask` gives, or an object with the parts of Task');
  const names = found.map(([name]) => name).join(', ');
  throw refuse(`it exports several tasks (${names})`, 'make the one that is meant its default export');
}

/** By the parts that every task has and hardly anything else. */
function isTask(value: unknown): value is Task<Problem> {
  if (typeof value !== 'object' || value === null) return false;
  const { machine, sample, vocabulary } = value as Partial<Task<Problem>>;
  return typeof machine === 'function' && typeof sample === 'function' && Array.isArray(vocabulary);
}
