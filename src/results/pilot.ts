// How many updates a budget of seconds is: measured by whole trainings, since exploration, rates and lengths of programs
// change over one, and the beginning of a longer training is another training.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quantile } from '../evaluation/aggregates.ts';
import { writeFileAtomic } from '../runs/atomic.ts';
import { thisHost } from '../runs/host.ts';
import type { Config } from '../training/configSchema.ts';
import { train } from '../training/train.ts';
import type { Job } from './messages.ts';
import { PILOT_SEEDS, type Piloted, stretched } from './plan.ts';
import { sameConfig, stateOf } from './runFolder.ts';
import { type JobOptions, processorSeconds, trainRun } from './trainRun.ts';

/** A training of a pilot that came to its end. */
export interface PilotTraining {
  readonly seed: number;
  readonly updates: number;
  /** Of processor time, evaluations included, as a run reports them. */
  readonly seconds: number;
}

/** What a pilot came to, on disk; without `updates` until all of its trainings are done. */
export interface PilotRecord extends Partial<Piloted> {
  readonly version: string;
  readonly config: unknown;
  /** Seconds of processor time that were asked for. */
  readonly budget: number;
  /** Updates, from how fast the first ones were. */
  readonly guess: number;
  readonly trainings: readonly PilotTraining[];
}

/** Of the budget: how long the first guess looks on for. */
const GUESS_SHARE = 0.25;
const MOST_UPDATES = 10_000_000;

/**
 * Updates in `budget` seconds: at the median rate of `trainings`, which one that others disturbed does not move; what was
 * guessed, while there are none.
 */
export function updatesWithin(budget: number, guess: number, trainings: readonly PilotTraining[]): number {
  const rates = trainings.map(({ seconds, updates }) => updates / seconds);
  return rates.length === 0 ? guess : whole(budget * quantile(rates, 0.5));
}

const whole = (updates: number): number => Math.min(MOST_UPDATES, Math.max(1, Math.round(updates)));

/**
 * Trains one run after the other, each stretched over what those before it gave, and writes down what they took. It goes
 * on from where it was interrupted.
 */
export async function pilot(job: Extract<Job, { kind: 'pilot' }>, options: JobOptions): Promise<boolean> {
  const { config, path, seconds } = job;
  const { signal, tell, version } = options;
  let record = recordAt(path, config);
  if (record === undefined) {
    const guess = await guessed(config, seconds, signal);
    if (guess === undefined) return false;
    record = { version, config, budget: seconds, guess, trainings: [] };
    write(path, record);
  }
  for (const [done, seed] of PILOT_SEEDS.entries()) {
    if (done < record.trainings.length) continue;
    const updates = updatesWithin(seconds, record.guess, record.trainings);
    const folder = join(path.replace(/\.json$/, ''), `seed${seed}-${updates}`);
    const training = stretched({ ...config, seed }, updates);
    const within = { ...options, tell: (at: number, of: number) => tell(done + at / of, PILOT_SEEDS.length) };
    if (!(await trainRun(folder, training, within))) return false;
    const state = stateOf(folder);
    if (state.status !== 'finished') return false;
    record = { ...record, trainings: [...record.trainings, { seed, updates, seconds: state.outcome.seconds }] };
    write(path, record);
  }
  write(path, { ...record, updates: updatesWithin(seconds, record.guess, record.trainings), host: thisHost() });
  return true;
}

/** From the beginning of a training; `undefined` when the signal came. */
async function guessed(config: Config, seconds: number, signal: AbortSignal): Promise<number | undefined> {
  let rate: number | undefined;
  for await (const event of train(config, { signal, clock: processorSeconds })) {
    if (event.type !== 'update') continue;
    rate = event.update / event.seconds;
    if (event.seconds >= GUESS_SHARE * seconds) break;
  }
  return signal.aborted || rate === undefined ? undefined : whole(rate * seconds);
}

/** What an interrupted pilot left, if it was of the same. */
function recordAt(path: string, config: Config): PilotRecord | undefined {
  if (!existsSync(path)) return undefined;
  const record = JSON.parse(readFileSync(path, 'utf8')) as PilotRecord;
  return sameConfig(record.config, config) ? record : undefined;
}

function write(path: string, record: PilotRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomic(path, `${JSON.stringify(record)}\n`);
}
