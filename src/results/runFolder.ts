// The folder of one run of a suite: what stands in it, and how to go on from there.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Lock } from '../runs/lock.ts';
import { RUN_FILES, readRunInfo } from '../runs/readRun.ts';
import { RunDirectory } from '../runs/runDirectory.ts';
import { type Config, configSchema } from '../training/configSchema.ts';
import type { FinishedEvent } from '../training/events.ts';
import type { PlannedRun } from './plan.ts';

/** Where a run stands, as its folder tells. */
export type RunState =
  | { readonly status: 'open' }
  | { readonly status: 'finished'; readonly outcome: Omit<FinishedEvent, 'type' | 'status'> }
  /** Its numbers ceased to be finite: training it again would come to the same. */
  | { readonly status: 'diverged'; readonly error: string };

/** Of a run that ended because its numbers were no longer finite, in `run.json`. */
export interface Failure {
  readonly error: string;
  readonly diverged: boolean;
}

/** Only the last checkpoint of a suite's runs is of use. */
const KEEP = { keep: 1, history: 0 };

/** @throws InnerloopError `file` where `run.json` is damaged. */
export function stateOf(path: string): RunState {
  if (!existsSync(join(path, RUN_FILES.info))) return { status: 'open' };
  const { outcome, status } = readRunInfo(path);
  if (status === 'finished') return { status, outcome: outcome as unknown as Omit<FinishedEvent, 'type' | 'status'> };
  const { diverged, error } = (outcome ?? {}) as Partial<Failure>;
  return status === 'failed' && diverged === true ? { status: 'diverged', error: String(error) } : { status: 'open' };
}

/**
 * The folder that `run` lives in, below `folder`: its own, or one that was begun before settings were added whose default
 * says the same.
 */
export function locate(folder: string, run: PlannedRun, version: string): PlannedRun {
  const own = join(folder, run.path);
  if (existsSync(own) || !existsSync(dirname(own))) return run;
  const kin = basename(own).replace(/[^-]*$/, '');
  const found = readdirSync(dirname(own)).find((name) => {
    const path = join(dirname(own), name);
    if (!name.startsWith(kin) || !existsSync(join(path, RUN_FILES.info))) return false;
    const info = readRunInfo(path);
    return info.version === version && sameConfig(info.config, run.config);
  });
  return found === undefined ? run : { ...run, path: `${dirname(run.path)}/${found}` };
}

/** Whether `stored` means `config` today: settings that it does not name have their defaults. */
export function sameConfig(stored: unknown, config: Config): boolean {
  const parsed = configSchema.safeParse(stored);
  return parsed.success && JSON.stringify(parsed.data) === JSON.stringify(config);
}

/** Opens the run at `path`, which is made if it is not there. @throws InnerloopError `conflict` while it is in use. */
export function openRunFolder(path: string, config: Config, version: string): RunDirectory {
  if (existsSync(path)) {
    if (existsSync(join(path, RUN_FILES.info))) return RunDirectory.open(path, KEEP);
    // Killed between making the folder and writing what it is: nothing of worth is in it.
    const lock = Lock.acquire(join(path, RUN_FILES.lock), path);
    rmSync(path, { recursive: true });
    lock.release();
  }
  return RunDirectory.create(path, { version, seed: config.seed, config }, KEEP);
}
