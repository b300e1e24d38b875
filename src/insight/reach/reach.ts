// Whether any program can still succeed: exactly where a task's own rules allow it, else by bounded search.

import type { Task } from '../../tasks/task.ts';
import { expressionReach } from './expressionReach.ts';
import { routeReach } from './routeReach.ts';
import { type Reach, type SearchOptions, searchReach } from './search.ts';

/** @param options.budget of the search through a machine; exact ways have budgets of their own, or none. */
export const reachOf = (task: Task, { budget, ...options }: SearchOptions = {}): Reach =>
  expressionReach(task, options) ??
  routeReach(task, options) ??
  searchReach(task, { ...options, ...(budget !== undefined && { budget }) });
