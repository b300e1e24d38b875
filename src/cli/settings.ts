// From `--config`, `--set` and their like to what a training is asked for. Later ones win: file, flags, `--set` in order.

import { readFileSync } from 'node:fs';
import { InnerloopError, lookUp } from '../core/errors.ts';
import { jsonErrorAt, placeIn } from '../formats/jsonPosition.ts';
import { onFile } from '../runs/fileErrors.ts';
import type { TrainInput } from '../training/config.ts';

export interface Settings {
  readonly task?: string;
  readonly config?: string;
  readonly preset?: string;
  readonly seed?: number;
  readonly set?: readonly string[];
}

type Tree = { readonly [key: string]: unknown };

const DEFAULT_TASK = 'calculator';

/** @throws InnerloopError on a file or a `--set` that cannot be read; what the settings mean is for `configure`. */
export function trainInput({ task, config, preset, seed, set = [] }: Settings): TrainInput {
  let tree: Tree = config === undefined ? {} : readConfigFile(config);
  if (preset !== undefined) tree = { ...tree, preset };
  if (seed !== undefined) tree = { ...tree, seed };
  if (typeof tree.task === 'string') tree = { ...tree, task: { name: tree.task } };
  for (const text of set) {
    const { path, value } = parseSetting(text);
    tree = place(tree, path, value, text);
  }
  const named = taskOf(tree.task);
  const name = task ?? named.name ?? DEFAULT_TASK;
  // Options of another task than the one that the command line names are not meant.
  const options = named.name === undefined || named.name === name ? named.options : {};
  if (tree.preset !== undefined && typeof tree.preset !== 'string') {
    throw invalid('preset', "a preset's name", JSON.stringify(tree.preset));
  }
  return { ...tree, task: { name, options } } as TrainInput;
}

/** `a.b=value`: the value as JSON where it is some, else as text. */
export function parseSetting(text: string): { readonly path: readonly string[]; readonly value: unknown } {
  const at = text.indexOf('=');
  const path = text.slice(0, Math.max(0, at)).trim().split('.');
  if (at < 1 || path.includes('') || path.includes('__proto__')) {
    throw invalid('--set', 'path=value, as in algorithm.discount=0.9', `'${text}'`);
  }
  const given = text.slice(at + 1);
  try {
    return { path, value: JSON.parse(given) };
  } catch {
    return { path, value: given };
  }
}

/** `tree` with `value` at `path`; branches that are missing are made. */
function place(tree: Tree, path: readonly string[], value: unknown, text: string): Tree {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) return { ...tree, [key]: value };
  const below = Object.hasOwn(tree, key) ? (tree[key] ?? {}) : {};
  if (!isTree(below)) throw invalid('--set', `a branch of settings at ${key}`, `${JSON.stringify(below)} ('${text}')`);
  return { ...tree, [key]: place(below, rest, value, text) };
}

function taskOf(given: unknown): { readonly name?: string; readonly options: Tree } {
  if (given === undefined) return { options: {} };
  if (typeof given === 'string') return { name: given, options: {} };
  if (!isTree(given)) throw invalid('task', "a task's name", JSON.stringify(given));
  for (const key of Object.keys(given)) lookUp('setting of task', key, { name: true, options: true });
  const { name, options = {} } = given;
  if (name !== undefined && typeof name !== 'string') throw invalid('task.name', "a task's name", JSON.stringify(name));
  if (!isTree(options)) throw invalid('task.options', 'an object of options', JSON.stringify(options));
  return { options, ...(name === undefined ? {} : { name }) };
}

function readConfigFile(path: string): Tree {
  const text = onFile(path, () => readFileSync(path, 'utf8'));
  const refuse = (reason: string) =>
    new InnerloopError({ kind: 'file', path, reason, hint: 'see `innerloop train --help` for an example' });
  const error = jsonErrorAt(text);
  if (error !== undefined) throw refuse(`it is not JSON at ${placeIn(text, error)}`);
  const value: unknown = JSON.parse(text);
  if (isTree(value)) return value;
  throw refuse(`expected an object of settings, found ${Array.isArray(value) ? 'a list' : JSON.stringify(value)}`);
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (what: string, expected: string, received: string) =>
  new InnerloopError({ kind: 'invalid', what, expected, received });
