import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: '100%',
    include: ['{src,test,examples,scripts,bench}/**/*.test.ts'],
    // Child processes, browsers and whole trainings on a shared machine: a limit against hanging, not a measure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'import', 'default'] } },
});
