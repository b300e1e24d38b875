// A task of one's own on the command line: trained from its file, and its runs opened with --task.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { bisection } from '../../examples/bisection.ts';
import type { InsightReport } from '../../src/insight/report/report.ts';
import { readRunInfo } from '../../src/runs/readRun.ts';
import { train } from '../../src/training/train.ts';
import { type Ended, innerloop, lines, metricsOf, run, start, TINY, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const FILE = fileURLToPath(new URL('../../examples/bisection.ts', import.meta.url));
const RUN = join('runs', 'bisection-default-seed0');
const TASK = ['--task', FILE];

let trained: Ended;
beforeAll(async () => {
  trained = await run(folder.path, 'train', FILE, ...TINY, '--set', 'checkpoint.every=10');
  await run(folder.path, 'train', ...TINY, '--set', 'updates=1', '--out', 'shipped');
  const other = `export { bisection } from ${JSON.stringify(FILE)};
    import { bisection } from ${JSON.stringify(FILE)};`;
  writeFileSync(at('two.ts'), `${other} export const another = { ...bisection };`);
  writeFileSync(at('guessing.ts'), `${other} export default { ...bisection, name: 'guess/../ing' };`);
  writeFileSync(at('shipped.ts'), `${other} export default { ...bisection, name: 'calculator' };`);
  writeFileSync(at('none.mjs'), 'export const x = 1;');
});

const hash = () => readRunInfo(at(RUN)).outcome!.hash!;

/** A copy of the run as it was when it was killed, after its checkpoints of `updates`. */
function killed(name: string, updates: readonly number[]): string {
  cpSync(at(RUN), at(name), { recursive: true });
  for (const update of [10, 20])
    if (!updates.includes(update)) rmSync(at(name, 'checkpoints', `0000${update}.safetensors`));
  const { outcome: _, ...info } = readRunInfo(at(name));
  writeFileSync(at(name, 'run.json'), JSON.stringify({ ...info, status: 'running' }));
  return name;
}

test('it is trained from its file to the bits of the library, and says how to look at it', async () => {
  expect([trained.code, trained.stderr]).toEqual([0, '']);
  for (const command of ['explain', 'eval']) {
    expect(trained.stdout).toContain(`npx innerloop ${command} ${RUN} --task ${FILE}`);
  }
  let last = '';
  const settings = { updates: 20, batch: 32, agent: { hidden: 16 }, evaluation: { problems: 16, testProblems: 50 } };
  for await (const event of train({ task: bisection, ...settings, stop: null })) {
    if (event.type === 'finished') last = event.hash;
  }
  expect(hash()).toBe(last);
  expect(readRunInfo(at(RUN)).config).toMatchObject({ task: { name: 'bisection', options: {} } });
});

test.each([
  ['its last checkpoint', [10]],
  ['the beginning', []],
] as const)('a run that was killed goes on from %s to the same hash', async (_, updates) => {
  const name = killed(`killed-${updates.length}`, updates);
  const { code, stdout } = await run(folder.path, 'resume', name, ...TASK, '--json');
  expect(code).toBe(0);
  expect(lines(stdout).at(-1)).toMatchObject({ event: 'finished', hash: hash() });
  expect(metricsOf(at(name))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const again = await run(folder.path, 'resume', name, ...TASK);
  expect(again.stdout).toContain(`npx innerloop eval ${name} --task ${FILE}`);
});

test('an interrupted run is told how to go on', async () => {
  const settings = [...TINY, '--set', 'updates=100000', '--out', 'stopped'];
  const training = start(folder.path, innerloop('train', FILE, ...settings));
  await training.printed('update ');
  training.child.kill('SIGINT');
  const { code, stdout } = await training.ended;
  expect(code).toBe(130);
  expect(stdout).toContain(`npx innerloop resume stopped --task ${FILE}\n`);
});

test('it is evaluated and explained, by its run or a checkpoint', async () => {
  const { stdout } = await run(folder.path, 'eval', RUN, ...TASK, '--json');
  const [evaluated] = lines(stdout);
  expect(evaluated).toMatchObject({ event: 'evaluated', update: 20, hash: hash() });
  const { levels } = readRunInfo(at(RUN)).outcome as { readonly levels?: readonly { readonly solved: number }[] };
  expect(evaluated!.solved).toEqual(levels!.map(({ solved }) => solved));
  const checkpoint = join(RUN, 'checkpoints', '000010.safetensors');
  const explained = await run(folder.path, 'explain', checkpoint, ...TASK, '--level', '2', '--program', '8,8');
  expect([explained.code, explained.stderr]).toEqual([0, '']);
  expect(explained.stdout).toMatch(/of 1 to 15 +(not )?solved/);
});

test('insight asks what its own labels tell, and names its file in the page', async () => {
  const { code, stderr, stdout } = await run(folder.path, 'insight', RUN, ...TASK, '--quick');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Is it planning? bisection, preset default, after update 20');
  const report: InsightReport = JSON.parse(readFileSync(at(RUN, 'insight', 'insight.json'), 'utf8'));
  const decoded = report.sections.find(({ kind }) => kind === 'decode') as unknown as {
    readonly episodes: { readonly structures: number };
    readonly labels: readonly { readonly name: string; readonly cells: readonly { readonly step: number }[] }[];
  };
  // Problems are the structures: of 3, 7 and 15 hidden numbers, all of which come up, half are for tests.
  expect(decoded.episodes.structures).toBe(1 + 3 + 7);
  const own = decoded.labels.find(({ name }) => name === 'half left')!;
  expect(own.cells.map(({ step }) => step)).toContain(1);
  const page = readFileSync(at(RUN, 'insight', 'insight.html'), 'utf8');
  expect(page).toContain('half left');
  expect(page).toContain(`npx innerloop insight ${RUN} --task ${FILE} --quick`);
  const about = JSON.parse(readFileSync(at(RUN, 'insight', 'data.json'), 'utf8'));
  expect(about.structures).toContain('{"level":2,"number":5}');
}, 240_000);

test('serve lists its run', async () => {
  const server = start(folder.path, innerloop('serve', '--port', '0', '--json'));
  let told = '';
  server.child.stdout.on('data', (piece: string) => {
    told += piece;
  });
  await server.printed('\n');
  const { runs } = (await (await fetch(`${lines(told)[0]!.url}api/runs`)).json()) as { runs: { name: string }[] };
  server.child.kill('SIGINT');
  expect((await server.ended).code).toBe(0);
  const found = runs.find(({ name }) => join('runs', name) === RUN);
  expect(found).toMatchObject({ task: 'bisection', status: 'finished', update: 20 });
});

describe('bad input is one sentence', () => {
  const CASES: readonly (readonly [sentence: string, args: readonly string[]])[] = [
    ...['resume', 'eval', 'explain', 'insight'].flatMap((command): [string, string[]][] => [
      [`${RUN} is of a task of one's own, 'bisection'; name its file with --task`, [command, RUN]],
      ['missing.ts: there is no such file', [command, RUN, '--task', 'missing.ts']],
      ['none.mjs: it exports no task', [command, RUN, '--task', 'none.mjs']],
      ['two.ts: it exports several tasks (another, bisection)', [command, RUN, '--task', 'two.ts']],
      [
        `--task: expected the file of 'bisection', of which ${RUN} is, received that of 'guess/../ing' (guessing.ts)`,
        [command, RUN, '--task', 'guessing.ts'],
      ],
      ["shipped is of 'calculator', a task that ships; leave --task out", [command, 'shipped', ...TASK]],
    ]),
    ['missing.ts: there is no such file', ['train', 'missing.ts']],
    ['none.mjs: it exports no task', ['train', 'none.mjs']],
    ["shipped.ts: its task is called 'calculator', as one that ships", ['train', 'shipped.ts']],
    ['task.options: expected none with a file', ['train', FILE, '--set', 'task.options.x=1']],
    ["unknown preset of task bisection 'no-memory'; known: default", ['train', FILE, '--preset', 'no-memory']],
    ["task: expected 'calculator', of which", ['insight', RUN, ...TASK, '--memoryless', 'shipped']],
    ["task: expected 'calculator', of which", ['insight', RUN, ...TASK, '--thinkers', 'shipped']],
  ];
  let ends: readonly Ended[];
  beforeAll(async () => {
    const batch = fileURLToPath(new URL('./batch.ts', import.meta.url));
    const commands = JSON.stringify(CASES.map(([, args]) => args));
    ends = JSON.parse((await start(folder.path, [process.execPath, batch, commands]).ended).stdout);
  });

  test.each(CASES.map(([sentence, args], i) => ({ i, sentence, args: args.join(' ') })))('$args', ({ i, sentence }) => {
    const { code, stderr, stdout } = ends[i]!;
    expect(stderr).toMatch(/^innerloop: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect([code, stdout]).toEqual([2, '']);
  });
});

test('a name that no folder can have stays within runs', async () => {
  const { code, stdout } = await run(folder.path, 'train', 'guessing.ts', ...TINY, '--set', 'updates=1', '--json');
  expect(code).toBe(0);
  expect(lines(stdout).at(-1)!.run).toBe(join('runs', 'guess_.._ing-default-seed0'));
});
