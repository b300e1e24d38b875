// What the interface says of runs, whole ones and broken ones.

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RunDetail, RunMetrics, RunSummary } from '../../src/index.ts';
import { Lock } from '../../src/runs/lock.ts';
import { ask, config, finished, info, metric, metrics, outcome, put, serve, temporaryFolder } from './served.ts';

async function over(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryFolder();
  put(folder, files);
  const server = await serve(folder);
  const list = async () => (await ask(server, '/api/runs')).json().runs as RunSummary[];
  const rows = async (target: string) => (await ask(server, `/api/runs/${target}`)).json() as unknown as RunMetrics;
  return { folder, server, list, rows };
}

test('a finished run, nested, with all that is said of it', async () => {
  const { folder, server, list } = await over(finished('suite/part/run 1%'));
  const [run, ...others] = await list();
  expect(others).toEqual([]);
  const modified = Math.max(
    ...['run.json', 'metrics.jsonl'].map((file) => statSync(join(folder, 'suite/part/run 1%', file)).mtimeMs),
  );
  expect(run).toEqual({
    ...{ name: 'suite/part/run 1%', status: 'finished', task: 'calculator', preset: 'default' },
    ...{ algorithm: config.algorithm.name, curriculum: config.curriculum.name, agent: config.agent.name, seed: 7 },
    ...{ update: 3, updates: config.updates, accuracy: 0.75, levels: [1, 0.5], seconds: 2, episodesPerSecond: 150 },
    ...{ started: expect.any(Number), modified },
  });
  for (const name of ['suite/part/run%201%25', 'suite%2Fpart%2Frun%201%25']) {
    const detail = (await ask(server, `/api/runs/${name}`)).json() as unknown as RunDetail;
    expect(detail).toMatchObject({ summary: run, config: { seed: 7 }, outcome, evaluationsTotal: 1, notices: [] });
    expect(detail.checkpoints).toEqual([{ update: 3, file: '000003.safetensors', bytes: 7 }]);
    expect(detail.evaluations).toEqual([{ update: 2, levels: outcome.levels }]);
    expect(detail.warnings).toBeNull();
    const checkpoint = await ask(server, `/api/runs/${name}/checkpoints/000003.safetensors`);
    expect([checkpoint.body.toString(), checkpoint.headers['content-type']]).toEqual([
      'weights',
      'application/octet-stream',
    ]);
  }
});

test('the served folder may be a run itself', async () => {
  const folder = temporaryFolder();
  put(folder, finished('one'));
  const server = await serve(join(folder, 'one'));
  expect((await ask(server, '/api/runs')).json().runs).toMatchObject([{ name: 'one', status: 'finished' }]);
  expect((await ask(server, '/api/runs/one/metrics')).json()).toMatchObject({ total: 3 });
});

test('a run says what its monitors said, but for lines that say nothing', async () => {
  const said = (update: number) => ({ update, kind: 'gradientSpike', message: `at ${update}` });
  const lines = Array.from({ length: 300 }, (_, i) => `${JSON.stringify(said(i + 1))}\n`);
  const { server } = await over({ ...finished('one'), 'one/warnings.jsonl': `${lines.join('')}{"update":301}\n` });
  const { notices, warnings } = (await ask(server, '/api/runs/one')).json() as unknown as RunDetail;
  expect([warnings?.length, warnings?.[0], warnings?.at(-1)]).toEqual([200, said(101), said(300)]);
  expect(notices).toEqual(['warnings.jsonl: 1 of its lines are no warnings and are left out']);
});

test('an empty folder has no runs, and what is not there is said to be so', async () => {
  const { server, list } = await over({});
  expect(await list()).toEqual([]);
  for (const target of ['/api/runs/none', '/api/runs/none/metrics', '/api/runs/none/checkpoints/000001.safetensors']) {
    const answer = await ask(server, target);
    expect(answer.status).toBe(404);
    expect(answer.json().error).toContain('there is no run "none');
  }
  expect((await ask(server, '/api/else')).status).toBe(404);
});

test('a run is running while its lock is held, and interrupted when not', async () => {
  const { folder, list } = await over({
    ...{
      'a/run.json': info({ status: 'running', outcome: undefined }),
      'a/metrics.jsonl': `${metrics(5)}{"update":6,"ep`,
    },
    'a/evaluations.jsonl': `${JSON.stringify({ update: 2, levels: [{ solved: 0.25 }] })}\n{"upd`,
  });
  const lock = Lock.acquire(join(folder, 'a/lock'), 'a');
  const [running] = await list();
  expect(running).toMatchObject({ status: 'running', update: 5, seconds: 5, episodesPerSecond: 100, accuracy: 0.25 });
  lock.release();
  await expect.poll(async () => (await list())[0]?.status).toBe('interrupted');
  writeFileSync(join(folder, 'a/lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: 'no-such-host', token: 'x' }));
  await expect.poll(async () => (await list())[0]?.status).toBe('running'); // of another machine nothing is known
});

test('broken runs appear with the reason, and the others as ever', async () => {
  const broken = (name: string, more: Record<string, string>) => ({
    ...Object.fromEntries(Object.entries(finished(name))),
    ...Object.fromEntries(Object.entries(more).map(([file, contents]) => [`${name}/${file}`, contents])),
  });
  const { folder, server, list } = await over({
    ...finished('good'),
    ...broken('json', { 'run.json': '{"version": ' }),
    ...broken('list', { 'run.json': '[1]' }),
    ...broken('empty', { 'run.json': '' }),
    ...broken('status', { 'run.json': info({ status: 'asleep' }) }),
    ...broken('seed', { 'run.json': info({ seed: 'seven' }) }),
    ...broken('config', { 'run.json': info({ config: 5 }) }),
    ...broken('task', { 'run.json': info({ config: { ...config, task: { name: 5 } } }) }),
    ...broken('updates', { 'run.json': info({ config: { ...config, updates: null } }) }),
    ...broken('outcome', { 'run.json': info({ outcome: { updates: 'many' } }) }),
    ...broken('levels', { 'run.json': info({ outcome: { ...outcome, levels: [null] } }) }),
    ...broken('line', { 'run.json': info({ status: 'running' }), 'metrics.jsonl': 'not json\n' }),
    ...broken('evaluation', {
      'run.json': info({ outcome: { ...outcome, levels: [] } }),
      'evaluations.jsonl': '{"levels":{}}\n',
    }),
    ...{ 'metricless/run.json': info(), 'infoless/metrics.jsonl': metrics(2) },
    ...{ 'nested/deep/run.json': '!' },
  });
  mkdirSync(join(folder, 'folder/run.json'), { recursive: true });
  put(folder, finished('closed'));
  chmodSync(join(folder, 'closed/run.json'), 0);
  execFileSync('mkfifo', [join(folder, 'good/checkpoints/000007.safetensors')]);
  mkdirSync(join(folder, 'pipe'));
  execFileSync('mkfifo', [join(folder, 'pipe/run.json'), join(folder, 'pipe/metrics.jsonl')]);
  put(folder, { 'bent/metrics.jsonl': metrics(2) });
  symlinkSync(join(folder, 'pipe/run.json'), join(folder, 'bent/run.json'));
  const reasons = Object.fromEntries((await list()).map(({ name, reason, status }) => [name, `${status}: ${reason}`]));
  expect(reasons).toEqual({
    good: 'finished: undefined',
    json: 'malformed: run.json: it is not JSON',
    list: 'malformed: run.json: it is not a JSON object',
    empty: 'malformed: run.json: it is not JSON',
    status: 'malformed: run.json: expected one of running, interrupted, finished, failed under "status"',
    seed: 'malformed: run.json: expected an integer from 0 under "seed"',
    config: 'malformed: expected a text under "config.task.name" of run.json',
    task: 'malformed: expected a text under "config.task.name" of run.json',
    updates: 'malformed: expected a number under "config.updates" of run.json',
    outcome: 'malformed: expected a number under "outcome.updates" of run.json',
    levels: 'malformed: expected a number under "solved" of a level of the last evaluation',
    line: 'malformed: the last line of metrics.jsonl is not JSON',
    evaluation: 'malformed: expected a list under "levels" of the last evaluation',
    metricless: 'malformed: it has no metrics.jsonl',
    infoless: 'malformed: it has no run.json',
    'nested/deep': 'malformed: run.json: it is not JSON',
    folder: 'malformed: run.json is not a file',
    closed: process.getuid?.() === 0 ? 'finished: undefined' : 'malformed: run.json: permission is denied',
    pipe: 'malformed: run.json is not a file',
    bent: 'malformed: run.json is not a file',
  });
  for (const name of Object.keys(reasons)) {
    const detail = await ask(server, `/api/runs/${name}`);
    expect([name, detail.status]).toEqual([name, 200]);
    expect([200, 404, 422]).toContain((await ask(server, `/api/runs/${name}/metrics`)).status);
  }
  expect((await ask(server, '/api/runs/good/checkpoints/000007.safetensors')).status).toBe(404);
});

test('the list follows the disk', async () => {
  const { folder, list } = await over(finished('a'));
  expect((await list()).map(({ name }) => name)).toEqual(['a']);
  put(folder, finished('b'));
  put(folder, { 'a/run.json': info({ outcome: { ...outcome, updates: 9 } }) });
  await expect
    .poll(async () => (await list()).map(({ name, update }) => [name, update]))
    .toEqual([
      ['a', 9],
      ['b', 3],
    ]);
  rmSync(join(folder, 'a'), { recursive: true });
  await expect.poll(async () => (await list()).map(({ name }) => name)).toEqual(['b']);
});

test('metrics: fields, ranges and points', async () => {
  const { rows, server } = await over({ ...finished('a'), 'a/metrics.jsonl': metrics(10) });
  expect(await rows('a/metrics')).toEqual({
    fields: ['update', 'episodes', 'seconds', 'reward', 'solved.0'],
    rows: [...(await rows('a/metrics')).rows],
    ...{ total: 10, downsampled: false, available: ['update', 'episodes', 'seconds', 'reward', 'solved.0'] },
  });
  expect(await rows('a/metrics?fields=reward&from=3&to=5')).toMatchObject({
    ...{ fields: ['update', 'reward'], total: 3 },
    rows: [
      [3, 4, 5],
      [0.75, 1, 1.25],
    ],
  });
  expect((await rows('a/metrics?fields=solved,none,update')).fields).toEqual(['update', 'solved.0']);
  expect(await rows('a/metrics?from=11')).toMatchObject({ total: 0, downsampled: false });
  for (const query of ['from=-1', 'to=x', 'points=3', 'points=1e9', 'from=1.5']) {
    const answer = await ask(server, `/api/runs/a/metrics?${query}`);
    expect([query, answer.status]).toEqual([query, 400]);
    expect(answer.json().error).toContain('expected an integer from');
  }
});

test('downsampling keeps the extremes of every field; a narrow range is whole', async () => {
  const spikes = new Map([
    [333, 50],
    [7777, -60],
  ]);
  const lines = Array.from({ length: 10_000 }, (_, i) => metric(i + 1, { reward: spikes.get(i + 1) ?? 0.1 })).join('');
  const { rows } = await over({ ...finished('a'), 'a/metrics.jsonl': lines });
  const coarse = await rows('a/metrics?fields=reward&points=100');
  const [updates, rewards] = coarse.rows as [number[], number[]];
  expect(coarse).toMatchObject({ total: 10_000, downsampled: true });
  expect(updates.length).toBeLessThanOrEqual(102);
  expect([updates[0], updates.at(-1)]).toEqual([1, 10_000]);
  expect([Math.max(...rewards), Math.min(...rewards)]).toEqual([50, -60]);
  expect(updates[rewards.indexOf(50)]).toBe(333);
  const fine = await rows('a/metrics?fields=reward&points=100&from=301&to=400');
  expect([fine.downsampled, fine.rows[0]!.length]).toEqual([false, 100]);
});

test('a log that grows is read on, one that was cut is read anew, and damage is told', async () => {
  const { folder, rows } = await over({ ...finished('a'), 'a/metrics.jsonl': metrics(5) });
  const path = join(folder, 'a/metrics.jsonl');
  expect((await rows('a/metrics')).total).toBe(5);
  appendFileSync(path, `${metric(6)}{"update":7,"epis`);
  expect((await rows('a/metrics')).total).toBe(6);
  appendFileSync(path, 'odes":700,"reward":0.5}\nnot json\n{"update":3}\n{"update":"x"}\n{"update":8, "reward": 1}\n');
  const damaged = await rows('a/metrics?fields=reward');
  expect(damaged.rows).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8],
    [0.25, 0.5, 0.75, 1, 1.25, 1.5, 0.5, 1],
  ]);
  expect(damaged.notice).toMatch(/^3 lines are left out: .+ the first is line 8$/);
  // As resuming does: back to update 4, and further than before.
  writeFileSync(path, metrics(4) + [5, 6, 7, 8, 9, 10, 11, 12].map((update) => metric(update, { reward: 9 })).join(''));
  utimesSync(path, new Date(), new Date(Date.now() + 1000));
  expect((await rows('a/metrics?fields=reward')).rows[1]).toEqual([0.25, 0.5, 0.75, 1, 9, 9, 9, 9, 9, 9, 9, 9]);
});

test('long lists are compressed', async () => {
  const { server } = await over(
    Object.fromEntries([...Array(30).keys()].flatMap((i) => Object.entries(finished(`r${i}`)))),
  );
  const { body, headers } = await ask(server, '/api/runs', { headers: { 'Accept-Encoding': 'gzip' } });
  expect(headers['content-encoding']).toBe('gzip');
  expect(JSON.parse(gunzipSync(body).toString()).runs).toHaveLength(30);
});

test('many requests at once share the work and are all answered', async () => {
  const { server } = await over({ ...finished('a'), 'a/metrics.jsonl': metrics(20_000) });
  const answers = await Promise.all(
    [...Array(40).keys()].map((i) => ask(server, i % 2 ? '/api/runs' : '/api/runs/a/metrics?fields=reward')),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});
