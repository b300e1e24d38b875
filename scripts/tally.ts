// How many checks passed and failed, counting whatever kept a test from running as a failure.

import type { TestModule } from 'vitest/node';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts tests. A file or a `describe` that failed outside of its tests (it could not be loaded, a hook threw) is one
 * failure more, and so is every error that no test caught. Nothing run at all is a failure.
 */
export function tallyOf(modules: readonly TestModule[], uncaught: readonly unknown[] = []): Tally {
  const counts = { passed: 0, failed: uncaught.length, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === 'pending' ? 'failed' : state]++;
    }
    const broken = [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0);
    counts.failed += broken.length;
  }
  return counts.passed + counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and `, 1 skipped` where any was. */
export function line({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
