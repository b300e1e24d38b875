// A checkpoint's bytes as what an insight report asks its questions of. Runs in a page too.

import { createAgent } from '../agents/createAgent.ts';
import { type Subject, subjectOf, untrainedAgent } from '../insight/subject.ts';
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
}

export interface OpenedSubject {
  readonly subject: Subject;
  readonly config: Config;
  /** Where its training stood. */
  readonly progress: Progress;
  /** SHA-256 of the parameters, hex. */
  readonly hash: string;
}

/** @throws InnerloopError when the bytes are not a whole, finite checkpoint of a known task. */
export async function openSubject(checkpoint: Uint8Array, options: SubjectOptions = {}): Promise<OpenedSubject> {
  const read = readCheckpoint(checkpoint, options.name);
  const { config, task } = reconfigure(read.config, options.task);
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: platform().wideTiles }));
  const network = createAgent(heap, task, config.agent);
  restoreParameters(read, network.parameters);
  const untrained = untrainedAgent(network, task, config.agent, config.seed);
  const subject = subjectOf({ task, network, untrained, seed: options.seed ?? config.seed });
  return { subject, config, progress: read.progress, hash: parameterHash(network.parameters.export()) };
}
