// What is seen of a suite while it trains: a panel on a terminal, else a line for every run that ends.

import { createLogUpdate } from 'log-update';
import type { SuiteEvent } from '../results/runSuite.ts';
import { bar, duration, plural } from './format.ts';
import { painter, print, printJson } from './output.ts';

export interface SuiteReporter {
  take(event: SuiteEvent): void;
  /** Asked to stop; it takes until all workers have written a checkpoint. */
  stopping(): void;
  stopped(done: number, of: number): void;
  close(): void;
}

const BAR = 40;

export function suiteReporter(json: boolean): SuiteReporter {
  return json ? jsonLines() : process.stdout.isTTY ? panel() : lines();
}

type Status = Extract<SuiteEvent, { type: 'status' }>['status'];

const left = ({ secondsLeft }: Status): string =>
  Number.isFinite(secondsLeft) ? `about ${duration(secondsLeft)} left` : 'time left not known yet';

function wordsFor(event: Exclude<SuiteEvent, { type: 'status' }>): string | undefined {
  switch (event.type) {
    case 'planned':
      return `${plural(event.of, event.what.slice(0, -1))}${event.done > 0 ? `, ${event.done} of them done before` : ''}`;
    case 'started':
      return undefined;
    case 'again':
      return `again: ${event.name}: ${event.reason}`;
    case 'ended':
      return event.end.how === 'finished'
        ? `${event.name}   ${duration(event.seconds)}`
        : `failed: ${event.name}: ${event.end.reason}`;
    default:
      return event satisfies never;
  }
}

const goOn = (done: number, of: number): string =>
  `stopped; ${done} of ${plural(of, 'run')} done; the same command goes on`;

function lines(): SuiteReporter {
  let before = 0;
  let of = 0;
  let ended = 0;
  let status: Status | undefined;
  return {
    take(event) {
      if (event.type === 'status') {
        status = event.status;
        return;
      }
      const words = wordsFor(event);
      if (event.type === 'planned') [before, of, ended] = [event.done, event.of, 0];
      if (event.type !== 'ended') {
        if (words !== undefined) print(words);
        return;
      }
      ended++;
      const rest = before + ended < of && status ? `   ${left(status)}` : '';
      print(`${String(before + ended).padStart(String(of).length)} of ${of}   ${words}${rest}`);
    },
    stopping: () => print('stopping with checkpoints; once more to stop at once'),
    stopped: (done, all) => print(goOn(done, all)),
    close() {},
  };
}

function panel(): SuiteReporter {
  const draw = createLogUpdate(process.stdout);
  const paint = painter();
  let before = 0;
  let of = 0;
  let notice: string | undefined;
  return {
    take(event) {
      if (event.type === 'planned') [before, of] = [event.done, event.of];
      if (event.type !== 'status') {
        const words = wordsFor(event);
        if (words !== undefined && (event.type === 'planned' || event.type === 'again')) draw.persist(words);
        if (event.type === 'ended' && event.end.how === 'failed') draw.persist(paint('red', words!));
        return;
      }
      const { ended, underWay } = event.status;
      const done = before + ended;
      const parts = underWay.reduce((all, { share }) => all + share, 0);
      draw(
        [
          `${paint('green', bar((done + parts) / Math.max(1, of), BAR))}  ${done} of ${of}   ${notice ?? left(event.status)}`,
          ...underWay.map(({ name, share }) => `  ${bar(share, 10)}  ${name}`),
        ].join('\n'),
      );
    },
    stopping() {
      notice = 'stopping with checkpoints; once more to stop at once';
    },
    stopped(done, all) {
      draw.clear();
      print(goOn(done, all));
    },
    close: () => draw.done(),
  };
}

function jsonLines(): SuiteReporter {
  return {
    take(event) {
      const { type, ...rest } = event;
      printJson({ event: type, ...rest });
    },
    stopping() {},
    stopped: (done, of) => printJson({ event: 'stopped', done, of }),
    close() {},
  };
}
