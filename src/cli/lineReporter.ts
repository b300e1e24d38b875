// The events of a training as plain lines: where no terminal is.

import type { Task } from '../tasks/task.ts';
import type { TrainEvent } from '../training/events.ts';
import { count, duration, percent, plural } from './format.ts';
import { painter, print } from './output.ts';
import { TrainingProgress } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { warningText } from './warnings.ts';

/** `calculator · preset default · seed 0 · 59,154 parameters · 2 threads`, and where the run lies. */
export function headline({ config, from, parameters, threads }: TrainingProgress, run: string): string {
  const { preset, seed, task } = config;
  const parts = [task.name, `preset ${preset}`, `seed ${seed}`, `${count(parameters)} parameters`];
  parts.push(plural(threads, 'thread'));
  return `${parts.join(' · ')}\n${run}${from > 0 ? `, on from update ${count(from)}` : ''}`;
}

export class LineReporter implements Reporter {
  private readonly task: Task;
  private readonly run: string;
  private progress: TrainingProgress | undefined;

  constructor(task: Task, run: string) {
    this.task = task;
    this.run = run;
  }

  take(event: TrainEvent): void {
    if (event.type === 'started') {
      this.progress = new TrainingProgress(event);
      print(headline(this.progress, this.run));
      return;
    }
    this.progress!.take(event);
    if (event.type === 'evaluation') print(this.evaluationLine());
    else if (event.type === 'levelUnlocked') {
      print(`level ${event.name} unlocked: ${this.task.levels[event.level]!.goal}`);
    } else if (event.type === 'warning') print(warningText(event, painter()));
  }

  stopping(): void {
    print('stopping after this update; once more to stop at once');
  }

  close(): void {}

  private evaluationLine(): string {
    const { config, evaluation, last, secondsLeft, speed } = this.progress!;
    const solved = evaluation!.levels.map(
      ({ level, solved }) => `${this.task.levels[level]!.name} ${percent(solved).padStart(7)}`,
    );
    const digits = String(config.updates).length;
    return [
      `update ${String(evaluation!.update).padStart(digits)} of ${config.updates}`,
      `solved ${solved.join('  ')}`,
      `reward ${last!.reward.toFixed(2)}`,
      `entropy ${last!.entropy.toFixed(2)}`,
      `${count(speed)} episodes/s`,
      `at most ${duration(secondsLeft)} left`,
    ].join('   ');
  }
}
