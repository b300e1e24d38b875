// What a person asks for, which may not be possible yet: a task, a preset, and settings by where they stand.

import { type Config, changesOf, configure, InnerloopError, presetsOf, TASKS, type Training } from 'innerloop';
import type { RunInput } from '../engine/protocol.ts';

export interface Draft {
  readonly task: string;
  readonly preset: string;
  /** Settings that differ from the preset, by path: `optimiser.rate`, `task.options.memory`; `seed` among them. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const DEFAULT_DRAFT: Draft = { task: 'calculator', preset: 'default', settings: {} };

/** A draft as the library takes it. @param base what its settings are put on. */
export function inputOf(
  { task, preset, settings }: Draft,
  base: object = { task: { name: task, options: {} } },
): RunInput {
  let tree: Tree = { ...base, preset };
  // Branches before what stands in them.
  const paths = Object.keys(settings).sort((a, b) => a.split('.').length - b.split('.').length);
  for (const path of paths) tree = place(tree, path.split('.'), settings[path]);
  return tree as RunInput & Tree;
}

/** The draft of a whole configuration. */
export function draftOf(config: Config): Draft {
  const { preset, task } = config;
  const settings = Object.fromEntries(changesOf(config).map(([path, value]) => [path.join('.'), value]));
  const base = configure({ task: task.name, preset }).config;
  return {
    task: task.name,
    preset,
    settings: config.seed === base.seed ? settings : { seed: config.seed, ...settings },
  };
}

export type Configured =
  | { readonly training: Training; readonly error?: undefined }
  /** `path`: the setting that the library's sentence is about, where it is about one. */
  | { readonly training?: undefined; readonly error: { readonly message: string; readonly path?: string } };

/** The draft as the library parses it, or the library's own sentence about it. */
export function configured(draft: Draft): Configured {
  try {
    return { training: configure(inputOf(draft)) };
  } catch (error) {
    if (!(error instanceof InnerloopError)) throw error;
    const path = placeOf(error, draft);
    return { error: { message: error.message, ...(path === undefined ? {} : { path }) } };
  }
}

/** `draft` without what is not possible, and the library's sentences about that. */
export function possible(draft: Draft): { readonly draft: Draft; readonly dropped: readonly string[] } {
  let kept = draft;
  const dropped: string[] = [];
  for (;;) {
    const { error } = configured(kept);
    if (!error) return { draft: kept, dropped };
    dropped.push(error.message);
    const paths = Object.keys(kept.settings);
    const guilty = paths.filter((path) => error.path === path || error.path?.startsWith(`${path}.`));
    // A sentence about no single one of them is about all of them together.
    kept = guilty.length === 0 ? { ...kept, settings: {} } : without(kept, guilty);
    if (paths.length === 0) return { draft: DEFAULT_DRAFT, dropped };
  }
}

function without(draft: Draft, paths: readonly string[]): Draft {
  const kept = Object.entries(draft.settings).filter(([path]) => !paths.includes(path));
  return { ...draft, settings: Object.fromEntries(kept) };
}

function placeOf({ problem }: InnerloopError, { task }: Draft): string | undefined {
  if (problem.kind !== 'invalid' && problem.kind !== 'unknownName') return undefined;
  const option = new RegExp(`^option (\\w+) of task ${task}$`).exec(problem.what);
  return option ? `task.options.${option[1]}` : problem.what;
}

/** `draft` with one setting changed; a branch that is set whole (another kind) takes the place of what stood in it. */
export function withSetting(draft: Draft, path: string, value: unknown): Draft {
  const kept = Object.entries(draft.settings).filter(([other]) => !other.startsWith(`${path}.`));
  return { ...draft, settings: { ...Object.fromEntries(kept), [path]: value } };
}

/** `draft` with one setting, and what stands in it, as its preset has it. */
export function withoutSetting(draft: Draft, path: string): Draft {
  const kept = Object.entries(draft.settings).filter(([other]) => other !== path && !other.startsWith(`${path}.`));
  return { ...draft, settings: Object.fromEntries(kept) };
}

const BRANCHES = ['agent', 'algorithm', 'curriculum'] as const;
export type Branch = (typeof BRANCHES)[number];

/**
 * Settings for a branch of kind `name`: those of the first preset that has it, of this task before others; else the
 * name alone, which the library's own defaults complete.
 */
export function branchOf(draft: Draft, branch: Branch, name: string): unknown {
  const tasks = [draft.task, ...Object.keys(TASKS).filter((task) => task !== draft.task)];
  for (const task of tasks) {
    for (const preset of [draft.preset, ...Object.keys(presetsOf(task))]) {
      if (!Object.hasOwn(presetsOf(task), preset)) continue;
      const settings = configure({ task, preset }).config[branch];
      if (settings.name === name) return settings;
    }
  }
  return { name };
}

type Tree = { readonly [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

function place(tree: Tree, [key, ...rest]: readonly string[], value: unknown): Tree {
  if (rest.length === 0) return { ...tree, [key!]: value };
  const below = Object.hasOwn(tree, key!) ? tree[key!] : {};
  return { ...tree, [key!]: place(isTree(below) ? below : {}, rest, value) };
}

/** What stands at `path`. */
export function valueAt(tree: unknown, path: string): unknown {
  let at = tree;
  for (const key of path.split('.')) at = isTree(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}
