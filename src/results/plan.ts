// From a suite to the runs that it asks for: whole configurations, and the folders that they live in.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { InnerloopError } from '../core/errors.ts';
import type { Host } from '../formats/runInfo.ts';
import { configure, merge, type TrainInput, type Training } from '../training/config.ts';
import type { Config } from '../training/configSchema.ts';
import { type Entry, groupOf, type Part, type Suite } from './suite.ts';

/** What has to be trained before a budget of seconds is one of updates. */
export interface Pilot {
  /** `part/entry`. */
  readonly name: string;
  /** Of the first of `PILOT_SEEDS`. */
  readonly config: Config;
  /** The budget, of processor time. */
  readonly seconds: number;
  /** Of its record, below the suite's folder of runs. */
  readonly path: string;
}

/** What a budget of seconds came to. */
export interface Piloted {
  readonly updates: number;
  /** Where it was measured: another machine takes other seconds for them. */
  readonly host: Host;
}

/** One training of a suite. */
export interface PlannedRun {
  readonly part: Part;
  readonly entry: Entry;
  readonly group: string;
  readonly stratum: string;
  readonly seed: number;
  readonly config: Config;
  /** Its folder, below the suite's folder of runs. A digest in it tells other settings apart. */
  readonly path: string;
  /** Of a budget of seconds: how many, and what they came to. */
  readonly timed?: { readonly seconds: number; readonly piloted: Piloted };
}

/** Pilots are of seeds that no table reports, one training each. */
export const PILOT_SEEDS: readonly number[] = [1000, 1001, 1002];

type Budget = NonNullable<Entry['budget']>;

/** An entry with what its part says for all of them. */
interface Whole {
  readonly part: Part;
  readonly entry: Entry;
  readonly task: string;
  readonly budget: Budget | undefined;
  readonly seeds: readonly [number, number];
  input(seed: number): TrainInput;
  /** For errors. */
  readonly place: string;
}

function wholeEntries(suite: Suite): Whole[] {
  return suite.parts.flatMap((part) =>
    part.entries.map((entry) => {
      const task = entry.task ?? part.task ?? 'calculator';
      const options = { ...part.options, ...entry.options };
      const preset = entry.preset ?? part.preset;
      const settings = merge(part.settings ?? {}, entry.settings ?? {});
      const named = { task: { name: task, options }, ...(preset === undefined ? {} : { preset }) };
      return {
        ...{ part, entry, task },
        budget: entry.budget ?? part.budget,
        seeds: entry.seeds ?? part.seeds ?? suite.seeds,
        input: (seed: number) => ({ ...settings, ...named, seed }) as TrainInput,
        place: `entry ${entry.name} of part ${part.name}`,
      };
    }),
  );
}

/** @param version of innerloop: another one may come to other bits. @throws InnerloopError where an entry is no training. */
export function pilotsOf(suite: Suite, version: string): Pilot[] {
  return wholeEntries(suite).flatMap((whole) => {
    const seconds = whole.budget?.seconds;
    const pilot = trainingOf(whole, PILOT_SEEDS[0]!).config;
    if (seconds === undefined) return [];
    // All updates of a budget are to be timed.
    const config = configure({ ...pilot, stop: null }).config;
    const name = `${whole.part.name}/${whole.entry.name}`;
    return [{ name, config, seconds, path: `pilots/${name}-${digest([version, config, seconds])}.json` }];
  });
}

/**
 * @param pilots what each pilot came to, by its path. Runs whose pilot is not among them have no budget, and a
 *   folder that is never there.
 */
export function runsOf(suite: Suite, version: string, pilots: ReadonlyMap<string, Piloted>): PlannedRun[] {
  const paths = new Map(pilotsOf(suite, version).map(({ name, path }) => [name, path]));
  return wholeEntries(suite).flatMap((whole) => {
    const { entry, part, seeds, task } = whole;
    const pilot = paths.get(`${part.name}/${entry.name}`);
    const measured = pilot === undefined ? undefined : pilots.get(pilot);
    const group = groupOf(entry);
    const stratum = entry.stratum ?? task;
    return Array.from({ length: seeds[1] - seeds[0] + 1 }, (_, i) => {
      const seed = seeds[0] + i;
      const training = trainingOf(whole, seed);
      checkLevels(part, training);
      const config = withBudget(training.config, whole.budget, measured?.updates);
      const known = pilot === undefined || measured !== undefined;
      const seconds = whole.budget?.seconds;
      const timed = seconds !== undefined && measured ? { timed: { seconds, piloted: measured } } : {};
      const path = `${part.name}/${entry.name}-seed${seed}-${known ? digest([version, config]) : 'unmeasured'}`;
      return { part, entry, group, stratum, seed, config, path, ...timed };
    });
  });
}

/** @throws InnerloopError that says of which entry it speaks. */
function trainingOf({ input, place }: Whole, seed: number): Training {
  try {
    return configure(input(seed));
  } catch (error) {
    if (!(error instanceof InnerloopError) || !('what' in error.problem)) throw error;
    throw new InnerloopError({ ...error.problem, what: `${error.problem.what} of ${place}` }, { cause: error });
  }
}

/** Levels that a part speaks of are levels of all of its tasks. */
function checkLevels({ ceilings = [], levels = [], name }: Part, { task }: Training): void {
  const known = task.levels.map((level) => level.name);
  const wrong = [...levels, ...ceilings.map(({ level }) => level)].find((level) => !known.includes(level));
  if (wrong === undefined) return;
  throw new InnerloopError({ kind: 'unknownName', what: `level of part ${name}`, received: wrong, known });
}

function withBudget(config: Config, budget: Budget | undefined, measured: number | undefined): Config {
  if (budget === undefined) return config;
  const { episodes, updates } = budget;
  if (updates !== undefined) return stretched(config, updates);
  if (episodes !== undefined) return stretched(config, Math.max(1, Math.floor(episodes / config.batch)));
  return measured === undefined ? config : stretched(config, measured);
}

/** `config` over `updates`: what it does over so many updates, it does over a like share of them. */
export function stretched(config: Config, updates: number): Config {
  const ratio = updates / config.updates;
  const { curriculum } = config;
  const algorithm = Object.fromEntries(
    Object.entries(config.algorithm).map(([key, value]: [string, unknown]) => [
      key,
      isSchedule(value) ? { ...value, over: Math.round(value.over * ratio) } : value,
    ]),
  ) as Config['algorithm'];
  const fixed =
    curriculum.name === 'fixed'
      ? { ...curriculum, updatesPerEntry: Math.max(1, Math.round(curriculum.updatesPerEntry * ratio)) }
      : curriculum;
  return configure({ ...config, updates, algorithm, curriculum: fixed }).config;
}

const isSchedule = (value: unknown): value is { readonly over: number } =>
  typeof value === 'object' && value !== null && 'over' in value && typeof value.over === 'number';

const digest = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(value)))).slice(0, 10);

/** How many episodes, tokens and weights a run takes, in no unit: to tell long runs from short before any was seen. */
export function weightOf({ agent, batch, updates }: Config, programLimit: number): number {
  return updates * batch * programLimit * ('hidden' in agent ? agent.hidden : 1);
}
