// Server-sent events: what changes on disk while a page looks. One timer for all pages, and none while there is no page.

import type { ServerResponse } from 'node:http';
import type { RunChanges } from '../formats/runApi.ts';
import type { Columns } from './columns.ts';
import { chosenFields, read } from './metrics.ts';
import type { MetricsCache } from './metricsCache.ts';
import type { RunIndex } from './runIndex.ts';

export interface Rhythm {
  /** Milliseconds between two looks at the runs that are going on, between two looks at all, and between heartbeats. */
  readonly look: number;
  readonly lookAtAll: number;
  readonly heartbeat: number;
}

/** Looking at everything takes a tenth of the time at the most. */
const PATIENCE = 10;
/** A page that does not read is let go; its browser connects again. */
const MOST_WAITING = 1 << 22; // bytes
/** A page that is further behind opens the run anew, downsampled. */
const MOST_ROWS = 5000;

interface Watched {
  readonly name: string;
  readonly path: string;
  readonly fields: readonly string[] | undefined;
  /** What was sent: all rows up to this update, of these columns; before the first look neither is known. */
  columns: Columns | undefined;
  after: number | undefined;
}

interface Page {
  readonly response: ServerResponse;
  readonly watched: Watched | undefined;
}

export class Live {
  private readonly index: RunIndex;
  private readonly metrics: MetricsCache;
  private readonly onError: (error: unknown) => void;
  private readonly rhythm: Rhythm;
  private readonly pages = new Set<Page>();
  private stopListening: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private lookedAtAll = 0;

  constructor(
    index: RunIndex,
    metrics: MetricsCache,
    onError: (error: unknown) => void,
    rhythm: Rhythm = { look: 500, lookAtAll: 3000, heartbeat: 15_000 },
  ) {
    this.index = index;
    this.metrics = metrics;
    this.onError = onError;
    this.rhythm = rhythm;
  }

  /** How many pages look. */
  get count(): number {
    return this.pages.size;
  }

  /** Whether anything is kept going for them. */
  get isActive(): boolean {
    return this.timer !== undefined || this.heartbeat !== undefined || this.stopListening !== undefined;
  }

  /** @param watched the run whose metrics are wanted, and the update after which. */
  add(response: ServerResponse, watched?: Omit<Watched, 'columns'>): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
    const page: Page = { response, watched: watched && { ...watched, columns: undefined } };
    this.pages.add(page);
    response.on('close', () => this.remove(page));
    response.write('retry: 1000\n\n');
    this.start();
  }

  /** Ends all streams. */
  close(): void {
    for (const page of this.pages) {
      page.response.end();
      this.remove(page);
    }
  }

  private start(): void {
    if (this.isActive) return;
    this.stopListening = this.index.onChange((changes) => this.tellRuns(changes));
    this.heartbeat = setInterval(() => {
      for (const page of this.pages) this.write(page, ': still here\n\n');
    }, this.rhythm.heartbeat);
    this.lookAfter(0);
  }

  private remove(page: Page): void {
    this.pages.delete(page);
    if (this.pages.size > 0) return;
    clearTimeout(this.timer);
    clearInterval(this.heartbeat);
    this.stopListening?.();
    this.timer = undefined;
    this.heartbeat = undefined;
    this.stopListening = undefined;
  }

  private lookAfter(milliseconds: number): void {
    const timer = setTimeout(async () => {
      await this.look().catch(this.onError);
      // Not when the last page has gone meanwhile, and perhaps another one come.
      if (this.timer === timer) this.lookAfter(this.rhythm.look);
    }, milliseconds);
    this.timer = timer;
  }

  private async look(): Promise<void> {
    const pause = Math.max(this.rhythm.lookAtAll, this.index.cost * PATIENCE);
    if (performance.now() - this.lookedAtAll >= pause) {
      await this.index.refresh();
      this.lookedAtAll = performance.now();
    } else this.index.refreshLive(new Set([...this.pages].flatMap(({ watched }) => watched?.name ?? [])));
    await Promise.all([...this.pages].map((page) => this.tellMetrics(page)));
  }

  private tellRuns(changes: RunChanges): void {
    const text = event('runs', changes);
    for (const page of this.pages) this.write(page, text);
  }

  /** Sends the rows that were added to the run that `page` watches. */
  private async tellMetrics(page: Page): Promise<void> {
    const { watched } = page;
    if (!watched) return;
    let columns: Columns;
    try {
      columns = await this.metrics.read(watched.path);
    } catch {
      return; // not there yet, or gone: the list says so
    }
    if (!this.pages.has(page)) return;
    const { name: run } = watched;
    const last = columns.last;
    const begin = watched.after === undefined ? columns.rows : columns.after(watched.after);
    const cut = watched.columns !== undefined && watched.columns !== columns;
    watched.columns = columns;
    const behind = watched.after ?? 0;
    watched.after = last;
    if (cut || behind > last || columns.rows - begin > MOST_ROWS) {
      this.write(page, event('metrics', { run, reset: true }, last));
    } else if (begin < columns.rows) {
      const fields = chosenFields(columns, watched.fields);
      const rows = read(
        columns,
        fields,
        Int32Array.from({ length: columns.rows - begin }, (_, i) => begin + i),
      );
      this.write(page, event('metrics', { run, fields, rows, total: columns.rows }, last));
    }
  }

  private write({ response }: Page, text: string): void {
    if (response.writableLength > MOST_WAITING) response.destroy();
    else response.write(text);
  }
}

/** @param id the browser gives it back as `Last-Event-ID` when it connects again. */
const event = (name: string, data: unknown, id?: number): string =>
  `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
