// A suite: the question, the configurations that answer it and the seeds they are trained on, as plain data.

import { z } from 'zod';
import { InnerloopError } from '../core/errors.ts';
import { jsonErrorAt, placeIn } from '../formats/jsonPosition.ts';
import { configError } from '../training/configErrors.ts';

/** Names become folders and files. */
const name = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]*$/, { error: 'a name of letters, digits, dots, dashes and underscores' });
const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const tree = z.record(z.string(), z.unknown());

/** What may stand in a part, for all of its entries, or in an entry. */
const training = {
  task: z.string().optional(),
  /** Options of the task that differ from the preset's. */
  options: tree.optional(),
  preset: z.string().optional(),
  /** Settings that differ from the preset's, as in a file for `--config`. */
  settings: tree.optional(),
  /** First and last seed. */
  seeds: z.tuple([seed, seed]).optional(),
  /**
   * How long a run trains at the most, by one of these; schedules over updates stretch with it. `seconds` are turned into
   * updates by a pilot, so that a seed's bits do not depend on how fast the machine happens to be.
   */
  budget: z
    .strictObject({
      updates: z.int().min(1).optional(),
      episodes: z.int().min(1).optional(),
      seconds: z.number().gt(0).optional(),
    })
    .refine((budget) => Object.values(budget).filter((value) => value !== undefined).length === 1, {
      error: 'one of updates, episodes and seconds',
    })
    .optional(),
};

const entrySchema = z.strictObject({
  /** Of its folder, and unlike the others of its part. */
  name,
  about: z.string().optional(),
  /** What it is compared as; default its name. Entries of one group are its strata: one for each task, say. */
  group: z.string().min(1).optional(),
  /** Which stratum of its group; default its task. */
  stratum: z.string().min(1).optional(),
  ...training,
});

const partSchema = z.strictObject({
  name,
  title: z.string(),
  about: z.string().optional(),
  ...training,
  /** What a run is scored by, in the mean over the levels: the share solved exactly, or the reward. */
  measure: z.enum(['solved', 'reward']).default('solved'),
  /** The score of a run whose numbers ceased to be finite: the worst that can be. */
  worst: z.number().default(0),
  /** The best that can be, for the optimality gap. */
  best: z.number().default(1),
  /** Levels that count for the score, by name; default all. */
  levels: z.array(z.string()).min(1).optional(),
  /** The group that the others are compared with; default the first, `null` where they are not to be compared. */
  baseline: z.string().nullable().optional(),
  /** Exact bounds that are known otherwise than from the task's study. */
  ceilings: z.array(z.strictObject({ level: z.string(), value: z.number(), about: z.string() })).optional(),
  entries: z.array(entrySchema).min(1),
});

const suiteSchema = z.strictObject({
  name,
  /** The question, in a sentence or two. */
  about: z.string(),
  /** What the results show, in two sentences, written by whoever looked at them. */
  shows: z.string().optional(),
  seeds: z.tuple([seed, seed]),
  parts: z.array(partSchema).min(1),
});

export type Suite = z.output<typeof suiteSchema>;
export type Part = Suite['parts'][number];
export type Entry = Part['entries'][number];

/** @throws InnerloopError `file` where the text of `path` is not JSON, `invalid` or `unknownName` where it is no suite. */
export function parseSuite(text: string, path: string): Suite {
  const error = jsonErrorAt(text);
  if (error !== undefined) {
    const reason = `it is not JSON at ${placeIn(text, error)}`;
    throw new InnerloopError({ kind: 'file', path, reason, hint: 'see `innerloop results --help` for an example' });
  }
  const value: unknown = JSON.parse(text);
  const parsed = suiteSchema.safeParse(value);
  if (!parsed.success) throw configError(parsed.error, suiteSchema, value);
  check(parsed.data);
  return parsed.data;
}

/** What the schema alone cannot see. */
function check(suite: Suite): void {
  unlike('parts', suite.parts);
  for (const part of suite.parts) {
    unlike(`entries of part ${part.name}`, part.entries);
    const groups = groupsOf(part);
    if (typeof part.baseline === 'string' && !groups.includes(part.baseline)) {
      const what = `group of part ${part.name}`;
      throw new InnerloopError({ kind: 'unknownName', what, received: part.baseline, known: groups });
    }
    for (const { name, seeds = part.seeds ?? suite.seeds } of part.entries) {
      if (seeds[0] <= seeds[1]) continue;
      const what = `seeds of ${name}`;
      throw invalid(what, 'the first seed and the last one', JSON.stringify(seeds));
    }
  }
}

function unlike(what: string, things: readonly { readonly name: string }[]): void {
  const names = things.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw invalid(`names of ${what}`, 'different ones', `'${twice}' twice`);
}

export const groupOf = ({ group, name }: Entry): string => group ?? name;

/** The groups of a part in the order in which they first appear. */
export const groupsOf = ({ entries }: Part): string[] => [...new Set(entries.map(groupOf))];

const invalid = (what: string, expected: string, received: string) =>
  new InnerloopError({ kind: 'invalid', what, expected, received });
