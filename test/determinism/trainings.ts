// Trainings that are compared bit for bit, here and in processes of their own.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bisection } from '../../examples/bisection.ts';
import { resume, type TrainEvent, type TrainInput, type TrainOptions, train } from '../../src/index.ts';

const READER = { hidden: 48, embedding: 24, feedback: 10 } as const;
const SMALL = { hidden: 24 } as const;
const READING = { every: 4, problems: 9, testProblems: 9 } as const;
const PROGRESS = { name: 'learningProgress', window: 5 } as const;
const LEARNABILITY = { name: 'learnability', window: 5 } as const;
const REPLAY = { name: 'replay', capacity: 150 } as const;

/** Short, and every one takes another path. */
export const TRAININGS = {
  calculator: { task: 'calculator', updates: 30 },
  // Several shards to a block, none of them full, rows and columns off every multiple of the kernels' tiles.
  uneven: {
    task: 'calculator',
    updates: 12,
    batch: 211,
    agent: { hidden: 40 },
    evaluation: { every: 5, problems: 33 },
  },
  tiny: {
    task: 'calculator',
    updates: 12,
    batch: 3,
    agent: { hidden: 7 },
    evaluation: { problems: 1, testProblems: 5 },
  },
  // All rows in one shard, and tokens made after the end.
  published: { task: 'tutorial', updates: 12 },
  normalised: { task: 'calculator', preset: 'normalised-advantages', updates: 12 },
  // Contexts and programs of all lengths, looked back at in hindsight; all levels from the start.
  expressions: { task: 'expressions', preset: 'no-curriculum', updates: 8, batch: 100, evaluation: READING },
  observed: { task: 'expressions', preset: 'faults-closed', updates: 8, batch: 70, agent: READER, evaluation: READING },
  // Curricula that look at outcomes; problems that are given again, by whichever thread has the lane.
  progress: { task: 'calculator', updates: 12, batch: 60, agent: { hidden: 16 }, curriculum: PROGRESS },
  learnability: { task: 'calculator', updates: 12, batch: 60, agent: { hidden: 16 }, curriculum: LEARNABILITY },
  replay: { task: 'expressions', updates: 8, batch: 130, agent: READER, evaluation: READING, curriculum: REPLAY },
  imitation: { task: 'expressions', preset: 'supervised', updates: 8, batch: 33, agent: READER, evaluation: READING },
  // The same as one sequence with its program, and what is observed in it.
  transformer: {
    task: { name: 'expressions', options: { loop: 'closed' } },
    preset: 'no-curriculum',
    updates: 8,
    batch: 100,
    agent: { name: 'transformer', hidden: 48, layers: 2, heads: 3, inner: 76 },
    evaluation: READING,
  },
  // Several steps an update, by minibatches of lanes, on what is looked back at too; groups across shards; state of the
  // algorithm's own; episodes remembered and replayed by whichever thread.
  ppo: {
    task: 'expressions',
    preset: 'no-curriculum',
    updates: 6,
    batch: 100,
    agent: READER,
    algorithm: { name: 'ppo', epochs: 2, minibatches: 3, targetDivergence: 0.01 },
    evaluation: READING,
  },
  grpo: { task: 'calculator', updates: 10, batch: 210, agent: SMALL, algorithm: { name: 'grpo', group: 7, epochs: 2 } },
  rloo: {
    task: 'expressions',
    preset: 'faults-closed',
    updates: 6,
    batch: 72,
    agent: READER,
    algorithm: { name: 'rloo', group: 6, valueWeight: 0.5 },
    evaluation: READING,
  },
  reinforce: { task: 'calculator', updates: 10, batch: 33, agent: SMALL, algorithm: { name: 'reinforce' } },
  remembered: {
    task: 'calculator',
    updates: 10,
    batch: 130,
    agent: SMALL,
    algorithm: { name: 'ppo' },
    selfImitation: { weight: 0.5, capacity: 40, episodes: 31 },
  },
} as const satisfies Readonly<Record<string, TrainInput>>;

export const BISECTION = { task: bisection, updates: 60, batch: 100 } as const satisfies TrainInput;

/** What an event says, without the time it took. */
export type Told = Readonly<Record<string, unknown>>;

/** All that a training tells, in order; checkpoints aside, which come as the second answer. */
export async function listen(events: AsyncIterable<TrainEvent>) {
  const told: Told[] = [];
  const checkpoints = new Map<number, Uint8Array>();
  let hash = '';
  for await (const event of events) {
    if (event.type === 'checkpoint') checkpoints.set(event.update, event.bytes);
    else told.push({ ...event, seconds: undefined });
    if (event.type === 'finished') hash = event.hash;
  }
  return { told, checkpoints, hash };
}

/** The final hash of a training in this process. */
export const hashOf = async (input: TrainInput, options?: TrainOptions): Promise<string> =>
  (await listen(train(input, options))).hash;

/** Trains until update `stop`, then goes on from the checkpoint that the interruption left; again for each stop. */
export async function inPieces(input: TrainInput, stops: readonly number[], options: TrainOptions = {}) {
  const task = typeof input.task === 'object' && 'machine' in input.task ? { task: input.task } : {};
  const told: Told[] = [];
  let checkpoint: Uint8Array | undefined;
  for (const stop of [...stops, Number.POSITIVE_INFINITY]) {
    const interruption = new AbortController();
    const all = { ...options, signal: interruption.signal };
    for await (const event of checkpoint ? resume(checkpoint, { ...all, ...task }) : train(input, all)) {
      if (event.type === 'checkpoint') checkpoint = event.bytes;
      else told.push({ ...event, seconds: undefined });
      if (event.type === 'update' && event.update === stop) interruption.abort();
    }
  }
  return told;
}

/** The final hashes of all `TRAININGS` in this process. */
export async function allHashes(options?: TrainOptions): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, input] of Object.entries(TRAININGS)) hashes[name] = await hashOf(input, options);
  return hashes;
}

/** How a process of its own trains. */
export interface Surroundings {
  /** Whether `accelerate` is called, and with revectorisation or not. */
  readonly accelerate: 'no' | 'threads' | 'revectorised';
  readonly threads?: number;
}

/** The final hashes of all `TRAININGS` in a new Node process, where V8's flags can differ. */
export async function hashesElsewhere(surroundings: Surroundings): Promise<Readonly<Record<string, string>>> {
  const program = join(import.meta.dirname, 'trainingProcess.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(surroundings)]);
  return JSON.parse(stdout);
}
