import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TASKS } from '../../src/tasks/table.ts';
import { run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();

test('without arguments the program shows its help', async () => {
  const { code, stdout, stderr } = await run(folder.path);
  expect([code, stderr]).toEqual([0, '']);
  for (const command of [
    'train',
    'resume',
    'eval',
    'explain',
    'results',
    'serve',
    'tasks',
    'audit',
    'verify',
    'bench',
  ]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${command}`, 'm'));
  }
});

test.each(['train', 'resume', 'eval', 'explain', 'insight', 'results', 'serve', 'tasks', 'audit', 'verify'])(
  '%s has help with examples',
  async (command) => {
    const { code, stdout, stderr } = await run(folder.path, command, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: innerloop ${command}`);
    expect(stdout).toContain(`Examples:\n  $ innerloop ${command}`);
  },
);

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await run(folder.path, '--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test('tasks lists levels and presets, for people and for programs', async () => {
  const text = (await run(folder.path, 'tasks')).stdout;
  for (const name of ['calculator', 'tutorial', 'no-memory', '(a·b + c) − (d·e)']) expect(text).toContain(name);
  const { stdout } = await run(folder.path, 'tasks', '--json');
  const tasks = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(tasks.map(({ event, name }) => [event, name])).toEqual(Object.keys(TASKS).map((name) => ['task', name]));
  expect(tasks[1].presets).toContainEqual({ name: 'no-memory', about: expect.any(String) });
  expect(tasks[1].levels).toHaveLength(3);
});
