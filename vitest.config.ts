import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

/** In a browser, all of them on one build. */
const PAGE = 'test/web/*.test.ts';

export default defineConfig({
  test: {
    maxWorkers: '100%',
    // Child processes, browsers and whole trainings on a shared machine: a limit against hanging, not a measure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'library',
          include: ['{src,test,web,examples,scripts,bench}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, PAGE],
        },
      },
      { extends: true, test: { name: 'page', include: [PAGE], globalSetup: 'test/web/built.ts' } },
    ],
  },
  // Files of `web` are another package, which has the sources of this one under its name.
  resolve: { alias: [{ find: /^innerloop$/, replacement: join(import.meta.dirname, 'src/index.ts') }] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'import', 'default'] } },
});
