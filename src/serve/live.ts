// Server-sent events: the runs that change on disk while a page looks; what a changed one has new, the page asks for. One
// timer for all pages, and none while there is no page.

import type { ServerResponse } from 'node:http';
import type { RunChanges } from '../formats/runApi.ts';
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

export class Live {
  private readonly index: RunIndex;
  private readonly onError: (error: unknown) => void;
  private readonly rhythm: Rhythm;
  private readonly pages = new Set<ServerResponse>();
  private stopListening: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private lookedAtAll = 0;

  constructor(
    index: RunIndex,
    onError: (error: unknown) => void,
    rhythm: Rhythm = { look: 500, lookAtAll: 3000, heartbeat: 15_000 },
  ) {
    this.index = index;
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

  add(page: ServerResponse): void {
    page.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
    this.pages.add(page);
    page.on('close', () => this.remove(page));
    page.write('retry: 1000\n\n');
    this.start();
  }

  /** Ends all streams. */
  close(): void {
    for (const page of this.pages) {
      page.end();
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

  private remove(page: ServerResponse): void {
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
    } else this.index.refreshLive();
  }

  private tellRuns(changes: RunChanges): void {
    const text = `event: runs\ndata: ${JSON.stringify(changes)}\n\n`;
    for (const page of this.pages) this.write(page, text);
  }

  private write(page: ServerResponse, text: string): void {
    if (page.writableLength > MOST_WAITING) page.destroy();
    else page.write(text);
  }
}
