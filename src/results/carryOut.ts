// One job of a suite, from wherever it stands to its end.

import type { Job } from './messages.ts';
import { pilot } from './pilot.ts';
import { type JobOptions, trainRun } from './trainRun.ts';

/**
 * @returns whether it got to its end before the signal.
 * @throws InnerloopError `conflict` while another process has the run; `notFinite`; whatever keeps it from its end.
 */
export function carryOut(job: Job, options: JobOptions): Promise<boolean> {
  return job.kind === 'run' ? trainRun(job.path, job.config, options) : pilot(job, options);
}
