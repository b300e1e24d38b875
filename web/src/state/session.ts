// One training as the page follows it: its worker, where it stands, and what has been learnt so far.

import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { EvaluationEvent, FinishedEvent, Training, UpdateEvent, WarningEvent } from 'innerloop';
import { TrainerClient } from '../engine/client.ts';
import type { FromTrainer, RunEvent, RunInput } from '../engine/protocol.ts';
import { sentence } from '../engine/sentence.ts';
import { Series } from './history.ts';
import { emptyLogs } from './log.ts';

export type SessionStatus = 'idle' | 'starting' | 'running' | 'paused' | 'finished' | 'failed' | 'lost';

export interface Checkpoint {
  readonly update: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A moment worth a mark on the charts. */
export interface Unlock {
  readonly update: number;
  readonly level: number;
  readonly name: string;
}

/** Warnings and unlocked levels that are kept; the oldest make room. */
const KEPT = 200;
/** How often a running training is asked for a checkpoint to go on from, should its worker be lost. */
const SAFETY_MILLISECONDS = 10_000;
/** Over how many seconds the speed is taken. */
const SPEED_SECONDS = 1;

/** Columns of what an update tells, before one for each level's share of the lanes and one for each level's successes. */
export const METRICS = ['entropy', 'valueLoss', 'reward', 'tokens', 'policyLoss', 'gradientNorm'] as const;
export type Metric = (typeof METRICS)[number];

export class Session {
  readonly status = signal<SessionStatus>('idle');
  readonly training = signal<Training | undefined>(undefined);
  /** Why it failed or was lost. */
  readonly reason = signal('');
  /** Whether the worker has said nothing for seconds though it should. */
  readonly silent: ReadonlySignal<boolean> = computed(() => this.mute.value && this.live.value);
  /** The last update, and all that it told. */
  readonly latest = signal<UpdateEvent | undefined>(undefined);
  readonly evaluation = signal<EvaluationEvent | undefined>(undefined);
  readonly warnings = signal<readonly WarningEvent[]>([]);
  readonly unlocks = signal<readonly Unlock[]>([]);
  readonly finished = signal<FinishedEvent | undefined>(undefined);
  readonly checkpoint = signal<Checkpoint | undefined>(undefined);
  /** Numbers that are trained. */
  readonly parameters = signal(0);
  /** That train. */
  readonly threads = signal(1);
  /** Episodes per second, lately. */
  readonly speed = signal(0);
  /** Counts what was heard: charts draw anew when it changes. */
  readonly version = signal(0);
  readonly live: ReadonlySignal<boolean> = computed(() => ['starting', 'running'].includes(this.status.value));

  /** `METRICS`, then lanes by level, then solved while exploring by level. */
  updates = new Series(METRICS.length);
  /** Solved by level in evaluations. */
  evaluations = new Series(0);
  /** All that was told of updates and of evaluations, in full. */
  logs = emptyLogs();

  private client: TrainerClient | undefined;
  private readonly mute = signal(false);
  private speeds: { readonly seconds: number; readonly episodes: number }[] = [];
  private waiting: ((checkpoint: Checkpoint) => void)[] = [];
  private safety: ReturnType<typeof setInterval> | undefined;

  /** Begins `training` at its first update; an earlier one is dropped. @param until the update after which to pause. */
  begin(training: Training, paused = false, until?: number): void {
    this.clear(training);
    const { task, ...settings } = training.config;
    const input: RunInput = { ...settings, task };
    this.order((client) => client.start(input, paused, until));
  }

  /** Goes on from a checkpoint of `training`, with what was told before it; an earlier training is dropped. */
  load(training: Training, checkpoint: Checkpoint, told: readonly RunEvent[], paused: boolean): void {
    this.clear(training);
    batch(() => {
      for (const event of told) this.take(event);
      this.checkpoint.value = checkpoint;
      this.version.value++;
    });
    this.order((client) => client.resume(checkpoint.bytes, paused));
  }

  private clear(training: Training): void {
    if (this.mute.peek()) {
      // Whoever has said nothing for seconds may not hear either.
      this.client?.close();
      this.client = undefined;
    }
    const levels = training.task.levels.length;
    batch(() => {
      this.training.value = training;
      this.latest.value = undefined;
      this.evaluation.value = undefined;
      this.warnings.value = [];
      this.unlocks.value = [];
      this.finished.value = undefined;
      this.checkpoint.value = undefined;
      this.speed.value = 0;
      this.reason.value = '';
      this.mute.value = false;
      this.status.value = 'starting';
      this.updates = new Series(METRICS.length + 2 * levels);
      this.evaluations = new Series(levels);
      this.logs = emptyLogs();
      this.version.value++;
    });
    this.speeds = [];
  }

  /** @param until the update after which to pause. */
  run(until?: number): void {
    if (this.status.value !== 'paused') return;
    this.status.value = 'starting';
    this.client?.send({ type: 'run', until });
  }

  pause(): void {
    this.client?.send({ type: 'pause' });
  }

  /** One update, with all that follows from it. */
  step(): void {
    this.client?.send({ type: 'step' });
  }

  /** From the first update again, paused. */
  reset(paused = true): void {
    const training = this.training.peek();
    if (training) this.begin(training, paused);
  }

  /** After the worker was lost: from the last checkpoint, or from the start where there is none. */
  revive(): void {
    this.client?.close();
    this.client = undefined;
    const checkpoint = this.checkpoint.peek();
    if (!checkpoint) {
      this.reset(false);
      return;
    }
    batch(() => {
      this.status.value = 'starting';
      this.mute.value = false;
      this.reason.value = '';
    });
    this.order((client) => client.resume(checkpoint.bytes, false));
  }

  /** A checkpoint of where the training stands; of the last one known where it cannot answer. */
  takeCheckpoint(): Promise<Checkpoint> {
    const known = this.checkpoint.peek();
    if (known && !this.client) return Promise.resolve(known);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.client?.send({ type: 'checkpoint' });
    });
  }

  /** Ends the worker. */
  close(): void {
    clearInterval(this.safety);
    this.safety = undefined;
    this.client?.close();
    this.client = undefined;
    this.status.value = 'idle';
  }

  /** Where no worker can be started, that is why it failed. */
  private order(give: (client: TrainerClient) => void): void {
    try {
      give(this.opened());
    } catch (error) {
      batch(() => {
        this.reason.value = sentence(error);
        this.status.value = 'failed';
      });
    }
  }

  private opened(): TrainerClient {
    this.client ??= new TrainerClient({
      heard: (message) => batch(() => this.hear(message)),
      lost: (reason) => {
        this.client = undefined;
        batch(() => {
          this.reason.value = reason;
          this.status.value = 'lost';
        });
      },
      silent: (silent) => {
        this.mute.value = silent;
      },
    });
    this.safety ??= setInterval(() => {
      if (this.status.peek() === 'running') this.client?.send({ type: 'checkpoint' });
    }, SAFETY_MILLISECONDS);
    return this.client;
  }

  private hear(message: Exclude<FromTrainer, { type: 'pong' }>): void {
    switch (message.type) {
      case 'events':
        for (const event of message.events) this.take(event);
        this.version.value++;
        return;
      case 'status':
        this.status.value = message.status;
        if (message.status !== 'running') this.speeds = [];
        return;
      case 'checkpoint': {
        const { update, bytes } = message;
        this.checkpoint.value = { update, bytes };
        for (const resolve of this.waiting.splice(0)) resolve({ update, bytes });
        return;
      }
      case 'failed':
        this.reason.value = message.message;
        this.status.value = 'failed';
        return;
      default:
        message satisfies never;
    }
  }

  private take(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        this.parameters.value = event.parameters;
        this.threads.value = event.threads;
        return;
      case 'update': {
        // After a lost worker the updates since its last checkpoint come once more, to the same bits.
        if (event.update <= (this.latest.peek()?.update ?? 0)) return;
        const lanes = event.lanes.reduce((sum, count) => sum + count, 0);
        const metrics = METRICS.map((metric) => event[metric]);
        this.updates.push(event.update, [...metrics, ...event.lanes.map((count) => count / lanes), ...event.solved]);
        this.logs.metrics.take(event);
        this.latest.value = event;
        this.measure(event);
        return;
      }
      case 'evaluation':
        if (event.update <= (this.evaluation.peek()?.update ?? 0)) return;
        this.evaluations.push(
          event.update,
          event.levels.map(({ solved }) => solved),
        );
        this.logs.evaluations.take(event);
        this.evaluation.value = event;
        return;
      case 'levelUnlocked':
        if (this.unlocks.peek().some(({ level, update }) => level === event.level && update === event.update)) return;
        this.unlocks.value = [...this.unlocks.value, event].slice(-KEPT);
        return;
      case 'warning':
        if (this.warnings.peek().some(({ message, update }) => message === event.message && update === event.update))
          return;
        this.logs.warnings.take(event);
        this.warnings.value = [...this.warnings.value, event].slice(-KEPT);
        return;
      case 'finished':
        this.finished.value = event;
        this.client?.send({ type: 'checkpoint' });
        return;
      default:
        event satisfies never;
    }
  }

  private measure({ episodes, seconds }: UpdateEvent): void {
    this.speeds.push({ seconds, episodes });
    while (this.speeds.length > 2 && seconds - this.speeds[1]!.seconds > SPEED_SECONDS) this.speeds.shift();
    const first = this.speeds[0]!;
    if (seconds > first.seconds) this.speed.value = (episodes - first.episodes) / (seconds - first.seconds);
  }
}
