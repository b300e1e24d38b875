// Who may ask, and what can be reached: this folder alone, to read, from pages of this server alone.

import { symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { addresses, allowedHosts, inUrl, isAllowed } from '../../src/serve/hosts.ts';
import { ask, finished, put, serve, temporaryFolder } from './served.ts';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5000))});`;
const SITE = {
  'site/index.html': '<!doctype html><title>innerloop</title>',
  'site/assets/index-B4x_9-aZ.js': SCRIPT,
  'site/assets/picture.png': 'png',
  'site/.secret': 'secret',
  'secret.txt': 'secret',
};

async function served() {
  const folder = temporaryFolder();
  put(folder, { ...SITE, ...finished('runs/a') });
  const server = await serve(join(folder, 'runs'), { site: join(folder, 'site') });
  return { folder, server };
}

test('it listens on loopback', async () => {
  const { server } = await served();
  expect(server.address).toBe('127.0.0.1');
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
});

test('another name in Host is refused, page and interface alike', async () => {
  const { server } = await served();
  const port = new URL(server.url).port;
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '10.0.0.1',
    'a@localhost',
  ]) {
    for (const target of ['/', '/api/runs']) {
      const { body, status } = await ask(server, target, { headers: { Host: host } });
      expect([host, status]).toEqual([host, 403]);
      expect(body.toString()).toContain('does not answer to the name');
    }
  }
  for (const host of ['localhost', `localhost:${port}`, 'LOCALHOST:9', '127.0.0.1', `[::1]:${port}`]) {
    expect([host, (await ask(server, '/api/runs', { headers: { Host: host } })).status]).toEqual([host, 200]);
  }
});

test('a host that was asked for is allowed, and with a wildcard the addresses of the machine', () => {
  const named = allowedHosts('box.lan', '192.168.1.5');
  expect(
    ['box.lan:80', 'BOX.lan', '192.168.1.5:1', 'localhost', '[::1]'].map((host) => isAllowed(host, named)),
  ).toEqual(Array(5).fill(true));
  expect(isAllowed('evil.example', named)).toBe(false);
  expect(isAllowed('127.0.0.1:4470', allowedHosts('0.0.0.0', '0.0.0.0'))).toBe(true);
  expect(isAllowed('evil.example', allowedHosts('::', '::'))).toBe(false);
  expect(isAllowed(undefined, named)).toBe(false);
});

test('asked to listen everywhere, it answers to the addresses of this machine and no other name', async () => {
  const folder = temporaryFolder();
  const server = await serve(folder, { host: '0.0.0.0' });
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  for (const address of addresses()) {
    expect((await ask(server, '/api/runs', { headers: { Host: inUrl(address) } })).status).toBe(200);
  }
  expect((await ask(server, '/api/runs', { headers: { Host: 'evil.example' } })).status).toBe(403);
});

test('only GET and HEAD', async () => {
  const { server } = await served();
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const { headers, status } = await ask(server, '/api/runs', { method });
    expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
  }
  for (const target of ['/', '/api/runs', '/api/runs/a/checkpoints/000003.safetensors']) {
    const [get, head] = [await ask(server, target), await ask(server, target, { method: 'HEAD' })];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  }
});

test('every answer carries the headers, refusals too', async () => {
  const { server } = await served();
  const checkpoint = '/api/runs/a/checkpoints/000003.safetensors';
  for (const target of ['/', '/assets/index-B4x_9-aZ.js', '/none', '/api/runs', '/api/none', checkpoint]) {
    const { headers } = await ask(server, target);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

const CLIMBING = [
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/%252e%252e/secret.txt',
  '//secret.txt',
  '/./index.html',
  '/.secret',
  '/index.html%00.png',
  '/api/runs/../../secret.txt',
  '/api/runs/a/checkpoints/..%2f..%2f..%2fsecret.txt',
  '/api/runs/a/checkpoints/..%2frun.json',
  '/api/runs/%2e%2e/metrics',
  '/api/runs/a/../../site/metrics',
  '/api/runs//etc/metrics',
  '/%',
  '/%ff',
  '/api/runs/%E0%A4%A/metrics',
];

test.each(CLIMBING)('%s leads nowhere', async (target) => {
  const { server } = await served();
  const { body, status } = await ask(server, target);
  expect([400, 404]).toContain(status);
  expect(body.toString()).not.toMatch(/^secret|root:/);
});

test('a target that is no path is refused', async () => {
  const { server } = await served();
  expect((await ask(server, 'http://127.0.0.1/secret.txt')).status).toBe(400);
});

test('links that lead out are not followed, wherever they stand', async () => {
  const { folder, server } = await served();
  put(folder, {
    ...finished('elsewhere/run'),
    ...finished('runs/linked'),
    ...finished('runs/bent'),
    'runs/linked/checkpoints/000004.txt': '',
  });
  const outside = join(folder, 'elsewhere/run');
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'runs/out'));
  symlinkSync(join(folder, 'runs/a'), join(folder, 'runs/again'));
  symlinkSync(join(folder, 'runs'), join(folder, 'runs/a-circle'));
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'site/link.txt'));
  symlinkSync(
    join(outside, 'checkpoints/000003.safetensors'),
    join(folder, 'runs/linked/checkpoints/000009.safetensors'),
  );
  put(folder, { 'runs/info/metrics.jsonl': '' });
  symlinkSync(join(outside, 'run.json'), join(folder, 'runs/info/run.json'));
  put(folder, { 'runs/log/run.json': '{}' });
  symlinkSync(join(outside, 'metrics.jsonl'), join(folder, 'runs/log/metrics.jsonl'));
  expect((await ask(server, '/link.txt')).status).toBe(403);
  expect((await ask(server, '/api/runs/linked/checkpoints/000009.safetensors')).status).toBe(403);
  expect((await ask(server, '/api/runs/log/metrics')).status).toBe(403);
  const { runs } = (await ask(server, '/api/runs')).json() as {
    runs: { name: string; status: string; reason?: string }[];
  };
  expect(runs.map(({ name, status }) => [name, status])).toEqual([
    ['a', 'finished'],
    ['bent', 'finished'],
    ['info', 'malformed'],
    ['linked', 'finished'],
    ['log', 'malformed'],
    ['out', 'malformed'],
  ]);
  expect(runs.find(({ name }) => name === 'out')?.reason).toContain('leads out of the served folder');
  const detail = (await ask(server, '/api/runs/linked')).json() as { checkpoints: { file: string }[] };
  expect(detail.checkpoints.map(({ file }) => file)).toEqual(['000003.safetensors']);
});

test('the page is compressed, typed and cached as its names allow', async () => {
  const { server } = await served();
  const page = await ask(server, '/');
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  const again = await ask(server, '/', { headers: { 'If-None-Match': String(page.headers.etag) } });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  const script = (encoding: string) =>
    ask(server, '/assets/index-B4x_9-aZ.js', { headers: { 'Accept-Encoding': encoding } });
  const plain = await script('identity');
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect([plain.headers['content-type'], plain.body.toString()]).toEqual(['text/javascript; charset=utf-8', SCRIPT]);
  const br = await script('gzip, deflate, br');
  expect([br.headers['content-encoding'], brotliDecompressSync(br.body).toString()]).toEqual(['br', SCRIPT]);
  const gz = await script('gzip, br;q=0');
  expect([gz.headers['content-encoding'], gunzipSync(gz.body).toString()]).toEqual(['gzip', SCRIPT]);
  const picture = await ask(server, '/assets/picture.png', { headers: { 'Accept-Encoding': 'br' } });
  expect([picture.headers['content-type'], picture.headers['content-encoding']]).toEqual(['image/png', undefined]);
  expect(picture.headers['cache-control']).toBe('no-cache');
});

test('without a built page a sentence says how to get one, and the interface answers', async () => {
  const folder = temporaryFolder();
  put(folder, finished('a'));
  const server = await serve(folder);
  const { body, status } = await ask(server, '/');
  expect([status, body.toString()]).toEqual([503, expect.stringContaining('npm run build:web')]);
  expect((await ask(server, '/api/runs')).status).toBe(200);
});

test('nonsense on the wire ends that connection alone', async () => {
  const { server } = await served();
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.end('\u0000\u0001nonsense\r\n\r\n');
  await new Promise((resolve) =>
    socket
      .on('close', resolve)
      .on('error', () => {})
      .resume(),
  );
  expect((await ask(server, '/api/runs')).status).toBe(200);
});
