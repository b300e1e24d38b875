// One job of a suite, from wherever it stands to its end.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { InnerloopError } from '../core/errors.ts';
import { writeFileAtomic } from '../runs/atomic.ts';
import { lastState } from '../runs/lastState.ts';
import { resume, train } from '../training/train.ts';
import type { Job } from './messages.ts';
import { type Failure, openRunFolder } from './runFolder.ts';

/** Called with how far a job is. */
type Tell = (done: number, of: number) => void;

/** What a pilot came to. */
export interface PilotRecord {
  readonly version: string;
  readonly config: unknown;
  /** Seconds of processor time that were asked for. */
  readonly budget: number;
  readonly updates: number;
}

/**
 * @returns whether it got to its end before `signal`.
 * @throws InnerloopError `conflict` while another process has the run; `notFinite`; whatever keeps it from its end.
 */
export function carryOut(job: Job, version: string, signal: AbortSignal, tell: Tell): Promise<boolean> {
  return job.kind === 'run' ? trainRun(job, version, signal, tell) : pilot(job, version, signal, tell);
}

type OfKind<K extends Job['kind']> = Extract<Job, { kind: K }>;

async function trainRun({ config, path }: OfKind<'run'>, version: string, signal: AbortSignal, tell: Tell) {
  const run = openRunFolder(path, config, version);
  try {
    if (run.info.status === 'finished') return true;
    const { bytes, update } = await lastState(run);
    run.resumeFrom(update);
    tell(update, config.updates);
    let finished = false;
    // Processor time, because other programs change it least.
    const options = { signal, clock: processorSeconds };
    for await (const event of bytes ? resume(bytes, options) : train(config, options)) {
      run.record(event);
      if (event.type === 'update') tell(event.update, config.updates);
      if (event.type === 'finished') finished = event.status === 'finished';
    }
    return finished;
  } catch (error) {
    fail(() => run.fail({ ...failureOf(error) }));
    throw error;
  } finally {
    run.close();
  }
}

/** Best effort: the first error is the one to report. */
function fail(write: () => void): void {
  try {
    write();
  } catch {
    // The disk that is full, say.
  }
}

export function failureOf(error: unknown): Failure {
  const diverged = error instanceof InnerloopError && error.problem.kind === 'notFinite';
  return { error: error instanceof Error ? error.message : String(error), diverged };
}

/** Processor time, because other programs change it least. Evaluations count, as in the seconds that a run reports. */
async function pilot(job: OfKind<'pilot'>, version: string, signal: AbortSignal, tell: Tell) {
  const { config, path, seconds } = job;
  const start = processorSeconds();
  for await (const event of train(config, { signal })) {
    if (event.type !== 'update') continue;
    const spent = processorSeconds() - start;
    tell(Math.min(spent, seconds), seconds);
    if (spent < seconds) continue;
    const record: PilotRecord = { version, config, budget: seconds, updates: event.update };
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomic(path, `${JSON.stringify(record)}\n`);
    return true;
  }
  return false;
}

/** Of this process and its threads. */
export function processorSeconds(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1e6;
}
