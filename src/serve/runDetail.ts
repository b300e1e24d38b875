// Everything of one run but its metrics.

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunDetail } from '../formats/runApi.ts';
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

export async function detail(root: string, { examined, path }: Run): Promise<RunDetail> {
  const notices: string[] = [];
  const tell = (file: string, error: unknown): void => {
    const refusal = asRefusal(error, file);
    if (refusal.status === 500) throw error;
    notices.push(refusal.message);
  };
  const info = readInfo(root, path, tell);
  const { lines, total } = await evaluations(root, path, notices).catch((error) => {
    tell(RUN_FILES.evaluations, error);
    return { lines: [], total: 0 };
  });
  return {
    ...{ summary: examined.summary, config: info?.config ?? null, outcome: info?.outcome ?? null },
    ...{ version: info?.version ?? null, checkpoints: checkpoints(root, path, tell) },
    ...{ evaluations: lines, evaluationsTotal: total, notices },
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

interface Evaluations {
  readonly lines: readonly unknown[];
  readonly total: number;
}

async function evaluations(root: string, path: string, notices: string[]): Promise<Evaluations> {
  const handle = await openInside(root, join(path, RUN_FILES.evaluations));
  const lines: unknown[] = [];
  let damaged = 0;
  try {
    await readLines(handle, 0, (bytes, start, end) => {
      for (const text of bytes.toString('utf8', start, end).split('\n')) {
        const value = parse(text);
        if (isEvaluation(value)) lines.push(value);
        else damaged++;
      }
    });
  } finally {
    await handle.close();
  }
  if (damaged > 0)
    notices.push(`${RUN_FILES.evaluations}: ${damaged} of its lines are no evaluations and are left out`);
  return { lines: thinned(lines), total: lines.length };
}

const isEvaluation = (value: unknown): boolean =>
  typeof at(value, 'update') === 'number' && Array.isArray(at(value, 'levels'));

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Where there are very many, those with the extremes of what is solved. */
function thinned(lines: readonly unknown[]): readonly unknown[] {
  if (lines.length <= EVALUATIONS) return lines;
  const solved = (line: unknown): number => {
    const shares = (at(line, 'levels') as unknown[]).map((level) => Number(at(level, 'solved')));
    return meanSolved(shares) ?? Number.NaN;
  };
  const updates = Float64Array.from(lines, (line) => at(line, 'update') as number);
  const rows = m4(updates, [Float64Array.from(lines, solved)], 0, lines.length, EVALUATIONS / 4);
  return Array.from(rows, (row) => lines[row]!);
}
