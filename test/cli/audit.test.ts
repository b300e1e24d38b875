// What `innerloop audit` says of a task before any training.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lines, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
/** As many tokens as fit the first two goals: enough to see most, and soon done. */
const SHORT = ['--set', 'task.options.programLimit=4'];

test('findings come with their numbers and hints, and end with exit code 0', async () => {
  const { code, stderr, stdout } = await run(folder.path, 'audit', 'tutorial', ...SHORT);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^ {2}add +100,000 +100\.0 % +1\.060 +10\.0 % +100\.0 %/m);
  expect(stdout).toMatch(/^flaw +The reward pays for wrong answers/m);
  expect(stdout).toContain('[MUL] [ANS] earns the most, 1.060, and solves 10.0 %');
  expect(stdout).toMatch(/^flaw +The target cannot be reached/m);
  expect(stdout).toMatch(/^flaw +The agent never sees its problem/m);
  expect(stdout).toMatch(/^ +→ /m);
  expect(stdout).toMatch(/\d flaws, \d cautions, 0 notes\n$/);
}, 120_000);

test('--strict makes flaws exit with 1; --json is one object', async () => {
  const args = ['audit', 'tutorial', ...SHORT, '--preset', 'own-context', '--strict', '--json'];
  const { code, stderr, stdout } = await run(folder.path, ...args);
  expect([code, stderr]).toEqual([1, '']);
  const [report, ...rest] = lines(stdout);
  expect(rest).toEqual([]);
  expect(report).toMatchObject({
    ...{ event: 'audited', task: 'tutorial', preset: 'own-context', flaws: expect.any(Number) },
    levels: [{ name: 'add', fixed: { bestReward: { program: ['[MUL]', '[ANS]'], solved: 0.1 } } }, {}, {}],
  });
  const ids = (report!.findings as { readonly id: string }[]).map(({ id }) => id);
  // Its rows see their own context here, and still the padding of others.
  expect(ids).toContain('company');
  expect(ids).not.toContain('agentBlind');
}, 120_000);

test('what passes exits with 0, strict or not', async () => {
  const args = ['audit', 'expressions', '--set', 'task.options.operators=2', '--tries', '100', '--strict'];
  const { code, stderr, stdout } = await run(folder.path, ...args);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/passed: nothing was found\n$/);
}, 120_000);

test('a task of one’s own is audited from its file', async () => {
  const bisection = fileURLToPath(new URL('../../examples/bisection.ts', import.meta.url));
  const { code, stderr, stdout } = await run(folder.path, 'audit', bisection, '--tries', '100');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Audit of bisection, preset default/);
  expect(stdout).toMatch(/^caution +Nothing is held out/m);
  const refused = async (sentence: string, file: string, ...more: string[]) => {
    const ended = await run(folder.path, 'audit', file, ...more);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(sentence);
  };
  writeFileSync(join(folder.path, 'none.mjs'), 'export const x = 1;');
  writeFileSync(join(folder.path, 'torn.mjs'), 'export const x = ;');
  writeFileSync(
    join(folder.path, 'two.ts'),
    `export { bisection } from ${JSON.stringify(bisection)};
    import { bisection } from ${JSON.stringify(bisection)}; export const another = { ...bisection };`,
  );
  await refused('missing.ts: there is no such file', 'missing.ts');
  await refused('none.mjs: it exports no task', 'none.mjs');
  await refused('torn.mjs: it cannot be loaded', 'torn.mjs');
  await refused('two.ts: it exports several tasks (another, bisection)', 'two.ts');
  await refused('task.options: expected none with a file', bisection, '--set', 'task.options.x=1');
}, 120_000);
