// What a training's events say about where it stands, for the lines and the panel that show it.

import type { Config } from '../training/configSchema.ts';
import type { EvaluationEvent, TrainEvent, UpdateEvent } from '../training/events.ts';

export class TrainingProgress {
  readonly config: Config;
  readonly parameters: number;
  readonly threads: number;
  /** The update that this session began after. */
  readonly from: number;
  /** The highest level in the mix. */
  level = 0;
  last: UpdateEvent | undefined;
  evaluation: EvaluationEvent | undefined;
  private readonly begun = performance.now();

  constructor(started: Extract<TrainEvent, { type: 'started' }>) {
    this.config = started.config;
    this.parameters = started.parameters;
    this.threads = started.threads;
    this.from = started.update;
  }

  take(event: TrainEvent): void {
    if (event.type === 'evaluation') this.evaluation = event;
    if (event.type === 'levelUnlocked') this.level = event.level;
    if (event.type !== 'update') return;
    this.last = event;
    this.level = Math.max(
      this.level,
      event.lanes.findLastIndex((lanes) => lanes > 0),
    );
  }

  get update(): number {
    return this.last?.update ?? this.from;
  }

  /** Episodes a second in this session, evaluations included. */
  get speed(): number {
    return ((this.update - this.from) * this.config.batch) / this.elapsed;
  }

  /** Seconds left if every update is needed. */
  get secondsLeft(): number {
    const done = this.update - this.from;
    return done > 0 ? ((this.config.updates - this.update) * this.elapsed) / done : Number.POSITIVE_INFINITY;
  }

  private get elapsed(): number {
    return (performance.now() - this.begun) / 1000;
  }
}
