// A checkpoint's bytes as what an insight report asks its questions of. Runs in a page too.

import { createAgent } from '../agents/createAgent.ts';
import { InnerloopError } from '../core/errors.ts';
import { type Memoryless, type Subject, subjectOf, untrainedAgent } from '../insight/subject.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { platform } from '../kernels/platform.ts';
import { Heap } from '../network/heap.ts';
import type { Task } from '../tasks/task.ts';
import { type Progress, readCheckpoint, restoreParameters } from './checkpoint.ts';
import { reconfigure } from './config.ts';
import type { Config } from './configSchema.ts';
import { parameterHash } from './hash.ts';

export interface SubjectOptions {
  /** The caller's own task, where the checkpoint is of one. */
  readonly task?: Task;
  /** What errors call the bytes: their path, usually. */
  readonly name?: string;
  /** Decides all that is left to chance; default the training's own. */
  readonly seed?: number;
  /** A checkpoint of an agent that was trained on the same problems without memory: a control on memory. */
  readonly memoryless?: Uint8Array;
}

export interface OpenedSubject {
  readonly subject: Subject;
  readonly config: Config;
  /** Where its training stood. */
  readonly progress: Progress;
  /** SHA-256 of the parameters, hex. */
  readonly hash: string;
}

/**
 * @throws InnerloopError when the bytes are not a whole, finite checkpoint of a known task, or when the memoryless agent is
 * one of another task, or has a memory.
 */
export async function openSubject(checkpoint: Uint8Array, options: SubjectOptions = {}): Promise<OpenedSubject> {
  const read = readCheckpoint(checkpoint, options.name);
  const { config, task } = reconfigure(read.config, options.task);
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: platform().wideTiles }));
  const network = createAgent(heap, task, config.agent);
  restoreParameters(read, network.parameters);
  const untrained = untrainedAgent(network, task, config.agent, config.seed);
  const memoryless = options.memoryless && (await openMemoryless(options.memoryless, task, options.task));
  const seed = options.seed ?? config.seed;
  const subject = subjectOf({ task, network, untrained, seed, ...(memoryless && { memoryless }) });
  return { subject, config, progress: read.progress, hash: parameterHash(network.parameters.export()) };
}

async function openMemoryless(checkpoint: Uint8Array, task: Task, own: Task | undefined): Promise<Memoryless> {
  const { config, subject } = await openSubject(checkpoint, { name: 'memoryless', ...(own && { task: own }) });
  const { extended, network } = subject;
  const sameTokens = subject.task.vocabulary.length === task.vocabulary.length;
  if (!sameProblems(subject.task, task) || !sameTokens || extended.machine(1).tamper) {
    throw new InnerloopError({
      kind: 'invalid',
      what: 'memoryless',
      expected: `an agent of ${task.name} with the same levels, trained without memory`,
      received: `${subject.task.name}, preset ${config.preset}`,
    });
  }
  return { task: extended, network };
}

/** Whether an agent of one can be shown the problems of the other, token by token; one of them may be able to think. */
export const sameProblems = (a: Task, b: Task): boolean =>
  a.name === b.name &&
  a.levels.length === b.levels.length &&
  a.observation.length === b.observation.length &&
  namesOf(a) === namesOf(b);

/** Of all tokens but thoughts, which no context has. */
const namesOf = ({ thoughts, vocabulary }: Task): string =>
  vocabulary.flatMap(({ symbol }, token) => (token === thoughts?.token ? [] : [`${token} ${symbol}`])).join(' ');
