// A task of one's own, from the file that exports it: to be trained or audited, and to open its runs with.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { InnerloopError } from '../core/errors.ts';
import { TASKS } from '../tasks/table.ts';
import type { Problem, Task } from '../tasks/task.ts';
import type { TrainInput } from '../training/config.ts';
import { type Settings, trainInput } from './settings.ts';

/** Whether `name` means a file rather than a task that ships. */
const isTaskFile = (name: string): boolean => /\.[cm]?[jt]s$/.test(name);

/** What is to be trained or audited, and the file of its task where that is one's own. */
export interface TaskInput {
  readonly input: TrainInput;
  readonly file?: string;
}

/**
 * As `trainInput`, where the task may be named by its file.
 * @throws InnerloopError as `loadTask` does, and where options are given to a file.
 */
export async function taskInput(settings: Settings): Promise<TaskInput> {
  const input = trainInput(settings);
  const { name, options } = input.task as { readonly name: string; readonly options: object };
  if (!isTaskFile(name)) return { input };
  if (Object.keys(options).length > 0) {
    const received = JSON.stringify(options);
    const hint = 'the file makes its task with the options that it wants';
    throw new InnerloopError({ kind: 'invalid', what: 'task.options', expected: 'none with a file', received, hint });
  }
  return { input: { ...input, task: await loadTask(name) }, file: name };
}

/** Adds `--task`, with which a run of one's own task is opened. A run is data: it never says what code to run. */
export const addTaskFile = (command: Command): Command =>
  command.option('--task <file>', 'of a run of a task of your own: the file that exports it');

/**
 * The task to open a run with: that of `file`, or `undefined` for one that ships.
 * @param run what the person named; `name` is what it says of its task, `undefined` where it is too damaged to say so.
 * @throws InnerloopError where a file is missing, out of place or of another task, and as `loadTask` does.
 */
export async function taskOfRun(
  run: string,
  name: string | undefined,
  file: string | undefined,
): Promise<Task<Problem> | undefined> {
  if (name === undefined) return undefined; // whoever reads on says what is wrong with it
  const ships = Object.hasOwn(TASKS, name);
  if (file === undefined) {
    if (ships) return undefined;
    const what = `${run} is of a task of one's own, '${name}'`;
    throw new InnerloopError({ kind: 'conflict', what, hint: 'name its file with --task' });
  }
  if (ships) {
    const what = `${run} is of '${name}', a task that ships`;
    throw new InnerloopError({ kind: 'conflict', what, hint: 'leave --task out' });
  }
  const task = await loadTask(file);
  if (task.name === name) return task;
  const expected = `the file of '${name}', of which ${run} is`;
  throw new InnerloopError({ kind: 'invalid', what: '--task', expected, received: `that of '${task.name}' (${file})` });
}

/**
 * The task that the module `path` exports: its default export, or the only export that is a task.
 * @throws InnerloopError `file` where there is no such file, it cannot be loaded, or it has no task, several, or
 * one that is called like one that ships.
 */
async function loadTask(path: string): Promise<Task<Problem>> {
  const task = await exportedTask(path);
  if (!Object.hasOwn(TASKS, task.name)) return task;
  throw fileError(path, `its task is called '${task.name}', as one that ships`, 'give it a name of its own');
}

const fileError = (path: string, reason: string, hint: string, cause?: unknown) =>
  new InnerloopError({ kind: 'file', path, reason, hint }, { cause });

async function exportedTask(path: string): Promise<Task<Problem>> {
  const refuse = (reason: string, hint: string, cause?: unknown) => fileError(path, reason, hint, cause);
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
