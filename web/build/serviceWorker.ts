// Writes the service worker beside the built page: it keeps exactly the files of this build, under a name that is their
// hash, so that another build is another cache.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const TEMPLATE = join(import.meta.dirname, 'serviceWorker.template.js');

export function serviceWorker(): Plugin {
  let folder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { name: 'service-worker', content: './sw.js' }, injectTo: 'head' },
    ],
    // Once everything stands on disk: chunks of workers are written by themselves.
    closeBundle() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'sw.js')
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file));
      const paths = files.map((file) => `.${file.slice(folder.length).replaceAll('\\', '/')}`);
      const script = readFileSync(TEMPLATE, 'utf8')
        .replace("'VERSION'", JSON.stringify(hash.digest('hex').slice(0, 16)))
        .replace("['FILES']", JSON.stringify(paths));
      writeFileSync(join(folder, 'sw.js'), script);
    },
  };
}
