// The command that trains one run of a suite by itself.

import { configure } from '../training/config.ts';
import type { Config } from '../training/configSchema.ts';

/** `npx innerloop train calculator --preset no-memory --seed 3 --set updates=300`: all that differs from the preset. */
export function commandOf(config: Config, seed: number | string = config.seed): string {
  const { preset, task } = config;
  const base = configure({ task: task.name, preset }).config;
  const changes = differences({ ...config, seed: base.seed }, base, []);
  return [
    `npx innerloop train ${task.name}`,
    ...(preset === 'default' ? [] : [`--preset ${preset}`]),
    `--seed ${seed}`,
    ...changes.map(([path, value]) => `--set ${quoted(`${path.join('.')}=${JSON.stringify(value)}`)}`),
  ].join(' ');
}

type Change = readonly [path: readonly string[], value: unknown];
type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Leaves of `tree` that `base` has otherwise; a branch of another kind (`name`) whole. */
function differences(tree: Tree, base: Tree, path: readonly string[]): Change[] {
  return Object.entries(tree).flatMap(([key, value]): Change[] => {
    const other = base[key];
    const at = [...path, key];
    if (isTree(value) && isTree(other) && value.name === other.name) return differences(value, other, at);
    return JSON.stringify(value) === JSON.stringify(other) ? [] : [[at, value]];
  });
}

const quoted = (word: string): string => (/^[\w./@:+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
