// The outside implementation that probes are compared with, where there is one.

import { spawnSync } from 'node:child_process';

/** The first Python that has scikit-learn; `undefined` without any. */
export const PYTHON = ['python3', '/usr/bin/python3'].find(
  (one) => spawnSync(one, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0,
);

/** Whether a comparison is left out, which is said. */
export function isMissing(python: typeof PYTHON): boolean {
  if (python === undefined)
    process.stdout.write('skipped: no python3 with scikit-learn (apt-get install python3-sklearn)\n');
  return python === undefined;
}
