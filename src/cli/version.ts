// innerloop's own version, as its package says.

import { readFileSync } from 'node:fs';

/** The package lies two folders up, both from `src/cli` and from `dist/cli`. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
