// Ctrl-C, SIGTERM, kill -9 and a reader that goes away: nothing but time is lost, and never a bit.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { readRunInfo } from '../../src/runs/readRun.ts';
import { innerloop, lines, metricsOf, PROGRAM, run, start, TINY, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const UPDATES = 400;
const LONG = [...TINY, '--set', `updates=${UPDATES}`, '--set', 'checkpoint.every=30', '--json'];
const everyUpdate = Array.from({ length: UPDATES }, (_, i) => i + 1);
let hash: unknown;
beforeAll(async () => {
  hash = lines((await run(folder.path, 'train', ...LONG, '--out', 'whole')).stdout).at(-1)!.hash;
});

const at = (name: string) => join(folder.path, name);

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s leaves a checkpoint, and resuming ends with the same bits', async (signal, code) => {
  const training = start(folder.path, innerloop('train', ...LONG, '--out', signal));
  await training.printed('"update":40,');
  training.child.kill(signal);
  const stopped = await training.ended;
  expect([stopped.code, stopped.stderr]).toEqual([code, '']);
  const last = lines(stopped.stdout).at(-1)!;
  const solved = [expect.any(Number), expect.any(Number), expect.any(Number)];
  expect(last).toMatchObject({ event: 'finished', status: 'interrupted', run: signal, solved });
  expect(metricsOf(at(signal))).toEqual(everyUpdate.slice(0, last.updates as number));
  const resumed = lines((await run(folder.path, 'resume', signal, '--json')).stdout);
  expect(resumed[0]).toMatchObject({ event: 'started', update: last.updates });
  expect(resumed.at(-1)).toMatchObject({ event: 'finished', status: 'finished', hash, updates: UPDATES });
  expect(metricsOf(at(signal))).toEqual(everyUpdate);
});

test('people are told how to go on', async () => {
  const args = ['train', ...LONG.filter((arg) => arg !== '--json'), '--out', 'told'];
  const training = start(folder.path, innerloop(...args));
  await training.printed('update  10');
  training.child.kill('SIGINT');
  const { code, stdout } = await training.ended;
  expect(code).toBe(130);
  expect(stdout).toMatch(/stopped after update \d+, with a checkpoint; to go on:\n {2}npx innerloop resume told\n$/);
});

test('kill -9, again and again, loses at most the updates since the last checkpoint', async () => {
  let killed = 0;
  for (const moment of [5, 35, 95, 215]) {
    const args = moment === 5 ? ['train', ...LONG, '--out', 'killed'] : ['resume', 'killed', '--json'];
    const training = start(folder.path, innerloop(...args));
    await training.printed(`"update":${moment},`);
    training.child.kill('SIGKILL');
    if ((await training.ended).signal === 'SIGKILL') killed++;
    expect(readRunInfo(at('killed')).status).toBe('running');
  }
  expect(killed).toBe(4);
  const resumed = lines((await run(folder.path, 'resume', 'killed', '--json')).stdout);
  expect(resumed[0]!.update).toBeGreaterThanOrEqual(210);
  expect(resumed.at(-1)).toMatchObject({ status: 'finished', hash, updates: UPDATES });
  expect(metricsOf(at('killed'))).toEqual(everyUpdate);
});

test('a run in use is refused, and left alone', async () => {
  const training = start(folder.path, innerloop('train', ...LONG, '--set', 'updates=100000', '--out', 'busy'));
  await training.printed('"event":"update"');
  const second = await run(folder.path, 'resume', 'busy');
  expect(second).toMatchObject({ code: 2, stdout: '' });
  expect(second.stderr).toMatch(/^innerloop: busy is in use by process \d+; .+\n$/);
  training.child.kill('SIGTERM');
  expect((await training.ended).code).toBe(143);
});

test('resuming a finished run says so, and is no error', async () => {
  const text = await run(folder.path, 'resume', 'whole');
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toContain(`whole is finished, after ${UPDATES} updates; there is nothing to resume`);
  const json = await run(folder.path, 'resume', 'whole', '--json');
  expect(lines(json.stdout)).toMatchObject([{ event: 'finished', hash, updates: UPDATES, run: 'whole' }]);
});

test('a reader that goes away stops the training quietly, with a checkpoint', async () => {
  const training = start(folder.path, innerloop('train', ...LONG, '--set', 'updates=100000', '--out', 'pipe'));
  await training.printed('"event":"update"');
  training.child.stdout.destroy();
  const { code, stderr } = await training.ended;
  expect([code, stderr]).toEqual([141, '']);
  expect(readRunInfo(at('pipe')).status).toBe('interrupted');
});

test('two signals of one key press are one; a second press ends the process', async () => {
  const module = new URL('../../src/cli/interrupts.ts', import.meta.url).href;
  const script = `
    import { listenForInterrupts } from '${module}';
    const interrupts = listenForInterrupts(() => console.log('stopping'));
    interrupts.signal.addEventListener('abort', () => console.log('aborted'));
    setInterval(() => {}, 1000);
    console.log('listening');`;
  const program = start(folder.path, [process.execPath, '--input-type=module', '-e', script]);
  await program.printed('listening');
  program.child.kill('SIGINT');
  program.child.kill('SIGINT');
  await program.printed('aborted');
  await setTimeout(350);
  program.child.kill('SIGINT');
  expect(await program.ended).toMatchObject({ code: 130, stdout: 'listening\nstopping\naborted\n' });
});

const OLD_NODE = '/usr/bin/node';

test.runIf(existsSync(OLD_NODE))('started by another Node, the program ends with it, even by kill -9', async () => {
  const args = [PROGRAM, 'train', ...LONG, '--set', 'updates=100000', '--out', 'wrapped'];
  const training = start(folder.path, [OLD_NODE, ...args]);
  await training.printed('"event":"update"');
  training.child.kill('SIGKILL');
  await training.ended; // comes when the last process that holds standard output has ended
  expect(await run(folder.path, 'resume', 'wrapped', '--threads', '65')).toMatchObject({ code: 2 });
  const stopped = start(folder.path, [OLD_NODE, PROGRAM, 'resume', 'wrapped', '--json']);
  await stopped.printed('"event":"update"');
  stopped.child.kill('SIGINT');
  expect((await stopped.ended).code).toBe(130);
});

test('a shell that reads one line of an explanation sees no complaint', async () => {
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${PROGRAM}" explain whole --count 300 --json | head -1`], {
    cwd: folder.path,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  shell.stderr.on('data', (text) => {
    stderr += text;
  });
  expect(await once(shell, 'close')).toEqual([0, null]);
  expect(stderr).toBe('');
});
