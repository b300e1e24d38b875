// Runs jobs on worker processes, longest first, and outlives the death of any of them.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Estimator, type Size } from './estimate.ts';
import type { FromWorker, Job, ToWorker } from './messages.ts';

/** A job in the queue. */
export interface Task extends Size {
  /** For people. */
  readonly name: string;
  readonly job: Job;
}

/** What became of a job. `failed` without `diverged` may do better another time. */
export type TaskEnd =
  | { readonly how: 'finished' }
  | { readonly how: 'failed'; readonly reason: string; readonly diverged: boolean };

export type PoolEvent =
  | { readonly type: 'started'; readonly name: string }
  | { readonly type: 'ended'; readonly name: string; readonly seconds: number; readonly end: TaskEnd }
  /** Its worker died, or another process still had the run: it is tried again. */
  | { readonly type: 'again'; readonly name: string; readonly reason: string };

/** How far a pool is. */
export interface PoolStatus {
  readonly ended: number;
  readonly of: number;
  /** Share done of what is under way. */
  readonly underWay: readonly { readonly name: string; readonly share: number }[];
  readonly secondsLeft: number;
}

export interface PoolOptions {
  readonly workers: number;
  /** innerloop's version, for the runs. */
  readonly version: string;
  /** Stops all jobs with their checkpoints; those not begun stay in the queue. */
  readonly signal: AbortSignal;
  tell(event: PoolEvent): void;
}

/** Times that a job is begun before its workers' deaths count as its own failure. */
const TRIES = 3;
/** An orphan of a killed suite leaves its run within an update; whoever has it for longer keeps it. */
const BUSY_SECONDS = 30;
const BUSY_PAUSE_MILLISECONDS = 250;
const STDERR_KEPT = 2000;

interface Queued extends Task {
  deaths: number;
  busySince: number | undefined;
  /** Not before this moment of `performance.now()`. */
  notBefore: number;
}

interface Hand {
  readonly child: ChildProcess;
  /** Has said so: what it takes to start counts as no work. */
  ready: boolean;
  task: Queued | undefined;
  since: number;
  share: number;
  stderr: string;
  processor: number;
}

export class Pool {
  private readonly options: PoolOptions;
  /** Of the tasks at hand: weights of others are in other units. */
  private estimator = new Estimator();
  private readonly hands = new Set<Hand>();
  private queue: Queued[] = [];
  private ended = 0;
  private total = 0;
  private busyMilliseconds = 0;
  private processorOfDead = 0;
  private wallMilliseconds = 0;
  private begun = 0;
  private wake: () => void = () => {};
  private deathsBeforeReady = 0;

  constructor(options: PoolOptions) {
    this.options = options;
  }

  /** Lets estimates of the next `run` know of a run that was finished before. */
  learn(size: Size, seconds: number): void {
    this.estimator.finished(size, seconds);
  }

  get status(): PoolStatus {
    const underWay = [...this.hands].filter(({ task }) => task !== undefined);
    const left = underWay.map(({ share, since, task }) => {
      const spent = (performance.now() - since) / 1000;
      return share > 0.05 ? (spent * (1 - share)) / share : this.estimator.known ? this.estimator.of(task!) : Infinity;
    });
    return {
      ended: this.ended,
      of: this.total,
      underWay: underWay.map(({ share, task }) => ({ name: task!.name, share })),
      secondsLeft: this.estimator.left(this.queue, left, this.options.workers),
    };
  }

  /** What the workers did with their time, since the first job until the end of the last one. */
  get usage(): { readonly seconds: number; readonly busy: number; readonly processor: number } {
    const seconds = this.wallMilliseconds / 1000;
    const processor = [...this.hands].reduce((all, hand) => all + hand.processor, this.processorOfDead);
    const worked = this.busyMilliseconds / 1000;
    return { seconds, busy: worked / (seconds * this.options.workers), processor };
  }

  /** Does all of `tasks`. @returns how each that began ended; fewer when the signal came. */
  async run(tasks: readonly Task[]): Promise<ReadonlyMap<string, TaskEnd>> {
    const { options } = this;
    const ends = new Map<string, TaskEnd>();
    this.queue = tasks.map((task) => ({ ...task, deaths: 0, busySince: undefined, notBefore: 0 }));
    this.total = tasks.length;
    this.ended = 0;
    this.begun = performance.now();
    const onAbort = () => {
      for (const hand of this.hands) if (hand.task) send(hand, { type: 'stop' });
      this.wake();
    };
    options.signal.addEventListener('abort', onAbort);
    try {
      for (;;) {
        this.hire(ends);
        this.assign();
        const working = [...this.hands].some(({ task }) => task !== undefined);
        if (!working && (this.queue.length === 0 || options.signal.aborted)) break;
        await this.somethingHappens();
      }
    } finally {
      options.signal.removeEventListener('abort', onAbort);
      this.estimator = new Estimator();
      this.wallMilliseconds += performance.now() - this.begun;
    }
    return ends;
  }

  /** Sends the workers home. */
  dismiss(): void {
    for (const { child } of this.hands) if (child.connected) child.disconnect();
  }

  private somethingHappens(): Promise<void> {
    return new Promise((resolve) => {
      const next = Math.min(...this.queue.map(({ notBefore }) => notBefore));
      const pause = next - performance.now();
      const timer = pause > 0 && Number.isFinite(pause) ? setTimeout(resolve, pause + 1) : undefined;
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** As many workers as there are jobs for. */
  private hire(ends: Map<string, TaskEnd>): void {
    if (this.options.signal.aborted) return;
    const working = [...this.hands].filter(({ task }) => task !== undefined).length;
    const wanted = Math.min(this.options.workers, working + this.queue.length);
    while (this.hands.size < wanted) this.hands.add(this.start(ends));
  }

  private start(ends: Map<string, TaskEnd>): Hand {
    const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
    const child = fork(script, [this.options.version], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const hand: Hand = { child, ready: false, task: undefined, since: 0, share: 0, stderr: '', processor: 0 };
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      hand.stderr = (hand.stderr + text).slice(-STDERR_KEPT);
    });
    child.on('message', (message: FromWorker) => {
      hand.ready = true;
      this.deathsBeforeReady = 0;
      this.hear(hand, message, ends);
    });
    child.on('error', () => {}); // `exit` or a failed start follows
    child.on('close', (code, signal) => {
      this.hands.delete(hand);
      this.processorOfDead += hand.processor;
      if (!hand.ready && ++this.deathsBeforeReady > TRIES)
        this.giveUp(`no worker can be started: ${deathOf(hand, code, signal)}`, ends);
      if (hand.task) this.mourn(hand, deathOf(hand, code, signal), ends);
      this.wake();
    });
    return hand;
  }

  private assign(): void {
    if (this.options.signal.aborted) return;
    for (const hand of this.hands) {
      if (!hand.ready || hand.task || !hand.child.connected) continue;
      const task = this.longest();
      if (task === undefined) return;
      this.queue.splice(this.queue.indexOf(task), 1);
      Object.assign(hand, { task, since: performance.now(), share: 0 });
      send(hand, { type: 'job', job: task.job });
      this.options.tell({ type: 'started', name: task.name });
    }
  }

  private longest(): Queued | undefined {
    const now = performance.now();
    const ready = this.queue.filter(({ notBefore }) => notBefore <= now);
    // What a dead worker left behind comes first: it is partly done.
    const longer = (a: Queued, b: Queued) => b.deaths - a.deaths || this.estimator.of(b) - this.estimator.of(a);
    return ready.sort(longer)[0];
  }

  private hear(hand: Hand, message: FromWorker, ends: Map<string, TaskEnd>): void {
    if (message.type === 'progress') hand.share = message.done / message.of;
    if (message.type === 'ready') this.wake();
    if (message.type !== 'ended') return;
    const task = hand.task!;
    hand.processor = message.processor;
    const seconds = this.release(hand);
    if (message.how === 'finished') {
      if (task.deaths === 0) this.estimator.finished(task, seconds);
      this.conclude(task, seconds, { how: 'finished' }, ends);
    } else if (message.how === 'failed') {
      const { diverged, reason } = message;
      this.conclude(task, seconds, { how: 'failed', reason, diverged }, ends);
    } else if (message.how === 'busy') this.wait(task, message.reason, ends);
    this.wake();
  }

  /** @returns the seconds that it had its task for. */
  private release(hand: Hand): number {
    const spent = performance.now() - hand.since;
    this.busyMilliseconds += spent;
    hand.task = undefined;
    return spent / 1000;
  }

  private conclude(task: Queued, seconds: number, end: TaskEnd, ends: Map<string, TaskEnd>): void {
    const { name } = task;
    ends.set(name, end);
    this.ended++;
    this.options.tell({ type: 'ended', name, seconds, end });
  }

  private wait(task: Queued, reason: string, ends: Map<string, TaskEnd>): void {
    const now = performance.now();
    task.busySince ??= now;
    if (now - task.busySince > BUSY_SECONDS * 1000) {
      this.conclude(task, 0, { how: 'failed', reason, diverged: false }, ends);
      return;
    }
    task.notBefore = now + BUSY_PAUSE_MILLISECONDS;
    this.queue.push(task);
  }

  private mourn(hand: Hand, reason: string, ends: Map<string, TaskEnd>): void {
    const task = hand.task!;
    const seconds = this.release(hand);
    task.deaths++;
    if (task.deaths >= TRIES) {
      this.conclude(task, seconds, { how: 'failed', reason: `${TRIES} times ${reason}`, diverged: false }, ends);
      return;
    }
    this.queue.push(task);
    this.options.tell({ type: 'again', name: task.name, reason });
  }

  private giveUp(reason: string, ends: Map<string, TaskEnd>): void {
    for (const task of this.queue.splice(0)) this.conclude(task, 0, { how: 'failed', reason, diverged: false }, ends);
  }
}

function deathOf({ stderr }: Hand, code: number | null, signal: NodeJS.Signals | null): string {
  const how = signal === null ? `its process ended with code ${code}` : `its process was ended by ${signal}`;
  const last = stderr
    .trim()
    .split('\n')
    .find((line) => /error/i.test(line));
  return last === undefined ? how : `${how} (${last.trim()})`;
}

function send({ child }: Hand, message: ToWorker): void {
  // A worker that has just died: its `close` follows.
  if (child.connected) child.send(message, () => {});
}
