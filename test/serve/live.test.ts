// Server-sent events of runs that another process writes.

import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { type ClientRequest, get } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunChanges, RunMetrics } from '../../src/index.ts';
import type { RunServer } from '../../src/serve/server.ts';
import { ask, finished, info, put, serve, temporaryFolder } from './served.ts';

interface Listener {
  readonly events: { readonly name: string; readonly data: RunChanges }[];
  readonly comments: () => number;
  readonly closed: Promise<void>;
  readonly request: ClientRequest;
}

function listen({ url }: RunServer): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}api/events`, (response) => {
      const events: Listener['events'] = [];
      let text = '';
      let comments = 0;
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) {
          if (block.startsWith(':')) comments++;
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
          const [name, data] = [field('event'), field('data')];
          if (name && data) events.push({ name, data: JSON.parse(data) as RunChanges });
        }
      });
      response.on('error', () => {});
      const closed = new Promise<void>((done) => response.on('close', done));
      expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
      resolve({ events, comments: () => comments, closed, request });
    });
    request.on('error', reject);
  });
}

const running = { status: 'running', outcome: undefined };

/** Another process that holds the run's lock and writes line after line. */
function writer(run: string) {
  const module = (path: string) => new URL(`../../src/runs/${path}`, import.meta.url).href;
  const script = `
    import { RunDirectory } from '${module('runDirectory.ts')}';
    const run = RunDirectory.open(${JSON.stringify(run)});
    const from = Number(${JSON.stringify(String(3))});
    let update = from;
    setInterval(() => {
      update++;
      run.record({ type: 'update', update, episodes: update * 100, seconds: update, reward: update / 4 });
      run.record({ type: 'evaluation', update, episodes: update * 100, seconds: update, levels: [{ level: 0, solved: 0.5 }] });
    }, 20);
    console.log('writing');`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('a run written by another process is tailed, and its end by kill -9 is seen', async () => {
  const folder = temporaryFolder();
  put(folder, { ...finished('a'), 'a/run.json': info(running) });
  const server = await serve(folder);
  const child = writer(join(folder, 'a'));
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    const page = await listen(server);
    const told = () => page.events.flatMap(({ data }) => data.runs);
    const statuses = () => told().map(({ status }) => status);
    await expect.poll(statuses, { timeout: 20_000 }).toContain('running');
    // What is new is asked for from where it was left: no gap and no duplicate.
    const updates: number[] = [];
    for (let from = 3; updates.length <= 10; from = updates.at(-1)! + 1) {
      const before = told().length;
      await expect.poll(() => told().length, { timeout: 20_000 }).toBeGreaterThan(before);
      const { rows } = (
        await ask(server, `/api/runs/a/metrics?fields=reward&from=${from}`)
      ).json() as unknown as RunMetrics;
      updates.push(...(rows[0] as number[]));
    }
    expect(updates).toEqual(updates.map((_, i) => i + 3));
    expect(told().at(-1)!.update).toBeGreaterThan(10);
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => statuses().at(-1), { timeout: 20_000 }).toBe('interrupted');
    page.request.destroy();
  } finally {
    child.kill('SIGKILL');
  }
});

test('runs that come and go are told', async () => {
  const folder = temporaryFolder();
  put(folder, finished('a'));
  const server = await serve(folder);
  const page = await listen(server);
  const told = () => JSON.stringify(page.events.map(({ data }) => data));
  put(folder, finished('b'));
  await expect.poll(told).toContain('"name":"b"');
  rmSync(join(folder, 'b'), { recursive: true });
  await expect.poll(told).toContain('"removed":["b"]');
});

test('heartbeats come, and pages that go leave nothing behind', async () => {
  const folder = temporaryFolder();
  put(folder, finished('a'));
  const server = await serve(folder);
  const { live } = server.api;
  expect([live.count, live.isActive]).toEqual([0, false]);
  const pages = await Promise.all(Array.from({ length: 20 }, () => listen(server)));
  expect([live.count, live.isActive]).toEqual([20, true]);
  await expect.poll(() => Math.min(...pages.map(({ comments }) => comments()))).toBeGreaterThan(1);
  for (const { request } of pages) request.destroy();
  await expect.poll(() => [live.count, live.isActive]).toEqual([0, false]);
  // And again, as a browser that connects anew.
  const again = await listen(server);
  await expect.poll(again.comments).toBeGreaterThan(0);
  again.request.destroy();
  await expect.poll(() => live.isActive).toBe(false);
});

test('closing the server ends the streams', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  const server = await serve(folder);
  const page = await listen(server);
  await server.close();
  await page.closed;
  expect(server.api.live.isActive).toBe(false);
});
