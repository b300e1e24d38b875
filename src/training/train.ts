// Training as a stream of events: a pure function of the configuration, whoever listens and however often it is
// interrupted.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { type Algorithm, createAlgorithm } from '../algorithms/losses.ts';
import { Random } from '../core/random.ts';
import type { Curriculum } from '../curricula/curriculum.ts';
import { freshDraws } from '../curricula/draws.ts';
import { createCurriculum } from '../curricula/table.ts';
import { Evaluator, type PricedScore } from '../evaluation/accuracy.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { platform } from '../kernels/platform.ts';
import { Heap } from '../network/heap.ts';
import type { Split, Task } from '../tasks/task.ts';
import { type Progress, readCheckpoint, restoreMemories, restoreParameters, writeCheckpoint } from './checkpoint.ts';
import { configure, reconfigure, type TrainInput, type Training } from './config.ts';
import type { EvaluationEvent, TrainEvent, UpdateEvent } from './events.ts';
import { parameterHash } from './hash.ts';
import { Monitors } from './monitors/monitors.ts';
import { rewardSpread } from './monitors/rewardSpread.ts';
import { optimise } from './optimise.ts';
import { outcomesOf } from './outcomes.ts';
import { groupOf } from './schedule.ts';
import { Team } from './team.ts';

export interface TrainOptions {
  /** Stops the training between two updates: it answers with a checkpoint, and `finished` as `interrupted`. */
  readonly signal?: AbortSignal;
  /** Threads of one update, 1 by default and as many as are useful at the most; they change no bit. */
  readonly threads?: number;
  /** Asked between updates: true yields a checkpoint that the configuration did not plan. It changes no bit. */
  readonly checkpointWanted?: () => boolean;
  /**
   * Seconds since some moment, for what events say of `seconds`; by default those of the wall clock. It changes no bit
   * and is not in a checkpoint.
   */
  readonly clock?: () => number;
}

const wallClock = (): number => performance.now() / 1000;

/** Time after which the event loop gets a turn, so that signals and pages are served. */
const TURN_MILLISECONDS = 30;

/**
 * Trains an agent.
 * @param input the task, a preset of it and the settings that differ.
 * @throws InnerloopError on a bad setting, and when a loss or gradient is not finite (the last checkpoint stays good).
 */
export async function* train(input: TrainInput, options: TrainOptions = {}): AsyncGenerator<TrainEvent, void> {
  yield* run(configure(input), undefined, options);
}

/**
 * Goes on from a checkpoint, to the same bits as if it had never stopped.
 * @param task the caller's own task, where the checkpoint is of one.
 */
export async function* resume(
  checkpoint: Uint8Array,
  options: TrainOptions & { readonly task?: Task } = {},
): AsyncGenerator<TrainEvent, void> {
  const { config } = readCheckpoint(checkpoint);
  yield* run(reconfigure(config, options.task), checkpoint, options);
}

async function* run(training: Training, checkpoint: Uint8Array | undefined, options: TrainOptions) {
  const { config, ownTask, task } = training;
  const wanted = options.threads ?? 1;
  const threads = ownTask || !platform().sharedMemory ? 1 : wanted;
  const heap = new Heap(await loadKernels({ shared: threads > 1, wideTiles: platform().wideTiles }));
  const team = await Team.gather(heap, task, config, threads);
  const session = new Session(training, team, options.clock ?? wallClock);
  try {
    if (checkpoint) session.restore(checkpoint);
    const { parameters } = team.learner.agent;
    const { update } = session.progress;
    yield { type: 'started', config, parameters: parameters.count, update, threads } satisfies TrainEvent;
    if (threads < wanted) {
      const reason = ownTask ? 'a task of one’s own cannot be given to other threads' : 'memory cannot be shared here';
      yield { type: 'warning', update, message: `one thread instead of ${wanted}: ${reason}` } satisfies TrainEvent;
    }
    yield* session.updates(options);
    yield session.finish(options.signal?.aborted === true);
  } finally {
    team.dismiss();
  }
}

/** One training between its start and its end. */
class Session {
  private readonly training: Training;
  private readonly team: Team;
  private readonly curriculum: Curriculum;
  private readonly algorithm: Algorithm;
  private readonly evaluator: Evaluator;
  private readonly monitors: Monitors;
  private readonly curriculumStream: Random;
  private readonly evaluationStream: Random;
  private update = 0;
  private episodes = 0;
  private streak = 0;
  /** Optimiser steps so far. */
  private steps = 0;
  /** Seconds of earlier sessions. */
  private secondsBefore = 0;
  private readonly clock: () => number;
  private readonly started: number;

  constructor(training: Training, team: Team, clock: () => number) {
    const { config, task } = training;
    this.training = training;
    this.team = team;
    this.clock = clock;
    this.started = clock();
    this.curriculum = createCurriculum(config.curriculum, task.levels.length);
    this.algorithm = createAlgorithm(config.algorithm);
    this.evaluator = new Evaluator(task, team.learner.agent);
    this.monitors = new Monitors(task, team.learner.agent, config);
    this.curriculumStream = Random.stream(config.seed, 'curriculum');
    this.evaluationStream = Random.stream(config.seed, 'evaluation');
    team.learner.agent.parameters.initialise(Random.stream(config.seed, 'initialisation'));
  }

  get progress(): Progress {
    const { algorithm, curriculum, episodes, monitors, seconds, steps, streak, update } = this;
    const states = { curriculum: curriculum.state, algorithm: algorithm.state, monitors: monitors.state };
    return { update, episodes, seconds, streak, steps, ...states };
  }

  restore(bytes: Uint8Array): void {
    const checkpoint = readCheckpoint(bytes);
    const { algorithm, curriculum, episodes, monitors, seconds, streak, update } = checkpoint.progress;
    restoreParameters(checkpoint, this.team.learner.agent.parameters);
    restoreMemories(checkpoint, this.team.learner.memories);
    this.curriculum.state = curriculum;
    this.update = update;
    this.episodes = episodes;
    this.streak = streak;
    this.steps = checkpoint.progress.steps ?? update;
    if (algorithm) this.algorithm.state = algorithm;
    if (monitors) this.monitors.state = monitors;
    this.secondsBefore = seconds;
  }

  /** Updates until the training is over or the signal stops it. */
  async *updates({ checkpointWanted, signal }: TrainOptions): AsyncGenerator<TrainEvent, void> {
    const { checkpoint, evaluation, updates } = this.training.config;
    let turn = performance.now();
    let saved = this.update;
    while (this.update < updates && !this.solvedForGood) {
      if (performance.now() - turn > TURN_MILLISECONDS) {
        await eventLoop();
        turn = performance.now();
      }
      if (signal?.aborted) break;
      const event = this.once();
      yield event;
      yield* this.monitors.updated(event);
      if (this.update % evaluation.every === 0) {
        const event = this.evaluate();
        yield event;
        yield* this.monitors.evaluated(event);
        const level = this.curriculum.evaluated(event.levels.map(({ solved }) => solved));
        if (level !== undefined) {
          const { name } = this.training.task.levels[level]!;
          yield { type: 'levelUnlocked', update: this.update, level, name };
        }
      }
      if (this.update % checkpoint.every === 0 || checkpointWanted?.()) {
        yield this.checkpoint();
        saved = this.update;
      }
    }
    if (saved < this.update || this.update === 0) yield this.checkpoint();
  }

  finish(interrupted: boolean): TrainEvent {
    const { config, task } = this.training;
    const { parameters } = this.team.learner.agent;
    const { episodes, seconds, update } = this;
    // An abort that came after the last update interrupted nothing.
    const stopped = interrupted && update < config.updates && !this.solvedForGood;
    return {
      type: 'finished',
      status: stopped ? 'interrupted' : 'finished',
      hash: parameterHash(parameters.export()),
      updates: update,
      episodes,
      seconds,
      levels: stopped ? [] : task.levels.map((_, level) => this.score(level, 'test', config.evaluation.testProblems)),
    };
  }

  private get seconds(): number {
    return this.secondsBefore + (this.clock() - this.started);
  }

  private get solvedForGood(): boolean {
    const { stop } = this.training.config;
    return stop !== null && this.streak >= stop.evaluations;
  }

  private once(): UpdateEvent {
    const { team } = this;
    const { config, task } = this.training;
    const update = this.update + 1;
    const draws = freshDraws(update, config.batch / groupOf(config.algorithm));
    this.curriculum.assign(update, draws, this.curriculumStream.fold(update));
    team.rollOut(update, draws);
    const batch = team.learner.trajectories.arrays();
    this.tellCurriculum(update, batch);
    const told = outcomes(batch, task.levels.length);
    const objective = this.algorithm.begin(batch, update - 1);
    const optimised = optimise(team, config, objective, update, this.steps);
    this.steps = optimised.steps;
    if (config.selfImitation.weight > 0) team.remember();
    this.update = update;
    this.episodes += config.batch;
    return {
      type: 'update',
      update,
      episodes: this.episodes,
      seconds: this.seconds,
      ...told,
      ...optimised.told,
    };
  }

  private tellCurriculum(update: number, batch: TrajectoryArrays): void {
    const { algorithm } = this.training.config;
    const discount = 'discount' in algorithm ? algorithm.discount : 1;
    this.curriculum.observe?.(outcomesOf(update, this.team.assignments.arrays(), batch, discount));
  }

  private evaluate(): EvaluationEvent {
    const { config, task } = this.training;
    this.team.learner.agent.prepare();
    const levels = task.levels.map((_, level) => this.score(level, 'validation', config.evaluation.problems));
    const solved = levels.every((level) => level.solved >= (config.stop?.solved ?? Number.POSITIVE_INFINITY));
    this.streak = solved && this.curriculum.complete ? this.streak + 1 : 0;
    const { episodes, seconds, update } = this;
    return { type: 'evaluation', update, episodes, seconds, levels };
  }

  private score(level: number, split: Split, problems: number): PricedScore {
    this.team.learner.agent.prepare();
    return this.evaluator.level(level, split, problems, evaluationStream(this.evaluationStream, split, level));
  }

  private checkpoint(): TrainEvent {
    const { agent, memories } = this.team.learner;
    const bytes = writeCheckpoint(this.training.config, this.progress, agent.parameters, memories);
    return { type: 'checkpoint', update: this.update, bytes };
  }
}

/** The stream that decides which problems of a split and level are evaluated. */
export function evaluationStream(stream: Random, split: Split, level: number): Random {
  return stream.fold(split === 'test' ? 1 : 0).fold(level);
}

/** What came of the lanes of one update, by level. */
function outcomes(batch: ReturnType<Team['learner']['trajectories']['arrays']>, levels: number) {
  const lanes = new Array<number>(levels).fill(0);
  const solved = new Array<number>(levels).fill(0);
  let reward = 0;
  let tokens = 0;
  for (let lane = 0; lane < batch.lanes; lane++) {
    const level = batch.levels[lane]!;
    lanes[level]!++;
    solved[level]! += batch.solved[lane]!;
    tokens += batch.lengths[lane]!;
    for (let t = 0; t < batch.lengths[lane]!; t++) reward += batch.rewards[lane * batch.steps + t]!;
  }
  return {
    lanes,
    solved: solved.map((count, level) => (lanes[level]! > 0 ? count / lanes[level]! : null)),
    reward: reward / batch.lanes,
    rewardSpread: rewardSpread(batch),
    tokens: tokens / batch.lanes,
  };
}

/** Lets the event loop turn once; timers of browsers would wait for milliseconds. */
function eventLoop(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
