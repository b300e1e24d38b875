// The command `serve`, as people start and end it.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { finished, put } from '../serve/served.ts';
import { innerloop, lines, run, start, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
beforeAll(() => put(folder.path, { ...finished('runs/a'), 'file.txt': '' }));

const urlIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+\//.exec(text)![0];

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 143],
] as const)('it says where it is, answers there, and %s ends it, open streams or not', async (signal, code) => {
  const server = start(folder.path, innerloop('serve', '--port', '0', '--json'));
  let text = '';
  server.child.stdout.on('data', (piece: string) => {
    text += piece;
  });
  await server.printed('\n');
  const url = urlIn(text);
  const { runs } = (await (await fetch(`${url}api/runs`)).json()) as { runs: object[] };
  expect(runs).toMatchObject([{ name: 'a', status: 'finished' }]);
  const stream = await fetch(`${url}api/events`);
  server.child.kill(signal);
  const ended = await server.ended;
  expect(ended).toMatchObject({ code, stderr: '' });
  expect(lines(ended.stdout)).toMatchObject([{ event: 'serving', url, folder: 'runs' }]);
  await stream.text().catch(() => {});
});

test('people are told the address and how to end it', async () => {
  const server = start(folder.path, innerloop('serve', 'runs/a', '--port', '0'));
  await server.printed('Ctrl-C ends it');
  server.child.kill('SIGINT');
  expect((await server.ended).stdout).toMatch(/^runs\/a at http:\/\/127\.0\.0\.1:\d+\/ /);
});

test('a port in use, a folder that is not there and a host of elsewhere are one sentence each', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const port = String((other.address() as AddressInfo).port);
  const refused = async (sentence: string, ...args: string[]) => {
    const { code, stderr, stdout } = await run(folder.path, 'serve', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^innerloop: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
  };
  await refused(`port ${port} of 127.0.0.1 is in use; choose another --port`, '--port', port);
  await refused('nowhere: no such folder; train a run first', 'nowhere');
  await refused('file.txt: it is a file', 'file.txt');
  await refused(
    "--host: expected a name or an address of this machine, received '203.0.113.7'",
    '--host',
    '203.0.113.7',
  );
  await refused('--port: expected an integer from 0 to 65535', '--port', '70000');
  other.close();
});
