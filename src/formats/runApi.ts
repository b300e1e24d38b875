// What `innerloop serve` answers under `api/`, for the server that says it and the page that reads it.

import type { RunOutcome, RunStatus } from './runInfo.ts';

/** A line of the list. Texts that are not known are empty. */
export interface RunSummary {
  /** The folder's path below the served one, with `/`. */
  readonly name: string;
  readonly status: RunStatus | 'malformed';
  /** Why it is malformed or failed. */
  readonly reason?: string;
  readonly task: string;
  readonly preset: string;
  readonly algorithm: string;
  readonly curriculum: string;
  readonly agent: string;
  readonly seed: number | null;
  /** Done, and at the most. */
  readonly update: number;
  readonly updates: number;
  /** Mean over the levels of the share solved: on the test split at the end, before that in the last evaluation. */
  readonly accuracy: number | null;
  /** The share solved of each level. */
  readonly levels: readonly number[];
  /** Of training. */
  readonly seconds: number;
  readonly episodesPerSecond: number | null;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly modified: number;
}

/** `api/runs`. */
export interface RunList {
  /** By name. */
  readonly runs: readonly RunSummary[];
  /** Set where there was more than is looked at. */
  readonly notice?: string;
}

/** What a `runs` event of `api/events` tells: all that was found to be otherwise than before. */
export interface RunChanges {
  readonly runs: readonly RunSummary[];
  /** Names. */
  readonly removed: readonly string[];
}

/** A line of `warnings.jsonl`: what a monitor said. */
export interface RunWarning {
  readonly update: number;
  readonly message: string;
  readonly severity?: 'warning' | 'note';
  /** What to do about it. */
  readonly hint?: string;
}

/** `api/runs/<name>`: everything of one run but its metrics. */
export interface RunDetail {
  readonly summary: RunSummary;
  /** `null` where `run.json` cannot be read. */
  readonly config: unknown;
  readonly outcome: RunOutcome | null;
  /** innerloop's, that made the run. */
  readonly version: string | null;
  readonly checkpoints: readonly { readonly update: number; readonly file: string; readonly bytes: number }[];
  /** The lines of `evaluations.jsonl`; of very many those that a curve needs. */
  readonly evaluations: readonly unknown[];
  readonly evaluationsTotal: number;
  /** The last lines of `warnings.jsonl`, in order; `null` of a run that has none such. */
  readonly warnings: readonly RunWarning[] | null;
  /** What could not be read, a sentence each. */
  readonly notices: readonly string[];
}

/** `api/runs/<name>/metrics`. */
export interface RunMetrics {
  /** `update` first. */
  readonly fields: readonly string[];
  /** A list for each field; `null` where an update does not tell it. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Rows on disk in the range. */
  readonly total: number;
  readonly downsampled: boolean;
  /** All fields that there are. */
  readonly available: readonly string[];
  /** What could not be read. */
  readonly notice?: string;
}
