// Who tells the events of a training: lines or a panel for people, JSON for programs.

import type { Task } from '../tasks/task.ts';
import type { TrainEvent } from '../training/events.ts';
import { JsonReporter } from './jsonReporter.ts';
import { LineReporter } from './lineReporter.ts';
import { Panel } from './panel.ts';
import { TutorialReporter } from './tutorialReporter.ts';

export interface Reporter {
  /** Called after the run directory has taken the event. */
  take(event: TrainEvent): void;
  /** Called at the end, however it came. */
  close(): void;
}

/** The reporters that fit where standard output and error lead. */
export function reporters(task: Task, preset: string, run: string, json: boolean): readonly Reporter[] {
  const { stderr, stdout } = process;
  if (json) {
    const output = new JsonReporter(run);
    return !stdout.isTTY && stderr.isTTY ? [output, new Panel(task, run, stderr)] : [output];
  }
  // The tutorial printed lines, and takes less than a second.
  if (task.name === 'tutorial' && preset === 'default') return [new TutorialReporter(task, run)];
  if (stdout.isTTY) return [new Panel(task, run, stdout)];
  return stderr.isTTY ? [new LineReporter(task, run), new Panel(task, run, stderr)] : [new LineReporter(task, run)];
}
