import { fsyncSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InnerloopError } from '../core/errors.ts';
import { removeTemporaries, writeFileAtomic } from './atomic.ts';

vi.mock('node:fs', { spy: true });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innerloop-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes and replaces, leaving nothing else', () => {
  const path = join(folder, 'a');
  writeFileAtomic(path, 'one');
  writeFileAtomic(path, Uint8Array.of(50, 51));
  expect(readFileSync(path, 'utf8')).toBe('23');
  expect(readdirSync(folder)).toEqual(['a']);
});

test('on a full disk the old file stays and the temporary one goes', () => {
  const path = join(folder, 'a');
  writeFileAtomic(path, 'old');
  vi.mocked(fsyncSync).mockImplementationOnce(() => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  });
  expect(() => writeFileAtomic(path, 'new')).toThrow(`${path}: the disk is full; free some space there or choose`);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['a']);
});

test('what the system refuses is an error in one sentence, and nothing is left', () => {
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder', 'inner'), { recursive: true });
  const message = (path: string) => {
    try {
      writeFileAtomic(join(folder, path), 'x');
    } catch (error) {
      return error instanceof InnerloopError && error.message.replace(folder, '');
    }
    return 'written';
  };
  expect(message('file/a')).toBe('/file/a: a part of this path is a file, not a folder; choose another path');
  expect(message('none/a')).toBe('/none/a: no such file or folder; check the path');
  expect(message('folder')).toBe('/folder: expected a file, found a folder; choose another path');
  expect(message('x'.repeat(300))).toMatch(/: the name is too long; choose a shorter one$/);
  expect(readdirSync(folder).sort()).toEqual(['file', 'folder']);
});

test('an error of ours is not dressed up as one of the disk', () => {
  vi.mocked(fsyncSync).mockImplementationOnce(() => {
    throw new TypeError('a bug');
  });
  expect(() => writeFileAtomic(join(folder, 'a'), 'x')).toThrow(TypeError);
});

test('temporary files of killed writers are removed, others stay', () => {
  for (const name of ['a.0123456789ab.tmp', 'a']) writeFileSync(join(folder, name), '');
  removeTemporaries(folder);
  expect(readdirSync(folder)).toEqual(['a']);
});
