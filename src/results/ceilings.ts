// Exact bounds for the pictures and tables of a suite: what is known of the task, and what the suite states.

import { createTask } from '../tasks/table.ts';
import { type Ceiling, ceilingsOf as ceilingsOfTask } from '../training/ceilings.ts';
import type { Config } from '../training/configSchema.ts';
import type { Part } from './suite.ts';

const cache = new Map<string, readonly Ceiling[]>();

/** Ceilings that bound less than everything, of the task that `config` names and of the part itself. */
export function ceilingsOf(config: Config, part: Part): readonly Ceiling[] {
  const names = createTask(config.task.name, config.task.options).levels.map(({ name }) => name);
  const abouts = [...new Set(part.ceilings?.map(({ about }) => about))];
  const stated = abouts.map((about) => ({
    about,
    levels: names.map((name) => part.ceilings!.find((one) => one.about === about && one.level === name)?.value ?? null),
  }));
  const known = part.measure === 'solved' ? ofTask(config) : [];
  return [...known.filter(({ about }) => !abouts.includes(about)), ...stated];
}

function ofTask(config: Config): readonly Ceiling[] {
  const key = JSON.stringify([config.task, config.seed]);
  let found = cache.get(key);
  if (found === undefined) {
    found = ceilingsOfTask(config);
    cache.set(key, found);
  }
  return found;
}
