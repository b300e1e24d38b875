import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InnerloopError } from '../core/errors.ts';
import { Lock } from './lock.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innerloop-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that tries to take the lock at the time `at`, says `held` or `refused`, and stays until it is ended. */
function contender(at = 0): ChildProcess {
  const code = `
    import { Lock } from ${JSON.stringify(new URL('./lock.ts', import.meta.url))};
    while (Date.now() < ${at});
    let said = 'held';
    try { Lock.acquire(${JSON.stringify(path)}, 'the run'); } catch (error) { said = error.problem?.kind ?? String(error); }
    console.log(said);
    process.stdin.resume().on('end', () => process.exit());`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function said(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return chunk.toString().trim();
}

async function leave(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  if (signal) child.kill(signal);
  else child.stdin!.end();
  await exited;
}

const holder = (fields: object) => JSON.stringify({ pid: process.pid, host: hostname(), token: 'x', ...fields });

test('held once, given back, taken again', () => {
  const lock = Lock.acquire(path, 'runs/a');
  expect(() => Lock.acquire(path, 'runs/a')).toThrow(
    `runs/a is in use by process ${process.pid}; wait for that process or stop it; if it no longer runs, delete ${path}`,
  );
  lock.release();
  lock.release();
  Lock.acquire(path, 'runs/a').release();
  expect(readdirSync(folder)).toEqual([]);
});

test('many locks leave no listener behind', () => {
  const before = process.listenerCount('exit');
  for (let i = 0; i < 20; i++) Lock.acquire(path, 'it').release();
  expect(process.listenerCount('exit')).toBe(before);
});

test('a lock taken over by hand is not given back by its former holder', () => {
  const lock = Lock.acquire(path, 'it');
  writeFileSync(path, holder({}));
  lock.release();
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('another live process is refused; its lock ends with it, and kill -9 leaves one that is taken over', async () => {
  const first = contender();
  expect(await said(first)).toBe('held');
  expect(() => Lock.acquire(path, 'the run')).toThrow(`the run is in use by process ${first.pid};`);
  await leave(first);
  expect(readdirSync(folder)).toEqual([]);

  const second = contender();
  expect(await said(second)).toBe('held');
  await leave(second, 'SIGKILL');
  expect(readdirSync(folder)).toEqual(['lock']);
  const lock = Lock.acquire(path, 'the run');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('of processes that find a dead lock at the same moment, one takes it', async () => {
  const dead = contender();
  expect(await said(dead)).toBe('held');
  await leave(dead, 'SIGKILL');
  const at = Date.now() + 700;
  const children = Array.from({ length: 4 }, () => contender(at));
  expect((await Promise.all(children.map(said))).sort()).toEqual(['conflict', 'conflict', 'conflict', 'held']);
  await Promise.all(children.map((child) => leave(child)));
  expect(readdirSync(folder)).toEqual([]);
});

test('dead, recycled and torn locks are taken over; live, foreign and fresh unreadable ones are not', () => {
  const taken = (text: string, ageSeconds = 0) => {
    writeFileSync(path, text);
    const then = Date.now() / 1000 - ageSeconds;
    utimesSync(path, then, then);
    try {
      Lock.acquire(path, 'it').release();
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(InnerloopError);
      return false;
    }
  };
  expect(taken(holder({ pid: 2 ** 22 + 1 }))).toBe(true); // beyond the largest process id
  expect(taken(holder({}))).toBe(false);
  if (process.platform === 'linux') expect(taken(holder({ start: '1' }))).toBe(true); // the id, used again
  expect(taken(holder({ host: `not-${hostname()}`, pid: 2 ** 22 + 1 }))).toBe(false);
  for (const torn of ['', '{"pid":', 'null', holder({ pid: -1 })]) {
    expect(taken(torn)).toBe(false);
    expect(taken(torn, 60)).toBe(true);
  }
});

test('a process killed while taking over does not block the next', () => {
  writeFileSync(path, holder({ pid: 2 ** 22 + 1 }));
  writeFileSync(`${path}.takeover`, holder({ pid: 2 ** 22 + 2 }));
  Lock.acquire(path, 'it').release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that cannot be written is said so', () => {
  writeFileSync(path, '');
  expect(() => Lock.acquire(join(path, 'lock'), 'it')).toThrow('a part of this path is a file, not a folder');
});
