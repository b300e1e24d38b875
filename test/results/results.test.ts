// A suite through Ctrl-C, kill -9 of its process and of its workers: no finished run is lost or trained again, and every
// run ends with the bits of one that was never disturbed.

import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { readSuite, writeReport } from '../../src/results/runSuite.ts';
import { parseSuite } from '../../src/results/suite.ts';
import { innerloop, lines, metricsOf, run, start, temporaryFolder } from '../cli/cli.ts';

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const UPDATES = 150;
const everyUpdate = Array.from({ length: UPDATES }, (_, i) => i + 1);
const RUNS = 6;

const suite = (name: string, entries: object[], more: object = {}) =>
  writeFileSync(
    at(`${name}.json`),
    JSON.stringify({
      ...{ name, about: 'Does it go on?', seeds: [0, 2] },
      parts: [{ name: 'part', title: 'Part', task: 'calculator', settings: SHORT, entries, ...more }],
    }),
  );

const SHORT = {
  ...{ updates: UPDATES, batch: 32, agent: { hidden: 16 }, stop: null },
  evaluation: { problems: 16, testProblems: 50 },
  checkpoint: { every: 20 },
};

beforeAll(async () => {
  suite('small', [{ name: 'default' }, { name: 'no-memory', preset: 'no-memory' }]);
  const whole = await run(folder.path, 'results', 'small.json', '--runs', 'whole', '--out', 'pages/whole');
  expect([whole.code, whole.stderr]).toEqual([0, '']);
});

const train = (name: string, ...more: string[]) =>
  innerloop('results', 'small.json', '--runs', name, '--out', `pages/${name}`, '--workers', '2', '--json', ...more);

/** The folders of a suite's runs. */
const foldersOf = (runs: string) => readdirSync(at(runs, 'part')).sort();
const outcomes = (runs: string) =>
  foldersOf(runs).map((name) => {
    const { outcome, status } = JSON.parse(readFileSync(at(runs, 'part', name, 'run.json'), 'utf8'));
    return [name, status, outcome?.hash];
  });
/** Of finished runs the moment of their writing. */
const finished = (runs: string) =>
  new Map(
    outcomes(runs)
      .filter(([, status]) => status === 'finished')
      .map(([name]) => [name, statSync(at(runs, 'part', name, 'run.json')).mtimeMs]),
  );
/** The process that trains some run just now, once one does. */
async function workerOf(runs: string, not: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    for (const name of existsSync(at(runs, 'part')) ? foldersOf(runs) : []) {
      try {
        const { pid } = JSON.parse(readFileSync(at(runs, 'part', name, 'lock'), 'utf8'));
        if (!not.has(pid)) return pid;
      } catch {
        // Finished, or not begun.
      }
    }
    await setTimeout(5);
  }
}
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

function expectWhole(runs: string): void {
  expect(outcomes(runs)).toEqual(outcomes('whole'));
  for (const name of foldersOf(runs)) expect(metricsOf(at(runs, 'part', name))).toEqual(everyUpdate);
  // All but the seconds, which no two trainings share.
  const numbers = (name: string) => readFileSync(at('pages', name, 'estimates.csv'), 'utf8');
  expect(numbers(runs)).toBe(numbers('whole'));
}

test('a suite writes a page with every run, tables and pictures', () => {
  expect(readdirSync(at('pages/whole')).sort()).toEqual([
    ...['README.md', 'curves.csv', 'estimates.csv', 'levels.csv'],
    ...['episodes', 'improvement', 'profiles', 'scores', 'seconds'].map((name) => `part-${name}.svg`),
    'runs.csv',
  ]);
  const page = readFileSync(at('pages/whole/README.md'), 'utf8');
  for (const [, , hash] of outcomes('whole')) expect(page).toContain(`\`${hash.slice(0, 12)}\``);
  expect(page).toContain('npx innerloop results small.json');
  expect(page).not.toMatch(/undefined|NaN|Incomplete/);
  expect(readFileSync(at('pages/whole/runs.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(1 + RUNS);
});

test('kill -9 of the suite: its workers end, and the same command goes on without repeating what is finished', async () => {
  const training = start(folder.path, train('killed'));
  await training.printed('"event":"ended"');
  const worker = await workerOf('killed');
  training.child.kill('SIGKILL');
  expect((await training.ended).signal).toBe('SIGKILL');
  const before = finished('killed');
  // At once: an orphan may still have its run for a moment.
  const { code, stdout, stderr } = await run(folder.path, ...train('killed').slice(2));
  expect([code, stderr]).toEqual([0, '']);
  expect(before.size).toBeGreaterThan(0);
  for (const [name, time] of before) expect(finished('killed').get(name)).toBe(time);
  // What an orphan finished in its last moment is not begun again either.
  const events = lines(stdout);
  const planned = events.find(({ event }) => event === 'planned')!;
  expect(planned.done).toBeGreaterThanOrEqual(before.size);
  expect(events.filter(({ event }) => event === 'ended')).toHaveLength(RUNS - (planned.done as number));
  expect(alive(worker)).toBe(false);
  expectWhole('killed');
});

test('kill -9 of a worker: its run goes on in another', async () => {
  const training = start(folder.path, train('worker'));
  await training.printed('"event":"ended"');
  process.kill(await workerOf('worker'), 'SIGKILL');
  const { code, stdout, stderr } = await training.ended;
  expect([code, stderr]).toEqual([0, '']);
  const again = lines(stdout).filter(({ event }) => event === 'again');
  expect(again).toMatchObject([{ reason: 'its process was ended by SIGKILL' }]);
  expectWhole('worker');
});

test('a run whose workers die again and again is shown as failed, and may be tried another time', async () => {
  const seeds = { seeds: [0, 0], settings: { ...SHORT, updates: 100_000 } };
  suite('long', [{ name: 'default' }], seeds);
  const args = ['results', 'long.json', '--runs', 'dying', '--out', 'pages/dying', '--workers', '1', '--json'];
  const training = start(folder.path, innerloop(...args));
  const killed = new Set<number>();
  while (killed.size < 3) {
    const worker = await workerOf('dying', killed);
    killed.add(worker);
    process.kill(worker, 'SIGKILL');
  }
  const { code, stdout } = await training.ended;
  expect(code).toBe(1);
  const reason = '3 times its process was ended by SIGKILL';
  expect(lines(stdout).at(-1)).toMatchObject({
    event: 'finished',
    missing: 1,
    failed: [{ status: 'missing', reason }],
  });
  expect(readFileSync(at('pages/dying/README.md'), 'utf8')).toContain(`- part/default, seed 0: ${reason}`);
});

test('Ctrl-C leaves checkpoints, and the same command goes on', async () => {
  const training = start(folder.path, train('stopped'));
  await training.printed('"event":"ended"');
  training.child.kill('SIGINT');
  const stopped = await training.ended;
  expect([stopped.code, stopped.stderr]).toEqual([130, '']);
  expect(lines(stopped.stdout).at(-1)).toMatchObject({ event: 'stopped', of: RUNS });
  expect(outcomes('stopped').filter(([, status]) => status === 'running')).toEqual([]);
  expect((await run(folder.path, ...train('stopped').slice(2))).code).toBe(0);
  expectWhole('stopped');
});

test('a second suite in the same folder is refused', async () => {
  suite('endless', [{ name: 'default' }], { seeds: [0, 0], settings: { ...SHORT, updates: 1_000_000 } });
  const args = ['results', 'endless.json', '--runs', 'busy', '--out', 'pages/busy', '--json'];
  const training = start(folder.path, innerloop(...args));
  await training.printed('"event":"started"');
  const second = await run(folder.path, ...args);
  expect(second).toMatchObject({ code: 2, stdout: '' });
  expect(second.stderr).toMatch(/^innerloop: busy is in use by process \d+; .+\n$/);
  training.child.kill('SIGTERM');
  expect((await training.ended).code).toBe(143);
});

test('a run that diverges is shown, counts as the worst and is not trained again', async () => {
  const wild = { ...SHORT, optimiser: { rate: 1e30, clip: 1e30 } };
  suite('wild', [{ name: 'default' }, { name: 'wild', settings: wild }], { seeds: [0, 0] });
  const args = ['results', 'wild.json', '--runs', 'wild', '--out', 'pages/wild', '--json'];
  const { code, stdout } = await run(folder.path, ...args);
  expect(code).toBe(0);
  expect(lines(stdout).at(-1)).toMatchObject({ missing: 0, failed: [{ entry: 'wild', status: 'diverged' }] });
  const page = readFileSync(at('pages/wild/README.md'), 'utf8');
  expect(page).toMatch(/\| wild \| 0 \| 0\.0 \| .*\*\*diverged\*\*: update \d+: .* is not finite/);
  const again = lines((await run(folder.path, ...args)).stdout);
  expect(again.map(({ event }) => event)).toEqual(['planned', 'finished']);
});

test('a budget of seconds is measured once, by whole trainings of a pilot', async () => {
  suite('timed', [{ name: 'default' }], { seeds: [0, 1], budget: { seconds: 0.3 } });
  const args = ['results', 'timed.json', '--runs', 'timed', '--out', 'pages/timed', '--json'];
  const events = lines((await run(folder.path, ...args)).stdout);
  const planned = events.filter(({ event }) => event === 'planned');
  expect(planned).toMatchObject([
    { what: 'pilots', of: 1 },
    { what: 'runs', of: 2 },
  ]);
  const updates = outcomes('timed').map(([name]) => metricsOf(at('timed', 'part', name)).length);
  expect(updates[0]).toBeGreaterThan(1);
  expect(updates[1]).toBe(updates[0]);
  const record = readdirSync(at('timed/pilots/part')).find((name) => name.endsWith('.json'))!;
  const pilot = JSON.parse(readFileSync(at('timed/pilots/part', record), 'utf8'));
  expect(pilot.updates).toBe(updates[0]);
  // Each as the runs are: stretched over its own updates, from what those before it gave.
  const [first, second] = pilot.trainings;
  expect(pilot.trainings.map(({ seed }: { seed: number }) => seed)).toEqual([1000, 1001, 1002]);
  expect(first.updates).toBe(pilot.guess);
  expect(second.updates).toBe(Math.max(1, Math.round((0.3 * first.updates) / first.seconds)));
  const trained = readdirSync(at('timed/pilots/part', record.replace('.json', ''))).find((n) =>
    n.startsWith('seed1001'),
  );
  const { config } = JSON.parse(
    readFileSync(at('timed/pilots/part', record.replace('.json', ''), trained!, 'run.json'), 'utf8'),
  );
  expect(config).toMatchObject({ updates: second.updates, seed: 1001, stop: null });
  // The recipe's divergence from uniform falls over 800 of 600 updates.
  expect(config.algorithm.uniform.over).toBe(Math.round((800 * second.updates) / UPDATES));
  const again = lines((await run(folder.path, ...args)).stdout);
  expect(again.map(({ event }) => event)).toEqual(['planned', 'finished']);
});

test('the report can be written anew, and the suites that ship are listed and can be planned', async () => {
  const report = await run(folder.path, ...train('whole', '--report').slice(2));
  expect(report.code).toBe(0);
  expectWhole('whole');
  const { stdout } = await run(folder.path, 'results', '--json');
  const names = lines(stdout).map(({ name }) => name as string);
  expect(names).toContain('recipe');
  for (const name of names) {
    const file = join(import.meta.dirname, '../../bench/results', `${name}.json`);
    const suite = parseSuite(readFileSync(file, 'utf8'), file);
    const page = writeReport(suite, readSuite(suite, at('none'), '0'), at('pages', `empty-${name}`), `results ${name}`);
    expect(readFileSync(page, 'utf8')).toContain('**Incomplete:**');
  }
});

test('a run from before a setting was added is the same run, where the default says the same', async () => {
  const info = at('whole', 'part', foldersOf('whole')[0]!, 'run.json');
  const { config, ...rest } = JSON.parse(readFileSync(info, 'utf8'));
  const { weightDecay: _, ...optimiser } = config.optimiser;
  writeFileSync(info, JSON.stringify({ ...rest, config: { ...config, optimiser } }));
  const digest = /[^-]*$/.exec(foldersOf('whole')[0]!)![0];
  const older = foldersOf('whole')[0]!.replace(digest, '0123456789');
  renameSync(at('whole', 'part', foldersOf('whole')[0]!), at('whole', 'part', older));
  const events = lines((await run(folder.path, ...train('whole').slice(2))).stdout);
  expect(events.map(({ event }) => event)).toEqual(['planned', 'finished']);
});

test.each([
  ["unknown suite 'recip' (did you mean 'recipe'?)", ['recip']],
  ['nowhere.json: no such file or folder; check the path', ['nowhere.json']],
  ["--workers: expected an integer from 1 to 256, received '0'", ['recipe', '--workers', '0']],
])('%s', async (sentence, args) => {
  const before = readdirSync(folder.path);
  const { code, stderr, stdout } = await run(folder.path, 'results', ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^innerloop: [^\n]+\n$/);
  expect(stderr).toContain(sentence);
  expect(readdirSync(folder.path)).toEqual(before);
});
