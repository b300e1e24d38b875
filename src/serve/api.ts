// The read-only interface below `/api/`. A name in a request is only ever looked up among the runs that were found, so
// that none can lead elsewhere.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RunList } from '../formats/runApi.ts';
import { RUN_FILES } from '../runs/readRun.ts';
import { openInside } from './inside.ts';
import { Live, type Rhythm } from './live.ts';
import { answer, parseQuery } from './metrics.ts';
import { MetricsCache } from './metricsCache.ts';
import { asRefusal, Refusal } from './refusal.ts';
import { isUnchanged, NO_CACHE, sendJson, tagOf } from './respond.ts';
import { CHECKPOINT, detail } from './runDetail.ts';
import { type Run, RunIndex } from './runIndex.ts';

export class Api {
  readonly index: RunIndex;
  readonly live: Live;
  private readonly metrics: MetricsCache;

  /** @param root a real path. @param onError told of mistakes that are no request's. */
  constructor(root: string, onError: (error: unknown) => void, rhythm?: Rhythm) {
    this.index = new RunIndex(root);
    this.metrics = new MetricsCache(root);
    this.live = new Live(this.index, onError, rhythm);
  }

  close(): void {
    this.live.close();
  }

  /** @param path what follows `/api/`, decoded. @throws Refusal */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: readonly string[],
    query: URLSearchParams,
  ): Promise<void> {
    const [first, ...rest] = path;
    if (first === 'runs' && rest.join('') === '') await this.list(request, response);
    else if (first === 'runs') await this.run(request, response, rest, query);
    else if (first === 'events' && rest.length === 0) this.events(request, response);
    else throw new Refusal(404, 'there is no such thing to ask for');
  }

  private async list(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.index.refresh();
    const { notice } = this.index;
    const list: RunList = { runs: this.index.list(), ...(notice === undefined ? {} : { notice }) };
    await sendJson(request, response, list);
  }

  /** A run, its metrics or one of its checkpoints. No run stands inside another, so that names leave no doubt. */
  private async run(
    request: IncomingMessage,
    response: ServerResponse,
    path: readonly string[],
    query: URLSearchParams,
  ): Promise<void> {
    const whole = await this.index.find(path.join('/'));
    if (whole) {
      await sendJson(request, response, await detail(this.index.root, whole));
      return;
    }
    const [folder, file] = path.slice(-2);
    if (file === 'metrics') {
      const { examined, path: place } = await this.named(path.slice(0, -1));
      const wanted = parseQuery(query);
      const columns = await this.metrics.read(place).catch((error: unknown) => {
        throw asRefusal(error, `${examined.summary.name}/${RUN_FILES.metrics}`);
      });
      await sendJson(request, response, answer(columns, wanted));
    } else if (folder === RUN_FILES.checkpoints && CHECKPOINT.test(file!)) {
      await this.checkpoint(request, response, await this.named(path.slice(0, -2)), file!);
    } else await this.named(path);
  }

  private async named(path: readonly string[]): Promise<Run> {
    const name = path.join('/');
    const run = await this.index.find(name);
    if (run) return run;
    throw new Refusal(404, `there is no run ${JSON.stringify(name.slice(0, 200))} in the served folder`);
  }

  private async checkpoint(
    request: IncomingMessage,
    response: ServerResponse,
    { examined, path }: Run,
    file: string,
  ): Promise<void> {
    const name = `${examined.summary.name}/${RUN_FILES.checkpoints}/${file}`;
    const handle = await openInside(this.index.root, join(path, RUN_FILES.checkpoints, file)).catch((error) => {
      throw asRefusal(error, name);
    });
    try {
      const stats = await handle.stat();
      const headers = { 'Content-Type': 'application/octet-stream', 'Cache-Control': NO_CACHE, ETag: tagOf(stats) };
      if (isUnchanged(request, response, headers)) return;
      response.writeHead(200, { ...headers, 'Content-Length': String(stats.size) });
      if (request.method === 'HEAD' || stats.size === 0) response.end();
      else await pipeline(handle.createReadStream({ autoClose: false, end: stats.size - 1 }), response);
    } finally {
      await handle.close();
    }
  }

  private events({ method }: IncomingMessage, response: ServerResponse): void {
    if (method === 'HEAD') response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end();
    else if (!response.destroyed) this.live.add(response);
  }
}
