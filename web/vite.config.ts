// The page: one static folder with relative addresses, so that it works from any subfolder.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './build/contentSecurityPolicy.ts';
import { serviceWorker } from './build/serviceWorker.ts';
import { sharedWorker } from './build/sharedWorker.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  readonly version: string;
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: {
    alias: [{ find: /^innerloop$/, replacement: join(import.meta.dirname, '../src/index.ts') }],
    conditions: ['source', 'module', 'browser', 'development|production'],
  },
  define: { 'import.meta.env.VERSION': JSON.stringify(version) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [sharedWorker(), contentSecurityPolicy(), serviceWorker()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // The polyfill is an inline script, which the policy forbids; every browser that can run the kernels needs none.
    // A worker has no document to preload into.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, dependencies, { hostId }) => (/\/worker-/.test(hostId) ? [] : dependencies),
    },
    // A file inlined as a `data:` address would not pass the policy.
    assetsInlineLimit: 0,
  },
});
