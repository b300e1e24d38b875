// Parsers of what stands on the command line, and options that several commands share.

import type { Command } from 'commander';
import { InnerloopError } from '../core/errors.ts';
import type { Task } from '../tasks/task.ts';

/** A parser of integers in a range, for commander. */
export function integer(what: string, low: number, high = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text.trim()) && value >= low && value <= high) return value;
    const expected = `an integer ${high === Number.MAX_SAFE_INTEGER ? `from ${low}` : `from ${low} to ${high}`}`;
    throw new InnerloopError({ kind: 'invalid', what, expected, received: `'${text}'` });
  };
}

/** For options that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Adds `--level`, and `--seed` for whatever it decides here. */
export function addLevelAndSeed(command: Command, seedAbout: string): Command {
  return command
    .option('--level <name>', 'a level, by name or number; may be given several times (default: all)', collect)
    .option('--seed <number>', seedAbout, integer('--seed', 0));
}

/** The indices of the levels that are meant; all when none is named. @throws InnerloopError on an unknown one. */
export function chooseLevels(task: Pick<Task, 'name' | 'levels'>, named: readonly string[] = []): number[] {
  if (named.length === 0) return task.levels.map((_, level) => level);
  return named.map((name) => {
    const level = task.levels.findIndex((candidate, index) => candidate.name === name || String(index) === name);
    if (level >= 0) return level;
    const known = task.levels.flatMap((candidate, index) => [candidate.name, String(index)]);
    throw new InnerloopError({ kind: 'unknownName', what: `level of task ${task.name}`, received: name, known });
  });
}
