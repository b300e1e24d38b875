// The built page: files of one folder, kept in memory with their compressed forms.

import { realpathSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { openInside } from './inside.ts';
import { asRefusal, Refusal } from './refusal.ts';
import { compress, type Encoding, encodingOf, isUnchanged, NO_CACHE, sendBytes, tagOf } from './respond.ts';

/** Types by ending; text ones are compressed. */
const TYPES: Readonly<Record<string, readonly [type: string, isText: boolean]>> = {
  '.html': ['text/html; charset=utf-8', true],
  '.js': ['text/javascript; charset=utf-8', true],
  '.mjs': ['text/javascript; charset=utf-8', true],
  '.css': ['text/css; charset=utf-8', true],
  '.json': ['application/json; charset=utf-8', true],
  '.webmanifest': ['application/manifest+json; charset=utf-8', true],
  '.map': ['application/json; charset=utf-8', true],
  '.svg': ['image/svg+xml', true],
  '.txt': ['text/plain; charset=utf-8', true],
  '.wasm': ['application/wasm', true],
  '.png': ['image/png', false],
  '.ico': ['image/x-icon', false],
  '.webp': ['image/webp', false],
  '.woff2': ['font/woff2', false],
};
const OTHER = ['application/octet-stream', false] as const;

/** The bundler puts a digest of the contents into these names, so that they never change. */
const HASHED = /^assets\/.+-[\w-]{8,}\.\w+$/;

/** The file that is the page. */
const PAGE = 'index.html';

interface Kept {
  readonly tag: string;
  readonly bytes: Buffer;
  readonly compressed: Map<Encoding, Promise<Buffer>>;
}

export class Site {
  private readonly folder: string;
  private readonly kept = new Map<string, Kept>();

  /** @param folder may be missing: the page is not built yet. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** @param path decoded and split at its slashes. @throws Refusal */
  async send(request: IncomingMessage, response: ServerResponse, path: readonly string[]): Promise<void> {
    const root = this.root();
    const name = path.join('/') || PAGE;
    const file = await this.read(root, name);
    const [type, isText] = TYPES[extname(name).toLowerCase()] ?? OTHER;
    const headers = {
      ...{ 'Content-Type': type, ETag: file.tag, Vary: 'Accept-Encoding' },
      'Cache-Control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : NO_CACHE,
    };
    if (isUnchanged(request, response, headers)) return;
    const encoding = isText ? encodingOf(request) : undefined;
    if (encoding === undefined) {
      sendBytes(request, response, 200, headers, file.bytes);
      return;
    }
    if (!file.compressed.has(encoding)) file.compressed.set(encoding, compress(file.bytes, encoding, true));
    const body = await file.compressed.get(encoding)!;
    sendBytes(request, response, 200, { ...headers, 'Content-Encoding': encoding }, body);
  }

  private root(): string {
    try {
      return realpathSync(this.folder);
    } catch {
      throw new Refusal(503, NOT_BUILT);
    }
  }

  private async read(root: string, name: string): Promise<Kept> {
    // Before the path is made: no name may climb, and none begins with a dot.
    if (/(^|\/)(\.|$)|[\\\0]/.test(name)) throw new Refusal(404, 'there is no such page');
    try {
      const handle = await openInside(root, join(root, name));
      try {
        const tag = tagOf(await handle.stat());
        const before = this.kept.get(name);
        if (before?.tag === tag) return before;
        const bytes = await handle.readFile();
        const kept: Kept = { tag, bytes: name === PAGE ? opening(bytes) : bytes, compressed: new Map() };
        this.kept.set(name, kept);
        return kept;
      } finally {
        await handle.close();
      }
    } catch (error) {
      const { message, status } = asRefusal(error, name);
      if (name === PAGE) throw new Refusal(503, NOT_BUILT);
      throw status === 404 ? new Refusal(404, 'there is no such page') : new Refusal(status, message);
    }
  }
}

/** Tells the page that there are runs, which it then shows first; it is otherwise that of a static host. */
const opening = (page: Buffer): Buffer =>
  Buffer.from(page.toString().replace('<head>', '$&<meta name="opens-on" content="dashboard">'));

export const NOT_BUILT =
  'The page is not built: run `npm run build:web` in a checkout of innerloop, then load this again.';
