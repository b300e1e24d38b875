// A folder of runs in a temporary place, a server over it, and requests as no well-behaved client would send them.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { type RunServer, serveRuns } from '../../src/serve/server.ts';
import { configure } from '../../src/training/config.ts';

export const RHYTHM = { look: 20, lookAtAll: 60, heartbeat: 30 };

const cleaning: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'innerloop-serve-')));
  cleaning.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes `files` below `folder`, by their paths. */
export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), contents);
  }
}

export const config = configure({ task: 'calculator', seed: 7 }).config;

export const info = (more: object = {}): string =>
  JSON.stringify({ version: '0.1.0', seed: 7, config, status: 'finished', outcome, ...more });

export const outcome = {
  ...{ hash: 'a'.repeat(64), updates: 3, episodes: 300, seconds: 2 },
  levels: [
    { level: 0, solved: 1 },
    { level: 1, solved: 0.5 },
  ],
};

export const metric = (update: number, more: object = {}): string =>
  `${JSON.stringify({ update, episodes: update * 100, seconds: update, reward: update / 4, solved: [1, null], ...more })}\n`;

export const metrics = (updates: number): string => Array.from({ length: updates }, (_, i) => metric(i + 1)).join('');

/** A finished run's files, below `name`. */
export const finished = (name: string): Record<string, string> => ({
  [`${name}/run.json`]: info(),
  [`${name}/metrics.jsonl`]: metrics(3),
  [`${name}/evaluations.jsonl`]: `${JSON.stringify({ update: 2, levels: outcome.levels })}\n`,
  [`${name}/checkpoints/000003.safetensors`]: 'weights',
});

export async function serve(folder: string, more: { host?: string; site?: string } = {}): Promise<RunServer> {
  const onError = (error: unknown): void => {
    throw error;
  };
  const { host = '127.0.0.1', site = join(folder, 'no-site') } = more;
  const server = await serveRuns({ folder, host, onError, port: 0, rhythm: RHYTHM, site });
  cleaning.push(() => server.close());
  return server;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of JSON. */
  json(): Record<string, unknown>;
}

/** The target goes out as it stands: nothing is normalised. */
export function ask(
  { url }: RunServer,
  target: string,
  { headers = {}, method = 'GET' }: { headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: target, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const body = Buffer.concat(pieces);
        const { headers, statusCode } = response;
        resolve({ status: statusCode!, headers, body, json: () => JSON.parse(body.toString()) });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
