// Builds the page's worker together with the page, so that both load one copy of what they share; by itself Vite would
// bundle the library a second time.

import { join } from 'node:path';
import type { Plugin } from 'vite';

const ENGINE = join(import.meta.dirname, '../src/engine');
const ADDRESS = "new URL('./worker.ts', import.meta.url)";

export function sharedWorker(): Plugin {
  return {
    name: 'shared-worker',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (id !== join(ENGINE, 'client.ts')) return undefined;
      if (!code.includes(ADDRESS)) this.error(`${id} no longer says ${ADDRESS}`);
      const worker = this.emitFile({ type: 'chunk', id: join(ENGINE, 'worker.ts'), name: 'worker' });
      return { code: code.replace(ADDRESS, `new URL(import.meta.ROLLUP_FILE_URL_${worker})`), map: null };
    },
  };
}
