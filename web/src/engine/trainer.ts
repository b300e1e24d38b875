// Owns one training. Pausing is not pulling its events; a step is one update with all that follows from it. A pause comes
// with a checkpoint: that is where the training stands between two updates, and what players open.

import { resume, type TrainEvent, train } from 'innerloop';
import type { FromTrainer, RunEvent, ToTrainer } from './protocol.ts';
import { sentence } from './sentence.ts';

/** Events are sent at most this often: often enough to look alive, and little work for the page. */
const BATCH_MILLISECONDS = 80;

type Post = (message: FromTrainer, transfer?: Transferable[]) => void;

/** @returns who listens to the page. */
export function trainer(post: Post): (message: ToTrainer) => void {
  let current: Run | undefined;
  return (message) => {
    switch (message.type) {
      case 'start':
      case 'resume':
        current?.drop();
        current = new Run(message, post);
        void current.go();
        return;
      case 'ping':
        post({ type: 'pong' });
        return;
      default:
        current?.tell(message);
    }
  };
}

type Order = Extract<ToTrainer, { type: 'start' | 'resume' }>;

class Run {
  private readonly id: number;
  private readonly post: Post;
  private readonly events: AsyncGenerator<TrainEvent, void>;
  private paused: boolean;
  private dropped = false;
  /** Whether to stop at the next moment between two updates. */
  private stopping = false;
  private until: number | undefined;
  /** Whether the page waits for a checkpoint. */
  private asked = false;
  private latest: { readonly update: number; readonly bytes: Uint8Array } | undefined;
  private update = 0;
  /** The checkpoint that it goes on from. */
  private readonly resumed: Uint8Array | undefined;
  private batch: RunEvent[] = [];
  private sent = 0;
  private wake: (() => void) | undefined;
  /** Milliseconds of all pauses, which are no time of training. */
  private rested = 0;

  constructor(order: Order, post: Post) {
    this.id = order.run;
    this.post = post;
    this.paused = order.paused;
    const options = {
      threads: order.threads,
      checkpointWanted: () => this.stops || this.asked,
      clock: () => (performance.now() - this.rested) / 1000,
    };
    if (order.type === 'start') {
      this.until = order.until;
      this.events = train(order.input, options);
    } else {
      this.resumed = order.checkpoint;
      this.events = resume(order.checkpoint, options);
    }
  }

  tell(message: Exclude<ToTrainer, Order | { type: 'ping' }>): void {
    const { type: what } = message;
    if (what === 'checkpoint') {
      if (this.latest?.update === this.update) this.sendCheckpoint();
      else this.asked = true;
      return;
    }
    this.stopping = what !== 'run';
    this.until = message.type === 'run' ? message.until : undefined;
    if (what === 'pause') return;
    this.paused = false;
    this.wake?.();
  }

  private get stops(): boolean {
    return this.stopping || this.update === this.until;
  }

  drop(): void {
    this.dropped = true;
    this.wake?.();
  }

  /** Pulls events until the training is over or dropped. */
  async go(): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await this.events.next();
        if (this.dropped) break;
        if (done) {
          this.flush();
          this.post({ type: 'status', run: this.id, status: 'finished' });
          return;
        }
        this.take(value);
        // The first event comes before any update: a training that begins paused stops there.
        if (this.paused) await this.rest();
        if (this.dropped) break;
      }
      await this.events.return();
    } catch (error) {
      if (this.dropped) return;
      this.flush();
      this.post({ type: 'failed', run: this.id, message: sentence(error) });
    }
  }

  private take(event: TrainEvent): void {
    if (event.type === 'checkpoint') {
      this.latest = event;
      this.update = event.update;
      if (this.asked) this.sendCheckpoint();
      if (this.stops) this.paused = true;
      return;
    }
    if (event.type === 'started') {
      this.update = event.update;
      if (this.resumed) this.latest = { update: event.update, bytes: this.resumed };
      if (!this.paused) this.post({ type: 'status', run: this.id, status: 'running' });
    }
    if (event.type === 'update') this.update = event.update;
    this.batch.push(event);
    if (performance.now() - this.sent >= BATCH_MILLISECONDS || event.type === 'finished') this.flush();
  }

  private async rest(): Promise<void> {
    this.stopping = false;
    this.flush();
    if (this.latest) this.sendCheckpoint();
    this.post({ type: 'status', run: this.id, status: 'paused' });
    const since = performance.now();
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.dropped) resolve();
    });
    this.rested += performance.now() - since;
    this.wake = undefined;
    if (!this.dropped) this.post({ type: 'status', run: this.id, status: 'running' });
  }

  private flush(): void {
    this.sent = performance.now();
    if (this.batch.length === 0) return;
    this.post({ type: 'events', run: this.id, events: this.batch });
    this.batch = [];
  }

  private sendCheckpoint(): void {
    this.asked = false;
    const { update, bytes } = this.latest!;
    const copy = bytes.slice() as Uint8Array<ArrayBuffer>;
    this.flush();
    this.post({ type: 'checkpoint', run: this.id, update, bytes: copy }, [copy.buffer]);
  }
}
