// What a checkpoint holds: parameters under PyTorch's names, Adam's moments, and in the metadata all else that is needed
// to go on to the same bits. Random streams need nothing: they are functions of the seed and the update.

import { z } from 'zod';
import type { AlgorithmState } from '../algorithms/losses.ts';
import { InnerloopError } from '../core/errors.ts';
import { type CurriculumState, curriculumStateSchema, fits, isStateOf } from '../curricula/state.ts';
import { checkDigest, withDigest } from '../formats/digest.ts';
import { assertFinite, readSafetensors, type Tensor, writeSafetensors } from '../formats/safetensors.ts';
import type { NamedArray, Parameters } from '../network/parameters.ts';
import { type Config, configSchema } from './configSchema.ts';
import type { Memories } from './memories.ts';
import { type MonitorState, monitorSchema } from './monitors/monitors.ts';

const FORMAT = 'innerloop/1';
const FIRST_MOMENT = 'adam.exp_avg.';
const SECOND_MOMENT = 'adam.exp_avg_sq.';
const MEMORIES = 'self_imitation.memories';

/** Where a training stands between two updates. */
export interface Progress {
  readonly update: number;
  readonly episodes: number;
  readonly seconds: number;
  readonly curriculum: CurriculumState;
  /** Evaluations in a row at which every level was solved. */
  readonly streak: number;
  /** Optimiser steps; as many as updates when absent. */
  readonly steps?: number | undefined;
  /** What the algorithm carries from update to update; nothing when absent. */
  readonly algorithm?: AlgorithmState | undefined;
  /** What the monitors have seen, and said already; absent in checkpoints of earlier versions. */
  readonly monitors?: MonitorState | undefined;
}

const count = z.int().min(0);
const progressSchema = z.object({
  update: count,
  episodes: count,
  seconds: z.number().min(0),
  curriculum: curriculumStateSchema,
  streak: count,
  steps: count.optional(),
  algorithm: z.object({ baselines: z.array(z.number().nullable()) }).optional(),
  // Of another version it is left aside: it decides what is said, and no bit.
  monitors: monitorSchema.optional().catch(undefined),
}) satisfies z.ZodType<Progress>;

export interface Checkpoint {
  readonly config: Config;
  readonly progress: Progress;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** @param memories of self-imitation; left out where there are none. */
export function writeCheckpoint(
  config: Config,
  progress: Progress,
  parameters: Parameters,
  memories: Memories,
): Uint8Array {
  const { firstMoments, secondMoments } = parameters.blocks;
  const tensors = new Map<string, Tensor>();
  const put = (prefix: string, arrays: readonly NamedArray[]): void => {
    for (const { data, name, shape } of arrays) tensors.set(prefix + name, { dtype: 'F32', shape, data });
  };
  put('', parameters.export());
  put(FIRST_MOMENT, parameters.export(firstMoments));
  put(SECOND_MOMENT, parameters.export(secondMoments));
  if (memories.count > 0) tensors.set(MEMORIES, { dtype: 'I32', ...memories.save() });
  const metadata = { format: FORMAT, config: JSON.stringify(config), progress: JSON.stringify(progress) };
  return writeSafetensors(tensors, withDigest(metadata, tensors));
}

/**
 * @param name of the file, for messages.
 * @throws InnerloopError on anything that is not a whole, finite checkpoint, as it was written.
 */
export function readCheckpoint(bytes: Uint8Array, name = 'checkpoint'): Checkpoint {
  const contents = readSafetensors(bytes, name);
  const { metadata, tensors } = contents;
  const refuse = (reason: string): never => {
    const hint = 'use a checkpoint that innerloop wrote';
    throw new InnerloopError({ kind: 'file', path: name, reason, hint });
  };
  if (metadata.format !== FORMAT) refuse(`its metadata does not say '${FORMAT}'`);
  checkDigest(contents, name);
  assertFinite(tensors, name);
  const json = (key: 'config' | 'progress'): unknown => {
    try {
      return JSON.parse(metadata[key] ?? '');
    } catch {
      return refuse(`its metadata '${key}' is not JSON`);
    }
  };
  const config = configSchema.safeParse(json('config'));
  if (!config.success) refuse('its configuration is not one of this version');
  const progress = progressSchema.safeParse(json('progress'));
  if (!progress.success) refuse('its metadata does not say where the training stands');
  const { curriculum } = config.data!;
  if (!isStateOf(curriculum.name, progress.data!.curriculum)) refuse(`its curriculum is not ${curriculum.name}`);
  return { config: config.data!, progress: progress.data!, tensors };
}

/** Whether a training of `levels` levels can stand there: its curriculum speaks of no level beyond the last. */
export const withinLevels = ({ curriculum }: Progress, levels: number): boolean => fits(curriculum, levels);

/** Puts a checkpoint's tensors into `parameters`. @throws InnerloopError where names or shapes do not fit. */
export function restoreParameters(checkpoint: Checkpoint, parameters: Parameters): void {
  const { firstMoments, secondMoments, values } = parameters.blocks;
  const tensor = (name: string) => {
    const found = checkpoint.tensors.get(name);
    return found?.dtype === 'F32' ? { shape: found.shape, data: found.data } : undefined;
  };
  parameters.import(tensor, values);
  parameters.import((name) => tensor(FIRST_MOMENT + name), firstMoments);
  parameters.import((name) => tensor(SECOND_MOMENT + name), secondMoments);
}

/** Puts a checkpoint's memories into those of a training. */
export function restoreMemories({ tensors }: Checkpoint, memories: Memories): void {
  const found = tensors.get(MEMORIES);
  if (found?.dtype === 'I32') memories.restore(found.data);
}
