// The live panel of a training, for a terminal.

import { createLogUpdate } from 'log-update';
import type { Task } from '../tasks/task.ts';
import type { TrainEvent } from '../training/events.ts';
import { bar, count, duration, percent } from './format.ts';
import { headline } from './lineReporter.ts';
import { type Paint, painter } from './output.ts';
import { TrainingProgress } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { warningText } from './warnings.ts';

const REFRESH_MILLISECONDS = 100;
const BAR = 40;
const LEAST_BAR = 8;
const SMALL_BAR = 20;
const LONGEST_REST = 'at most 59 min 59 s left';

export class Panel implements Reporter {
  private readonly task: Task;
  private readonly run: string;
  private readonly draw: ReturnType<typeof createLogUpdate>;
  private readonly paint: Paint;
  private readonly columns: () => number;
  private progress: TrainingProgress | undefined;
  private drawn = Number.NEGATIVE_INFINITY;

  constructor(task: Task, run: string, stream: NodeJS.WriteStream = process.stdout) {
    this.task = task;
    this.run = run;
    this.draw = createLogUpdate(stream);
    this.paint = painter(stream);
    this.columns = () => stream.columns ?? 80;
  }

  take(event: TrainEvent): void {
    if (event.type === 'started') {
      this.progress = new TrainingProgress(event);
      this.draw.persist(this.paint('dim', headline(this.progress, this.run)));
    }
    this.progress!.take(event);
    if (event.type === 'warning') this.draw.persist(warningText(event, this.paint, this.columns()));
    const due = performance.now() - this.drawn > REFRESH_MILLISECONDS;
    if (!due && event.type !== 'finished') return;
    this.show(event.type === 'finished' ? event.status : undefined);
  }

  stopping(): void {
    if (this.progress) this.show('stopping; Ctrl-C once more stops at once');
  }

  close(): void {
    this.draw.done();
  }

  private show(status?: string): void {
    this.draw(this.render(status));
    this.drawn = performance.now();
  }

  private render(status?: string): string {
    const { paint, task } = this;
    const progress = this.progress!;
    const { config, evaluation, last, level, update } = progress;
    const left = status ?? `at most ${duration(progress.secondsLeft)} left`;
    const early = status === 'finished' && update < config.updates;
    const share = early ? 1 : update / config.updates;
    const ended = early ? `every level solved after ${update} updates` : `update ${update} of ${config.updates}`;
    // Wide enough for any time that may be left, so that the bar keeps its width.
    const rest = Math.max(left.length, LONGEST_REST.length);
    const words = `  update ${config.updates} of ${config.updates}   `.length + rest;
    const barWidth = Math.max(LEAST_BAR, Math.min(BAR, this.columns() - words));
    const nameWidth = Math.max(...task.levels.map(({ name }) => name.length));
    const solved = task.levels.map(({ name, goal }, index) => {
      const share = evaluation?.levels[index]?.solved;
      const label = name.padEnd(nameWidth);
      const open = index <= level;
      const known = share === undefined ? '–' : percent(share);
      const line = `${bar(share ?? 0, SMALL_BAR)} ${known.padStart(7)}  ${goal}`;
      return open ? `${paint('bold', label)}  ${line}` : paint('dim', `${label}  ${line}`);
    });
    const speed = `${count(progress.speed)} episodes/s`;
    const numbers = last ? `reward ${last.reward.toFixed(2)}   entropy ${last.entropy.toFixed(2)}   ${speed}` : '';
    return [
      `${paint('green', bar(share, barWidth))}  ${ended}${early ? '' : `   ${left}`}`,
      `${level + 1} of ${task.levels.length} levels open   ${numbers}`,
      ...solved,
    ].join('\n');
  }
}
