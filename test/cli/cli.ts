// Runs the real command line in child processes.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

export const PROGRAM = fileURLToPath(new URL('../../bin/innerloop.js', import.meta.url));

/** Settings under which a training takes a moment. */
export const TINY = [
  ...['--threads', '1', '--set', 'updates=20', '--set', 'batch=32', '--set', 'agent.hidden=16'],
  ...['--set', 'evaluation.problems=16', '--set', 'evaluation.testProblems=50', '--set', 'stop=null'],
];

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
  /** Waits until standard output has `text` in it. */
  printed(text: string): Promise<void>;
}

/** Starts `command` in `cwd`. */
export function start(cwd: string, command: readonly string[]): Running {
  const [file, ...args] = command as [string, ...string[]];
  const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    child,
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!stdout.includes(text)) return;
          child.stdout.off('data', look);
          resolve();
        };
        child.stdout.on('data', look);
        ended.then(({ stderr }) => reject(new Error(`ended without printing ${text}: ${stderr}`)), reject);
        look();
      }),
  };
}

/** The command line of `innerloop …args` on this Node. */
export const innerloop = (...args: readonly string[]) => [process.execPath, PROGRAM, ...args];

/** Runs `innerloop …args` in `cwd` to its end. */
export const run = (cwd: string, ...args: readonly string[]): Promise<Ended> => start(cwd, innerloop(...args)).ended;

/** The objects of JSON lines; a line that is none fails. */
export const lines = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The updates that stand in a run's metrics. */
export const metricsOf = (folder: string): unknown[] =>
  lines(readFileSync(join(folder, 'metrics.jsonl'), 'utf8')).map(({ update }) => update);

/** A temporary folder for the tests of a file. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'innerloop-cli-'));
  });
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}
