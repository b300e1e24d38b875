// The command line that comes to the same run as a configuration, to the same bits.

import { configure } from './config.ts';
import type { Config } from './configSchema.ts';

/** A setting by where it stands: `[['optimiser', 'rate'], 0.001]`. */
export type Change = readonly [path: readonly string[], value: unknown];

/** `npx innerloop train calculator --preset no-memory --seed 3 --set updates=300`: all that differs from the preset. */
export function commandOf(config: Config, seed: number | string = config.seed): string {
  const { preset, task } = config;
  return [
    `npx innerloop train ${task.name}`,
    ...(preset === 'default' ? [] : [`--preset ${preset}`]),
    `--seed ${seed}`,
    ...changesOf(config).map(([path, value]) => `--set ${quoted(`${path.join('.')}=${JSON.stringify(value)}`)}`),
  ].join(' ');
}

/** The settings of `config` that its preset has otherwise, but for the seed. A branch of another kind counts as one. */
export function changesOf(config: Config): readonly Change[] {
  const base = configure({ task: config.task.name, preset: config.preset }).config;
  return differences({ ...config, seed: base.seed }, base, []);
}

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
