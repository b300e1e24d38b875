// The threads of one learner. Every thread does the same phases for its own gradient blocks and slices; which thread
// does which never changes a bit, since blocks are summed in their order and slices touch different numbers.

import type { TokenCoefficients } from '../agents/rollout.ts';
import type { Words } from '../core/random.ts';
import { Random } from '../core/random.ts';
import type { Draws } from '../curricula/draws.ts';
import type { KernelImage } from '../kernels/kernels.ts';
import { platform, type Thread, type WorkerSource } from '../kernels/platform.ts';
import type { Heap } from '../network/heap.ts';
import type { Task } from '../tasks/task.ts';
import { Assignments } from './assignments.ts';
import type { Config } from './configSchema.ts';
import { cutMinibatches } from './lanes.ts';
import { Learner, type LearnerAddresses } from './learner.ts';
import { scheduleOf } from './schedule.ts';
import { type Phase, Signals } from './signals.ts';

/** All that a follower needs to work on the leader's learner. */
export interface Enlistment {
  readonly image: KernelImage;
  readonly config: Config;
  readonly addresses: LearnerAddresses;
  readonly assignments: number;
  readonly signals: number;
  /** This follower's number, from 1; the leader is 0. */
  readonly thread: number;
  readonly threads: number;
}

const WORKER: WorkerSource = {
  // For Node; a bundler would take the file for an asset.
  url: new URL(/* @vite-ignore */ './teamWorker.ts', import.meta.url),
  create: () => new Worker(new URL('./teamWorker.ts', import.meta.url), { type: 'module' }),
};

/** One thread's part in the phases; `numbers` carry what changes from update to update. */
export class Member {
  readonly learner: Learner;
  private readonly assignments: Assignments;
  private readonly config: Config;
  private readonly task: Task;
  private readonly thread: number;
  private readonly threads: number;
  private readonly taskStream: Random;
  private readonly hindsightStream: Random;
  private readonly minibatchStream: Random;
  private readonly selfImitationStream: Random;
  /** Minibatches of the last epoch asked for. */
  private cut: { readonly update: number; readonly epoch: number; readonly lanes: Int32Array[] } | undefined;

  constructor(learner: Learner, assignments: Assignments, task: Task, config: Config, thread: number, threads: number) {
    this.learner = learner;
    this.assignments = assignments;
    this.config = config;
    this.task = task;
    this.thread = thread;
    this.threads = threads;
    this.taskStream = Random.stream(config.seed, 'task');
    this.hindsightStream = Random.stream(config.seed, 'hindsight');
    this.minibatchStream = Random.stream(config.seed, 'minibatches');
    this.selfImitationStream = Random.stream(config.seed, 'selfImitation');
  }

  /** The lanes of a minibatch, of `epoch` and `minibatch` counted from 0. */
  minibatch(update: number, epoch: number, minibatch: number): Int32Array {
    if (this.cut?.update !== update || this.cut.epoch !== epoch) {
      const random = this.minibatchStream.fold(update).fold(epoch);
      const { minibatches } = scheduleOf(this.config.algorithm);
      this.cut = { update, epoch, lanes: cutMinibatches(this.config.batch, minibatches, random) };
    }
    return this.cut.lanes[minibatch]!;
  }

  perform(phase: Phase, numbers: ArrayLike<number>): void {
    const { learner, threads } = this;
    switch (phase) {
      case 'rollOut':
        learner.agent.prepare();
        for (const block of this.blocks()) this.rollOut(block, numbers[0]!, [numbers[1]!, numbers[2]!]);
        break;
      case 'replay': {
        learner.agent.prepare();
        const [update, epoch, minibatch] = [numbers[0]!, numbers[1]!, numbers[2]!];
        const lanes = this.minibatch(update, epoch, minibatch);
        for (const block of this.blocks()) {
          learner.replay(block, lanes);
          if (this.config.hindsight.weight > 0) learner.replayExamples(block, lanes);
          this.recall(block, update, epoch * scheduleOf(this.config.algorithm).minibatches + minibatch);
        }
        break;
      }
      case 'runBack':
        for (const block of this.blocks()) {
          learner.runBack(block, { entropyWeight: numbers[0]!, uniformWeight: numbers[1]! });
        }
        break;
      case 'reduce':
        learner.reduce(this.thread, threads);
        break;
      case 'apply': {
        const [norm, update, step] = [numbers[0]!, numbers[1]!, numbers[2]!];
        const { clip, ...adam } = this.config.optimiser;
        const rate = rateAt(this.config, update);
        learner.apply({ ...adam, rate }, clip, norm, step, this.thread, threads);
        break;
      }
      case 'leave':
        break;
      default:
        phase satisfies never;
    }
  }

  private blocks(): number[] {
    return this.learner.gradients.map((_, block) => block).filter((block) => block % this.threads === this.thread);
  }

  private rollOut(block: number, update: number, key: Words): void {
    const { assignments, config, learner, task, taskStream } = this;
    const fresh = taskStream.fold(update);
    // Looked up anew for each lane: an earlier shard's rollout may have grown the memory.
    const problem = (lane: number) => {
      const { levels, numbers, updates } = assignments.arrays();
      const random = updates[lane] === update ? fresh : taskStream.fold(updates[lane]!);
      return task.sample(levels[lane]!, 'train', random.fold(numbers[lane]!));
    };
    const { algorithm } = config;
    learner.rollOut(block, problem, (problems) =>
      algorithm.name === 'imitation'
        ? { choice: { kind: 'forced', programs: problems.map((one) => task.teach!(one)!) }, afterEnd: 'mask' }
        : { choice: { kind: 'sample', key }, afterEnd: algorithm.name === 'a2c' ? algorithm.afterEnd : 'mask' },
    );
    const whole = scheduleOf(algorithm).minibatches === 1;
    if (config.hindsight.weight > 0) {
      learner.lookBack(block, this.hindsightStream.fold(update));
      if (whole) learner.replayExamples(block);
    }
    if (whole) this.recall(block, update, 0);
  }

  /** Replays memories for one optimiser step of an update, counted from 0. */
  private recall(block: number, update: number, step: number): void {
    const { config, learner, task, taskStream } = this;
    if (config.selfImitation.weight === 0) return;
    learner.recall(block, this.selfImitationStream.fold(update).fold(step), (memory) =>
      task.sample(memory.level, 'train', taskStream.fold(memory.update).fold(memory.number)),
    );
  }
}

/** Adam's rate at update `step`, counted from 1. */
export function rateAt({ optimiser: { decay, rate }, updates }: Config, update: number): number {
  const held = decay.after * updates;
  return update <= held ? rate : rate * (1 - (1 - decay.to) * ((update - held) / (updates - held)));
}

/** The leader, and the followers that it started. */
export class Team {
  readonly learner: Learner;
  /** What the lanes of the last rollout played. */
  readonly assignments: Assignments;
  private readonly leader: Member;
  private readonly followers: Thread[] = [];
  private readonly signals: Signals;
  private readonly policyStream: Random;
  private failure: Error | undefined;

  private constructor(heap: Heap, task: Task, config: Config, threads: number) {
    this.learner = new Learner(heap, task, config);
    this.assignments = new Assignments(heap, config.batch);
    this.leader = new Member(this.learner, this.assignments, task, config, 0, threads);
    this.signals = new Signals(heap);
    this.policyStream = Random.stream(config.seed, 'policy');
  }

  /** Starts `threads` − 1 followers and waits until they are ready. */
  static async gather(heap: Heap, task: Task, config: Config, threads: number): Promise<Team> {
    const team = new Team(heap, task, config, threads);
    const ready: Promise<void>[] = [];
    for (let thread = 1; thread < threads; thread++) {
      const enlistment: Enlistment = {
        image: heap.image,
        config,
        addresses: team.learner.addresses,
        assignments: team.assignments.at,
        signals: team.signals.at,
        thread,
        threads,
      };
      const follower = platform().start(WORKER, enlistment);
      team.followers.push(follower);
      ready.push(
        new Promise((resolve, reject) =>
          follower.listen(
            () => resolve(),
            (error) => {
              team.failure = error;
              team.signals.fail();
              reject(error);
            },
          ),
        ),
      );
    }
    await Promise.all(ready);
    return team;
  }

  /** Rolls out an update; the problems are spread over the lanes. */
  rollOut(update: number, draws: Draws): void {
    this.assignments.give(draws);
    const { key } = this.policyStream.fold(update);
    this.together('rollOut', [update, key[0], key[1]]);
  }

  /** The lanes of a minibatch, of `epoch` and `minibatch` counted from 0. */
  minibatch(update: number, epoch: number, minibatch: number): Int32Array {
    return this.leader.minibatch(update, epoch, minibatch);
  }

  /** Remembers the solved episodes of the last rollout. */
  remember(): void {
    this.learner.memories.keep(this.assignments.arrays(), this.learner.trajectories.arrays());
  }

  /** Plays a minibatch of the last rollout once more, as the policy and the critic see it now. */
  replay(update: number, epoch: number, minibatch: number): void {
    this.together('replay', [update, epoch, minibatch]);
  }

  /** From the weights in the trajectories to the summed gradient. @returns its global norm. */
  runBack({ entropyWeight, uniformWeight }: TokenCoefficients): number {
    this.together('runBack', [entropyWeight, uniformWeight]);
    this.together('reduce', []);
    return this.learner.finish();
  }

  /** One clipped step of Adam. @param update, @param step count from 1; an update may take several steps. */
  apply(norm: number, update: number, step: number = update): void {
    this.together('apply', [norm, update, step]);
  }

  /** Lets the followers go. */
  dismiss(): void {
    if (this.followers.length > 0) this.signals.open('leave', []);
    for (const follower of this.followers) follower.terminate();
  }

  private together(phase: Phase, numbers: readonly number[]): void {
    const followers = this.followers.length;
    if (followers > 0) this.signals.open(phase, numbers);
    this.leader.perform(phase, numbers);
    if (followers > 0) {
      try {
        this.signals.close(followers);
      } catch (error) {
        throw this.failure ?? error;
      }
    }
  }
}
