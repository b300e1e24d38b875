// The built-in tasks by name. To add one: a folder beside this file, and one line in the table.

import type { z } from 'zod';
import { InnerloopError, lookUp } from '../core/errors.ts';
import { expectation } from '../core/expectation.ts';
import { CALCULATOR_TITLE, calculatorOptions, calculatorTask } from './calculator/task.ts';
import { COUNTDOWN_TITLE, countdownOptions, countdownTask } from './countdown/task.ts';
import { EXPRESSIONS_TITLE, expressionOptions, expressionsTask } from './expressions/task.ts';
import { RECALL_TITLE, recallOptions, recallTask } from './recall/task.ts';
import { ROUTES_TITLE, routesOptions, routesTask } from './routes/task.ts';
import type { Task } from './task.ts';
import { TUTORIAL_TITLE, tutorialOptions, tutorialTask } from './tutorial/task.ts';

/** One line of the table. */
export interface TaskEntry {
  /** One sentence for people. */
  readonly title: string;
  /** Strict, and with a default for every option. */
  readonly options: z.ZodObject;
  /** @param options as `options` parsed them. */
  create(options: Readonly<Record<string, unknown>>): Task;
}

/** Ties a task's schema to its constructor; `create` parses again, so that the cast is no leap of faith. */
function entry<S extends z.ZodObject>(title: string, options: S, create: (options: z.output<S>) => Task): TaskEntry {
  return { title, options, create: (given) => create(options.parse(given)) };
}

export const TASKS = {
  tutorial: entry(TUTORIAL_TITLE, tutorialOptions, tutorialTask),
  calculator: entry(CALCULATOR_TITLE, calculatorOptions, calculatorTask),
  expressions: entry(EXPRESSIONS_TITLE, expressionOptions, expressionsTask),
  countdown: entry(COUNTDOWN_TITLE, countdownOptions, countdownTask),
  recall: entry(RECALL_TITLE, recallOptions, recallTask),
  routes: entry(ROUTES_TITLE, routesOptions, routesTask),
} as const satisfies Record<string, TaskEntry>;

export type TaskName = keyof typeof TASKS;

/**
 * The built-in task `name` with `options`, defaults filled in.
 * @throws InnerloopError on an unknown name or option (suggesting the nearest) and on a value of the wrong type or range.
 */
export function createTask(name: string, options: Readonly<Record<string, unknown>> = {}): Task {
  const found: TaskEntry = lookUp<TaskEntry>('task', name, TASKS);
  for (const key of Object.keys(options)) lookUp(`option of task ${name}`, key, found.options.shape);
  const parsed = found.options.safeParse(options);
  if (parsed.success) return found.create(parsed.data);
  const issue = parsed.error.issues[0]!;
  const key = String(issue.path[0]);
  throw new InnerloopError({
    kind: 'invalid',
    what: `option ${key} of task ${name}`,
    expected: expectation(issue),
    received: JSON.stringify(options[key]) ?? 'undefined',
  });
}
