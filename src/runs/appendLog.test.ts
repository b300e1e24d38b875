import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppendLog, readLog } from './appendLog.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innerloop-'));
  path = join(folder, 'log.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const upTo = (limit: number) => (value: unknown) => (value as { n: number }).n <= limit;
const numbers = () => [...readLog(path)].map((value) => (value as { n: number }).n);

function write(count: number): void {
  const log = AppendLog.open(path);
  for (let n = 1; n <= count; n++) log.append({ n });
  log.close();
}

test('lines are buffered, flushed, and added to by the next opening', () => {
  const log = AppendLog.open(path);
  log.append({ n: 1, rewards: Float32Array.of(0.5, 1), loss: Number.NaN, text: 'ü\n' });
  expect(readFileSync(path, 'utf8')).toBe('');
  log.flush();
  expect(readFileSync(path, 'utf8')).toBe('{"n":1,"rewards":[0.5,1],"loss":null,"text":"ü\\n"}\n');
  log.append({ n: 2 });
  log.close();
  log.close();
  write(1);
  expect(numbers()).toEqual([1, 2, 1]);
  expect(() => log.append({})).toThrow('is closed');
});

test('a torn last line, long or short, is skipped by readers and cut off on opening', () => {
  for (const torn of ['{"n":', '\0\0\0', `{"n":3,"text":"${'x'.repeat(200_000)}`, '{"n":3}']) {
    writeFileSync(path, `{"n":1}\n{"n":2}\n${torn}`);
    expect(numbers()).toEqual([1, 2]);
    const log = AppendLog.open(path);
    log.append({ n: 4 });
    log.close();
    expect(numbers()).toEqual([1, 2, 4]);
  }
  writeFileSync(path, '{"n":'); // the only line
  AppendLog.open(path).close();
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('lines longer than a chunk, or across two, are read whole', () => {
  const texts = [65_535, 65_536, 3, 200_000, 1].map((length) => 'é'.repeat(length));
  const log = AppendLog.open(path);
  for (const text of texts) log.append(text);
  log.close();
  expect([...readLog(path)]).toEqual(texts);
});

test('truncateAfter drops the tail and goes on from there', () => {
  write(20_000); // several chunks
  const log = AppendLog.open(path);
  log.append({ n: 20_001 });
  log.truncateAfter(upTo(15_000));
  log.append({ n: 15_001 });
  log.truncateAfter(upTo(30_000));
  log.close();
  expect(numbers()).toEqual(Array.from({ length: 15_001 }, (_, i) => i + 1));
  const again = AppendLog.open(path);
  again.truncateAfter(() => false);
  again.close();
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('a damaged line is named and stops a cut before anything is lost', () => {
  writeFileSync(path, '{"n":1}\nnonsense\n{"n":3}\n');
  expect(numbers).toThrow(`${path}: line 2 is not JSON; restore the file from a copy, or remove that line`);
  const log = AppendLog.open(path);
  expect(() => log.truncateAfter(upTo(1))).toThrow('line 2 is not JSON');
  log.close();
  expect(readFileSync(path, 'utf8')).toBe('{"n":1}\nnonsense\n{"n":3}\n');
});

test('paths that cannot be are refused', () => {
  writeFileSync(path, '');
  expect(() => AppendLog.open(join(path, 'x'))).toThrow('a part of this path is a file');
  expect(() => AppendLog.open(folder)).toThrow('expected a file, found a folder');
  expect(() => [...readLog(join(folder, 'none'))]).toThrow('no such file or folder');
});

test.runIf(existsSync('/dev/full'))('on a full disk the sentence says so, when flushing and when closing', () => {
  const log = AppendLog.open('/dev/full');
  log.append({ n: 1 });
  expect(() => log.flush()).toThrow('/dev/full: the disk is full; free some space there or choose another place');
  expect(() => log.close()).toThrow('the disk is full');
  log.close();
});

test.runIf(existsSync('/proc/self/fd'))('no file stays open: readers that stop early, failures, closed logs', () => {
  write(100_000 / 10);
  appendFileSync(path, 'nonsense\n');
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  for (let i = 0; i < 20; i++) {
    for (const _ of readLog(path)) break;
    expect(numbers).toThrow('not JSON');
    const log = AppendLog.open(path);
    expect(() => log.truncateAfter(upTo(1e9))).toThrow('not JSON');
    log.close();
    const full = AppendLog.open('/dev/full');
    full.append(1);
    expect(() => full.close()).toThrow();
  }
  expect(open()).toBe(before);
});
