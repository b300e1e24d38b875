// The events of a training as JSON, one a line. `finished` comes from the command: it speaks of the whole run.

import { checkpointPath } from '../runs/readRun.ts';
import type { TrainEvent } from '../training/events.ts';
import { printJson } from './output.ts';
import type { Reporter } from './reporter.ts';

export class JsonReporter implements Reporter {
  private readonly run: string;

  constructor(run: string) {
    this.run = run;
  }

  take(event: TrainEvent): void {
    if (event.type === 'finished') return;
    const { type, ...rest } = event;
    if (event.type === 'started') printJson({ event: type, run: this.run, ...rest });
    else if (event.type === 'checkpoint') {
      printJson({ event: type, update: event.update, path: checkpointPath(this.run, event.update) });
    } else printJson({ event: type, ...rest });
  }

  stopping(): void {}

  close(): void {}
}
