// The count of `npm test` on made-up tests that fail in every way there is.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { add, line } from './tally.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs test files of these contents as `npm test` does. @returns what it would say on its last line. */
async function lastLine(...files: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'innerloop-tally-'));
  folders.push(folder);
  for (const [i, contents] of files.entries()) writeFileSync(join(folder, `${i}.test.js`), contents);
  const program = `
    import { startVitest } from 'vitest/node';
    import { line, tallyOf } from ${JSON.stringify(join(import.meta.dirname, 'tally.ts'))};
    const options = { root: ${JSON.stringify(folder)}, config: false, globals: true, run: true, watch: false };
    const vitest = await startVitest('test', [], options);
    const counts = tallyOf(vitest.state.getTestModules(), vitest.state.getUnhandledErrors());
    await vitest.close();
    console.log(line(counts));
    process.exit(0);`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: join(import.meta.dirname, '..') });
  return stdout.trimEnd().split('\n').at(-1)!;
}

const PASS = "test('passes', () => {});";

test('tests are counted by their outcome', async () => {
  const mixed = `${PASS} test('fails', () => { throw new Error('no'); }); test.skip('waits', () => {});`;
  expect(await lastLine(mixed, PASS)).toBe('2 passed, 1 failed, 1 skipped');
  expect(await lastLine(`describe('in a group', () => { ${PASS} ${PASS} });`)).toBe('2 passed, 0 failed');
});

test('what keeps tests from running is a failure', async () => {
  expect(await lastLine(PASS, "import './missing.js';", 'not JavaScript')).toBe('1 passed, 2 failed');
  expect(await lastLine(`${PASS} afterAll(() => { throw new Error('no'); });`)).toBe('1 passed, 1 failed');
  const setup = `describe('g', () => { beforeAll(() => { throw new Error('no'); }); ${PASS} });`;
  expect(await lastLine(setup)).toMatch(/^0 passed, [1-9] failed/);
  expect(await lastLine("test('late', () => { Promise.reject(new Error('no')); });")).toBe('1 passed, 1 failed');
  expect(await lastLine(), 'nothing to run').toBe('0 passed, 1 failed');
});

test('steps add up', () => {
  const one = { passed: 1, failed: 0, skipped: 0 };
  expect(line([one, one, { passed: 0, failed: 2, skipped: 3 }].reduce(add))).toBe('2 passed, 2 failed, 3 skipped');
});
