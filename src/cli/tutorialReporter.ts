// What the published tutorial prints while it trains: its mean reward, under the name that it gives it.

import type { LevelScore } from '../evaluation/accuracy.ts';
import type { TrainEvent } from '../training/events.ts';
import { headline } from './lineReporter.ts';
import { painter, print } from './output.ts';
import { TrainingProgress } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { warningText } from './warnings.ts';

/** `T0=1.061 T1=0.000 T2=0.176` */
export const publishedAccuracies = (levels: readonly LevelScore[]): string =>
  levels.map(({ level, reward }) => `T${level}=${reward.toFixed(3)}`).join(' ');

export class TutorialReporter implements Reporter {
  private readonly run: string;
  private progress: TrainingProgress | undefined;

  constructor(run: string) {
    this.run = run;
  }

  take(event: TrainEvent): void {
    if (event.type === 'started') {
      this.progress = new TrainingProgress(event);
      print(headline(this.progress, this.run));
      print('mean reward, which the tutorial calls accuracy, on fresh problems of each stage:');
      return;
    }
    this.progress!.take(event);
    if (event.type === 'warning') print(warningText(event, painter()));
    if (event.type !== 'evaluation') return;
    const { config, level } = this.progress!;
    const update = String(event.update).padStart(String(config.updates).length);
    print(`  update ${update}  stage ${level}  ${publishedAccuracies(event.levels)}`);
  }

  stopping(): void {}

  close(): void {}
}
