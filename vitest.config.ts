import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: '100%',
    include: ['{src,test,web,examples,scripts,bench}/**/*.test.ts'],
    // Child processes, browsers and whole trainings on a shared machine: a limit against hanging, not a measure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
  // Files of `web` are another package, which has the sources of this one under its name.
  resolve: { alias: [{ find: /^innerloop$/, replacement: join(import.meta.dirname, 'src/index.ts') }] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'import', 'default'] } },
});
