// Everything of one run but its metrics.

import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunDetail, RunWarning } from '../formats/runApi.ts';
import { RUN_FILES, type RunInfo, readRunInfo } from '../runs/readRun.ts';
import { isInside, openInside } from './inside.ts';
import { readLines } from './logFile.ts';
import { m4 } from './m4.ts';
import { asRefusal } from './refusal.ts';
import type { Run } from './runIndex.ts';
import { at, meanSolved, requireFile } from './runSummary.ts';

export const CHECKPOINT = /^(\d{6,})\.safetensors$/;
/** More cannot be seen in a curve. */
const EVALUATIONS = 2000;
/** More are not read by anybody. */
const WARNINGS = 200;

export async function detail(root: string, { examined, path }: Run): Promise<RunDetail> {
  const notices: string[] = [];
  const tell = (file: string, error: unknown): void => {
    const refusal = asRefusal(error, file);
    if (refusal.status === 500) throw error;
    notices.push(refusal.message);
  };
  const info = readInfo(root, path, tell);
  const told = async <T>(file: string, isOne: (value: unknown) => value is T, what: string): Promise<readonly T[]> => {
    try {
      const { damaged, lines } = await linesOf(root, join(path, file), isOne);
      if (damaged > 0) notices.push(`${file}: ${damaged} of its lines are no ${what} and are left out`);
      return lines;
    } catch (error) {
      tell(file, error);
      return [];
    }
  };
  const evaluations = await told(RUN_FILES.evaluations, isEvaluation, 'evaluations');
  // Runs of older versions kept none.
  const keepsWarnings = existsSync(join(path, RUN_FILES.warnings));
  const warnings = keepsWarnings ? await told(RUN_FILES.warnings, isWarning, 'warnings') : null;
  return {
    ...{ summary: examined.summary, config: info?.config ?? null, outcome: info?.outcome ?? null },
    ...{ version: info?.version ?? null, checkpoints: checkpoints(root, path, tell) },
    ...{ evaluations: thinned(evaluations), evaluationsTotal: evaluations.length },
    ...{ warnings: warnings?.slice(-WARNINGS) ?? null, notices },
  };
}

type Tell = (file: string, error: unknown) => void;

function readInfo(root: string, path: string, tell: Tell): RunInfo | undefined {
  try {
    requireFile(root, path, RUN_FILES.info);
    return readRunInfo(path);
  } catch (error) {
    tell(RUN_FILES.info, error);
    return undefined;
  }
}

function checkpoints(root: string, path: string, tell: Tell): RunDetail['checkpoints'] {
  const folder = join(path, RUN_FILES.checkpoints);
  try {
    if (!isInside(root, folder)) return [];
    return readdirSync(folder)
      .flatMap((file) => {
        const digits = CHECKPOINT.exec(file)?.[1];
        const stats = digits ? lstatSync(join(folder, file), { throwIfNoEntry: false }) : undefined;
        return stats?.isFile() ? [{ update: Number(digits), file, bytes: stats.size }] : [];
      })
      .sort((a, b) => a.update - b.update);
  } catch (error) {
    tell(RUN_FILES.checkpoints, error);
    return [];
  }
}

interface Lines<T> {
  readonly lines: readonly T[];
  /** Those that are something else. */
  readonly damaged: number;
}

async function linesOf<T>(root: string, file: string, isOne: (value: unknown) => value is T): Promise<Lines<T>> {
  const handle = await openInside(root, file);
  const lines: T[] = [];
  let damaged = 0;
  try {
    await readLines(handle, 0, (bytes, start, end) => {
      for (const text of bytes.toString('utf8', start, end).split('\n')) {
        const value = parse(text);
        if (isOne(value)) lines.push(value);
        else damaged++;
      }
    });
  } finally {
    await handle.close();
  }
  return { lines, damaged };
}

interface Evaluation {
  readonly update: number;
  readonly levels: readonly unknown[];
}

const isEvaluation = (value: unknown): value is Evaluation =>
  typeof at(value, 'update') === 'number' && Array.isArray(at(value, 'levels'));

const isWarning = (value: unknown): value is RunWarning =>
  typeof at(value, 'update') === 'number' && typeof at(value, 'message') === 'string';

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Where there are very many, those with the extremes of what is solved. */
function thinned(lines: readonly Evaluation[]): readonly Evaluation[] {
  if (lines.length <= EVALUATIONS) return lines;
  const solved = ({ levels }: Evaluation): number =>
    meanSolved(levels.map((level) => Number(at(level, 'solved')))) ?? Number.NaN;
  const updates = Float64Array.from(lines, ({ update }) => update);
  const rows = m4(updates, [Float64Array.from(lines, solved)], 0, lines.length, EVALUATIONS / 4);
  return Array.from(rows, (row) => lines[row]!);
}
