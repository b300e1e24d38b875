// A trained agent out of a checkpoint's bytes: to evaluate it, to look inside it, to use it. Runs in a page too.

import { createAgent } from '../agents/createAgent.ts';
import { InnerloopError } from '../core/errors.ts';
import { Random } from '../core/random.ts';
import { Evaluator, type LevelScore } from '../evaluation/accuracy.ts';
import { type Examined, type ExamineOptions, examine } from '../evaluation/examination.ts';
import {
  type Episode,
  EpisodeTracer,
  type ObserveOptions,
  type Playthrough,
  type TraceOptions,
} from '../insight/episode.ts';
import type { Intervention } from '../insight/interventions.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { platform } from '../kernels/platform.ts';
import { Heap } from '../network/heap.ts';
import type { Problem, Split, Task } from '../tasks/task.ts';
import { type Progress, readCheckpoint, restoreParameters } from './checkpoint.ts';
import { reconfigure } from './config.ts';
import type { Config } from './configSchema.ts';
import { parameterHash } from './hash.ts';
import { evaluationStream } from './train.ts';

export interface OpenOptions {
  /** The caller's own task, where the checkpoint is of one. */
  readonly task?: Task;
  /** What errors call the bytes: their path, usually. */
  readonly name?: string;
}

export interface EvaluateOptions {
  /** Fresh problems; default the configuration's `evaluation.testProblems`. */
  readonly problems?: number;
  /** Default `test`. */
  readonly split?: Split;
  /** Decides which problems; default the training's own, and so the problems that its end reported on. */
  readonly seed?: number;
}

/** As `Intervention`, with problems in the task's notation allowed. */
export type PlayIntervention =
  | Exclude<Intervention, { readonly how: 'swap' }>
  | (Omit<Extract<Intervention, { readonly how: 'swap' }>, 'problem'> & { readonly problem: Problem | string });

export interface PlayOptions extends Omit<ObserveOptions, 'interventions'> {
  /** What is done to the agent while it plays. */
  readonly interventions?: readonly PlayIntervention[];
}

/** A trained agent, ready to play. */
export interface Agent {
  readonly config: Config;
  readonly task: Task;
  /** Where its training stood. */
  readonly progress: Progress;
  /** SHA-256 of the parameters, hex. */
  readonly hash: string;
  /** Greedy play on fresh problems of a level. */
  evaluate(level: number, options?: EvaluateOptions): LevelScore;
  /**
   * All that its task's study asks about: sets of problems, groups, ceilings, lengths, levels beyond those of training
   * and several programs a problem, one number after the other. The first set's problems are those of `evaluate`.
   * @throws InnerloopError where the task has no study.
   */
  examine(options?: Partial<ExamineOptions> & { readonly seed?: number }): Generator<Examined, void>;
  /** The problems that `evaluate` plays, the first `count` of them. */
  problems(level: number, count: number, options?: EvaluateOptions): Problem[];
  /** One episode token by token, greedy unless a program is forced. */
  explain(problem: Problem | string, options?: TraceOptions): Episode;
  /**
   * One greedy episode in the open: policy, values, attention and states of every token, and what comes of interfering.
   * Problems to swap with may be given as text, too.
   * @throws InnerloopError on an intervention that the agent or its machine does not allow.
   */
  play(problem: Problem | string, options?: PlayOptions): Playthrough;
  /** The symbols that the agent answers a problem with: `['[MUL]', '[ADD]', '[ANS]']`. */
  solve(problem: Problem | string): readonly string[];
}

/**
 * Opens a checkpoint that training wrote. A problem may be given as text where its task has a notation: `'3 4 5'`.
 * @throws InnerloopError when the bytes are not a whole, finite checkpoint of a known task.
 */
export async function openAgent(checkpoint: Uint8Array, options: OpenOptions = {}): Promise<Agent> {
  const read = readCheckpoint(checkpoint, options.name);
  const { config, task } = reconfigure(read.config, options.task);
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: platform().wideTiles }));
  const network = createAgent(heap, task, config.agent);
  restoreParameters(read, network.parameters);
  network.prepare();
  const evaluator = new Evaluator(task, network);
  let extended: Evaluator | undefined;
  const tracer = new EpisodeTracer(task, network);

  const problems = (level: number, count: number, { split = 'test', seed = config.seed }: EvaluateOptions = {}) => {
    checkRange('level', level, 0, task.levels.length - 1);
    checkCount('problems', count);
    checkRange('seed', seed, 0, Number.MAX_SAFE_INTEGER);
    const stream = evaluationStream(Random.stream(seed, 'evaluation'), split, level);
    return Array.from({ length: count }, (_, i) => task.sample(level, split, stream.fold(i)));
  };
  const parsed = (problem: Problem | string) => (typeof problem === 'string' ? parseProblem(task, problem) : problem);
  const explain = (problem: Problem | string, traceOptions?: TraceOptions) =>
    tracer.trace(parsed(problem), traceOptions);

  return {
    config,
    task,
    progress: read.progress,
    hash: parameterHash(network.parameters.export()),
    problems,
    evaluate(level, evaluate = {}) {
      const set = problems(level, evaluate.problems ?? config.evaluation.testProblems, evaluate);
      return evaluator.score(level, set);
    },
    examine({ problems: count = config.evaluation.testProblems, seed = config.seed, ...more } = {}) {
      if (!task.study) {
        const hint = 'evaluate tells the share that is solved';
        throw new InnerloopError({ kind: 'conflict', what: `task ${task.name} has no study of its problems`, hint });
      }
      extended ??= new Evaluator(task.extended?.() ?? task, network);
      for (const level of more.levels ?? []) checkRange('level', level, 0, extended.task.levels.length - 1);
      checkCount('problems', count);
      checkRange('seed', seed, 0, Number.MAX_SAFE_INTEGER);
      const stream = Random.stream(seed, 'evaluation');
      const first = (level: number) => evaluationStream(stream, 'test', level);
      return examine(extended, task.levels.length, { ...more, problems: count }, stream, first);
    },
    explain,
    play: (problem, { interventions = [], ...more } = {}) =>
      tracer.observe(parsed(problem), {
        ...more,
        interventions: interventions.map((one) => ('problem' in one ? { ...one, problem: parsed(one.problem) } : one)),
      }),
    solve: (problem) => explain(problem).program,
  };
}

/** A person's own problem. @throws InnerloopError where the task has no notation, and on what is not in it. */
export function parseProblem(task: Task, text: string, level?: number): Problem {
  if (task.parse) return task.parse(text, level);
  const hint = 'leave it out: problems are sampled then';
  throw new InnerloopError({ kind: 'conflict', what: `task ${task.name} has no notation for problems`, hint });
}

const checkCount = (what: string, value: number): void => checkRange(what, value, 1, 10_000_000);

function checkRange(what: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  const expected = `an integer from ${low} to ${high}`;
  throw new InnerloopError({ kind: 'invalid', what, expected, received: String(value) });
}
