// Configurations as flat lists of settings, told apart.

import { defaultOptions, resolved } from './defaults.ts';

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const OPTIONS = 'task.options';

/** Settings by where they stand, `optimiser.rate`, in their order, defaults filled in; all but the seed. */
export const settingsOf = (config: unknown): Map<string, string> => flatten(resolved(config), '');

/** Whether `value` at `path` is what a run of `task` has where nothing is given. */
export function isDefault(task: string, path: string, value: string): boolean {
  return path.startsWith(`${OPTIONS}.`) && flatten(defaultOptions(task), OPTIONS).get(path) === value;
}

function flatten(config: unknown, path: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!isTree(config)) return found;
  for (const [key, value] of Object.entries(config)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (at === 'seed') continue;
    if (isTree(value)) for (const [inner, text] of flatten(value, at)) found.set(inner, text);
    else found.set(at, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return found;
}

export interface Setting {
  readonly path: string;
  /** One for each configuration; absent where it has no such setting. */
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

/** All settings of some configurations beside each other. */
export function compare(configs: readonly ReadonlyMap<string, string>[]): readonly Setting[] {
  const paths = [...new Set(configs.flatMap((config) => [...config.keys()]))];
  // A setting that one of them lacks stands beside its kin, not at the end.
  const stems = [...new Set(paths.map((path) => path.split('.')[0]))];
  return stems
    .flatMap((stem) => paths.filter((path) => path.split('.')[0] === stem))
    .map((path) => {
      const values = configs.map((config) => config.get(path));
      return { path, values, differs: values.some((value) => value !== values[0]) };
    });
}
