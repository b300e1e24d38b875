// From what a caller asks for to a whole configuration.

import { InnerloopError, lookUp } from '../core/errors.ts';
import { createTask } from '../tasks/table.ts';
import type { Task } from '../tasks/task.ts';
import { checkAlgorithm } from './algorithmChecks.ts';
import { configError } from './configErrors.ts';
import { type Config, configSchema, type DeepPartial } from './configSchema.ts';
import { checkCurriculum } from './curriculumChecks.ts';
import type { PresetInput } from './presets/preset.ts';
import { presetsOf } from './presets/table.ts';

/**
 * What a training is asked for: a task, by name or one's own, a preset of it, and any settings that differ from it.
 */
export interface TrainInput extends Omit<DeepPartial<Config>, 'task'> {
  readonly task: string | Task | { readonly name: string; readonly options?: Readonly<Record<string, unknown>> };
}

/** A configuration and the task that it names. */
export interface Training {
  readonly config: Config;
  readonly task: Task;
  /** Whether the task is the caller's own, which other threads cannot be given. */
  readonly ownTask: boolean;
}

const isTask = (task: TrainInput['task']): task is Task => typeof task === 'object' && 'machine' in task;

/**
 * Fills `input` up from its task's preset (by default `default`) and parses it.
 * @throws InnerloopError on an unknown task, preset or key (suggesting the nearest) and on a wrong type or range.
 */
export function configure(input: TrainInput): Training {
  const { task: given, preset: presetName = 'default', ...overrides } = input;
  const name = typeof given === 'string' ? given : given.name;
  const presets = presetsOf(name);
  const ownTask = isTask(given);
  if (!ownTask) createTask(name);
  const preset: PresetInput = lookUp(`preset of task ${name}`, presetName, presets).config;
  const options = typeof given === 'string' || ownTask ? {} : (given.options ?? {});
  const tree = merge(preset, overrides as PresetInput);
  const { taskOptions, ...settings } = tree;
  const full = { ...settings, preset: presetName, task: { name, options: { ...taskOptions, ...options } } };
  const parsed = configSchema.safeParse(full);
  if (!parsed.success) throw configError(parsed.error, configSchema, full);
  const config = parsed.data;
  const task = ownTask ? given : createTask(name, config.task.options);
  check(config, task);
  return { config, task, ownTask };
}

/** The name of the task in a configuration that was stored; `undefined` where it has none. */
export function storedTaskName(stored: unknown): string | undefined {
  const task = isTree(stored) ? stored.task : undefined;
  const name = isTree(task) ? task.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

/**
 * A configuration read back from a run or a checkpoint; `task` is needed where it is the caller's own.
 * @throws InnerloopError where it is not one of this version, or of another task than `task`.
 */
export function reconfigure(stored: unknown, task?: Task): Training {
  const parsed = configSchema.safeParse(stored);
  if (!parsed.success) throw configError(parsed.error, configSchema, stored);
  const config = parsed.data;
  if (task && task.name !== config.task.name) {
    const expected = `'${config.task.name}', of which the run or checkpoint is`;
    throw new InnerloopError({ kind: 'invalid', what: 'task', expected, received: `'${task.name}'` });
  }
  const found = task ?? createTask(config.task.name, config.task.options);
  check(config, found);
  return { config, task: found, ownTask: task !== undefined };
}

/** What the schema alone cannot see. */
function check(config: Config, task: Task): void {
  const { agent, algorithm, hindsight } = config;
  checkAlgorithm(config);
  checkCurriculum(config, task.levels.length);
  if (agent.name === 'transformer' && agent.hidden % (8 * agent.heads) !== 0) {
    throw new InnerloopError({
      kind: 'invalid',
      what: 'agent.hidden',
      expected: `a multiple of ${8 * agent.heads}, 8 for each of agent.heads`,
      received: `${agent.hidden}`,
    });
  }
  if (hindsight.weight > 0 && !task.hindsight) {
    throw new InnerloopError({
      kind: 'invalid',
      what: 'hindsight.weight',
      expected: `0, since task ${task.name} cannot tell what a program computes`,
      received: `${hindsight.weight}`,
    });
  }
  if (algorithm.name === 'imitation' && !task.teach) {
    throw new InnerloopError({
      kind: 'invalid',
      what: 'algorithm.name',
      expected: `'a2c', since task ${task.name} has no teacher`,
      received: "'imitation'",
    });
  }
  if (algorithm.name === 'a2c' && algorithm.afterEnd === 'train' && (task.observation.length > 0 || task.masked)) {
    throw new InnerloopError({
      kind: 'invalid',
      what: 'algorithm.afterEnd',
      expected: "'mask' for a task that observes its machine or masks its tokens",
      received: "'train'",
    });
  }
}

type Tree = { readonly [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` on top of `under`, branch by branch. A branch that names another kind (`name`) replaces the whole branch. */
export function merge<T extends object>(under: T, over: object): T {
  const merged: Record<string, unknown> = { ...(under as Tree) };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = merged[key];
    const sameKind = isTree(below) && isTree(value) && (value.name === undefined || value.name === below.name);
    merged[key] = sameKind ? merge(below, value) : value;
  }
  return merged as T;
}
