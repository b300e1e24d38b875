// The workers as the page sees them: a trainer that tells what happens, and a player that answers questions.

import type { Tell } from './probing.ts';
import type {
  FromPlayer,
  FromTrainer,
  PlayerQuestion,
  PlayerQuestions,
  Role,
  RunInput,
  ToPlayer,
  ToTrainer,
} from './protocol.ts';
import { threadsHere } from './threads.ts';

const PING_MILLISECONDS = 2000;
/** Silence worth a word: a killed worker says nothing, and neither does one whose update takes as long. */
const SILENCE_MILLISECONDS = 8000;

/** @throws Error where the browser starts none. */
function startWorker(role: Role): Worker {
  if (typeof Worker === 'undefined') throw new Error('this browser starts no workers');
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: role });
}

export interface TrainerListener {
  heard(message: Exclude<FromTrainer, { type: 'pong' }>): void;
  /** The worker failed or could not be loaded; it is gone. */
  lost(reason: string): void;
  /** Whether it has said nothing for seconds. */
  silent(silent: boolean): void;
}

/** A worker that trains; `close` ends it. */
export class TrainerClient {
  private readonly worker: Worker;
  private readonly listener: TrainerListener;
  private readonly pulse: ReturnType<typeof setInterval>;
  private heardAt = performance.now();
  private pingedAt = performance.now();
  private run = 0;
  private silent = false;

  constructor(listener: TrainerListener) {
    this.listener = listener;
    this.worker = startWorker('trainer');
    this.worker.onmessage = ({ data }: MessageEvent<FromTrainer>) => {
      this.heardAt = performance.now();
      this.beSilent(false);
      // What an earlier training still had to say is of no interest.
      if (data.type !== 'pong' && data.run === this.run) this.listener.heard(data);
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.lose(event.message || 'its script could not be loaded');
    };
    this.pulse = setInterval(() => this.feelPulse(), PING_MILLISECONDS);
  }

  /** @param until the update after which to pause. */
  start(input: RunInput, paused: boolean, until?: number): void {
    this.send({ type: 'start', ...this.begin(paused), input, until });
  }

  resume(checkpoint: Uint8Array, paused: boolean): void {
    this.send({ type: 'resume', ...this.begin(paused), checkpoint });
  }

  private begin(paused: boolean) {
    return { run: ++this.run, paused, threads: threadsHere() };
  }

  send(message: ToTrainer): void {
    this.worker.postMessage(message);
  }

  close(): void {
    clearInterval(this.pulse);
    this.worker.onmessage = null;
    this.worker.onerror = null;
    this.worker.terminate();
  }

  private feelPulse(): void {
    const now = performance.now();
    // A page that was asleep has not listened either.
    const slept = now - this.pingedAt > 2 * PING_MILLISECONDS;
    if (slept) this.heardAt = now;
    this.pingedAt = now;
    if (now - this.heardAt > SILENCE_MILLISECONDS) this.beSilent(true);
    this.send({ type: 'ping' });
  }

  private beSilent(silent: boolean): void {
    if (silent === this.silent) return;
    this.silent = silent;
    this.listener.silent(silent);
  }

  private lose(reason: string): void {
    this.close();
    this.listener.lost(reason);
  }
}

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
  readonly tell: Tell | undefined;
}

/** A worker that answers questions; it is started by the first one. */
export class PlayerClient {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;

  /** @throws Error with the worker's sentence. */
  ask<Q extends PlayerQuestion>(
    kind: Q,
    question: PlayerQuestions[Q]['question'],
    { tell, transfer = [] }: { readonly tell?: Tell; readonly transfer?: Transferable[] } = {},
  ): Promise<PlayerQuestions[Q]['answer']> {
    try {
      this.worker ??= this.begin();
    } catch (error) {
      return Promise.reject(error);
    }
    const message: ToPlayer = { id: ++this.count, kind, question };
    return new Promise((resolve, reject) => {
      this.waiting.set(message.id, { resolve, reject, tell });
      this.worker!.postMessage(message, transfer);
    });
  }

  /** Ends the worker; whoever waits for an answer is told so. The next question starts another one. */
  close(reason = 'it was stopped'): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(new Error(reason));
    this.waiting.clear();
  }

  private begin(): Worker {
    const worker = startWorker('player');
    worker.onmessage = ({ data }: MessageEvent<FromPlayer>) => {
      const waiting = this.waiting.get(data.id);
      if ('done' in data) {
        waiting?.tell?.(data.done, data.what);
        return;
      }
      this.waiting.delete(data.id);
      if ('error' in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.answer as never);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.close(event.message || 'its script could not be loaded');
    };
    return worker;
  }
}
