// One run in its folder, from wherever it stands to its end.

import { InnerloopError } from '../core/errors.ts';
import { lastState } from '../runs/lastState.ts';
import type { Config } from '../training/configSchema.ts';
import { resume, train } from '../training/train.ts';
import { type Failure, openRunFolder } from './runFolder.ts';

/** What every job of a suite is told. */
export interface JobOptions {
  /** innerloop's. */
  readonly version: string;
  readonly signal: AbortSignal;
  /** Called with how far the job is. */
  tell(done: number, of: number): void;
}

/**
 * @returns whether it got to its end before the signal.
 * @throws InnerloopError `conflict` while another process has the run; `notFinite`; whatever keeps it from its end.
 */
export async function trainRun(path: string, config: Config, { signal, tell, version }: JobOptions): Promise<boolean> {
  const run = openRunFolder(path, config, version);
  try {
    if (run.info.status === 'finished') return true;
    const { bytes, update } = await lastState(run);
    run.resumeFrom(update);
    tell(update, config.updates);
    let finished = false;
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

/** Of this process and its threads. Processor time, because other programs change it least. */
export function processorSeconds(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1e6;
}
