// Chooses who tells the events of a training: lines or a panel for people, JSON for programs.

import type { Task } from '../tasks/task.ts';
import { JsonReporter } from './jsonReporter.ts';
import { LineReporter } from './lineReporter.ts';
import { Panel } from './panel.ts';
import type { Reporter } from './reporter.ts';
import { TutorialReporter } from './tutorialReporter.ts';

/** The reporter that fits where standard output leads. */
export function chooseReporter(task: Task, preset: string, run: string, json: boolean): Reporter {
  if (json) return new JsonReporter(run);
  // The tutorial printed lines, and takes less than a second.
  if (task.name === 'tutorial' && preset === 'default') return new TutorialReporter(run);
  return process.stdout.isTTY ? new Panel(task, run) : new LineReporter(task, run);
}
