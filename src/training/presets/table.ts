// The presets of each task by name. To add a task's: a file beside this one, and one line here.

import { CALCULATOR } from './calculator.ts';
import { COUNTDOWN } from './countdown.ts';
import { EXPRESSIONS } from './expressions.ts';
import type { Preset } from './preset.ts';
import { RECALL } from './recall.ts';
import { recipe } from './recipe.ts';
import { ROUTES } from './routes.ts';
import { TUTORIAL } from './tutorial.ts';

const PRESETS: Readonly<Record<string, Readonly<Record<string, Preset>>>> = {
  calculator: CALCULATOR,
  countdown: COUNTDOWN,
  expressions: EXPRESSIONS,
  recall: RECALL,
  routes: ROUTES,
  tutorial: TUTORIAL,
};

const OWN_TASK: Readonly<Record<string, Preset>> = {
  default: recipe('the recipe that solves calculator, with twice the updates', { updates: 1200 }),
};

/** The presets of a task; one's own task has `default`. */
export function presetsOf(task: string): Readonly<Record<string, Preset>> {
  return Object.hasOwn(PRESETS, task) ? PRESETS[task]! : OWN_TASK;
}
