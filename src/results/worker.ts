// A worker of a suite: a process that trains one run after the other, because starting one takes as long as some runs.
// It ends with the process that started it, however that ends; what it was training goes on from its last checkpoint.

import { InnerloopError } from '../core/errors.ts';
import { accelerate } from '../kernels/node.ts';
import { carryOut } from './carryOut.ts';
import type { Ended, FromWorker, Job, ToWorker } from './messages.ts';
import { failureOf, processorSeconds } from './trainRun.ts';

const VERSION = process.argv[2]!;
const PROGRESS_MILLISECONDS = 250;

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches every process of a terminal: the suite's own says when to stop.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

let stop = new AbortController();

const say = (message: FromWorker): void => {
  // Fails when the suite's process is gone; `disconnect` follows.
  process.send!(message, () => {});
};

process.on('message', (message: ToWorker) => {
  if (message.type === 'stop') stop.abort();
  else void work(message.job);
});

async function work(job: Job): Promise<void> {
  stop = new AbortController();
  let told = performance.now();
  const tell = (done: number, of: number): void => {
    if (performance.now() - told < PROGRESS_MILLISECONDS) return;
    told = performance.now();
    say({ type: 'progress', done, of });
  };
  const end = await carryOut(job, { version: VERSION, signal: stop.signal, tell }).then(
    (finished) => ({ how: finished ? 'finished' : 'interrupted' }) as const,
    (error: unknown) => {
      if (error instanceof InnerloopError && error.problem.kind === 'conflict') {
        return { how: 'busy', reason: error.message } as const;
      }
      const { diverged, error: reason } = failureOf(error);
      return { how: 'failed', reason, diverged } as const;
    },
  );
  say({ type: 'ended', processor: processorSeconds(), ...end } satisfies Ended);
}

accelerate();
say({ type: 'ready' });
