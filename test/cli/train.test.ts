// What `train`, `eval` and `explain` say, to people and to programs.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Ended, lines, metricsOf, run, TINY, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
let trained: Ended;
beforeAll(async () => {
  trained = await run(folder.path, 'train', ...TINY, '--seed', '3', '--json');
});

const RUN = 'runs/calculator-default-seed3';

test('train --json: one object a line, the last says how it ended', () => {
  expect([trained.code, trained.stderr]).toEqual([0, '']);
  const events = lines(trained.stdout);
  expect(events[0]).toMatchObject({ event: 'started', run: RUN, update: 0, threads: 1 });
  expect(events.filter(({ event }) => event === 'update').map(({ update }) => update)).toEqual(
    metricsOf(join(folder.path, RUN)),
  );
  expect(events.find(({ event }) => event === 'checkpoint')).toEqual({
    event: 'checkpoint',
    update: 20,
    path: `${RUN}/checkpoints/000020.safetensors`,
  });
  expect(events.at(-1)).toMatchObject({
    event: 'finished',
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    solved: [expect.any(Number), expect.any(Number), expect.any(Number)],
    updates: 20,
    seconds: expect.any(Number),
    run: RUN,
    status: 'finished',
  });
});

test('threads, --config and the order of flags change nothing but what they say', async () => {
  const { hash } = lines(trained.stdout).at(-1)!;
  const settings = { task: { name: 'calculator' }, seed: 9, updates: 20, agent: { hidden: 16 }, stop: null };
  writeFileSync(join(folder.path, 'settings.json'), JSON.stringify(settings));
  const more = ['--set', 'batch=32', '--set', 'evaluation={"every":10,"problems":16,"testProblems":50}'];
  const args = ['--config', 'settings.json', '--seed', '3', ...more, '--threads', '2', '--out', 'again', '--json'];
  const again = await run(folder.path, 'train', ...args);
  expect(lines(again.stdout).at(-1)).toMatchObject({ hash, run: 'again' });
  const without = await run(folder.path, 'train', ...TINY, '--set', 'task.options.memory=false', '--json');
  expect(lines(without.stdout)[0]).toMatchObject({ config: { task: { options: { memory: false } } } });
});

test('eval prints one object, on the problems that the training ended with', async () => {
  const { code, stderr, stdout } = await run(folder.path, 'eval', RUN, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const [report, ...rest] = lines(stdout);
  expect(rest).toEqual([]);
  const { hash, levels, solved } = lines(trained.stdout).at(-1)! as {
    hash: string;
    levels: object[];
    solved: number[];
  };
  expect(report).toMatchObject({ event: 'evaluated', hash, solved, problems: 50, levels, update: 20 });
  for (const [i, [low, high]] of (report!.intervals as [number, number][]).entries()) {
    expect(low).toBeLessThanOrEqual(solved[i]!);
    expect(high).toBeGreaterThanOrEqual(solved[i]!);
  }
  const one = lines(
    (await run(folder.path, 'eval', RUN, '--level', 'subtract', '--problems', '9', '--json')).stdout,
  )[0]!;
  expect(one).toMatchObject({ problems: 9, solved: [expect.any(Number)], levels: [{ name: 'subtract', level: 1 }] });
  const text = await run(folder.path, 'eval', join(RUN, 'checkpoints/000020.safetensors'), '--problems', '1200');
  expect(text.stdout).toContain('of 1,200 fresh test problems a level');
});

test('explain prints one object an episode', async () => {
  const { stdout } = await run(folder.path, 'explain', RUN, '--count', '2', '--json');
  const episodes = lines(stdout);
  expect(episodes.map(({ level }) => level)).toEqual([0, 0, 1, 1, 2, 2]);
  const args = ['--problem', '3 4 5', '--program', 'MUL ADD ANS', '--json'];
  const [forced] = lines((await run(folder.path, 'explain', RUN, ...args)).stdout);
  expect(forced).toMatchObject({
    event: 'episode',
    context: ['3', '4', '5', '[CTX]', '[EOS]', '[EOS]'],
    program: ['[MUL]', '[ADD]', '[ANS]'],
    solved: true,
    reward: 2,
  });
  const steps = forced!.steps as { after: unknown; probability: number; value: number; entropy: number }[];
  expect(steps.map(({ after }) => Object.fromEntries(after as [string, string][]).accumulator)).toEqual([
    '12',
    '17',
    '17',
  ]);
  const text = (await run(folder.path, 'explain', RUN, '--problem', '3 4 5 6 7')).stdout;
  expect(text).toContain('3·4 + 5 − 6·7 = -25');
  expect(text).toMatch(/probability +value +entropy +reward +accumulator +memory/);
});

test('a person reads lines, then how exact it is, how it goes about it, the bits, and what next', async () => {
  const { code, stderr, stdout } = await run(folder.path, 'train', ...TINY, '--seed', '4');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^calculator · preset default · seed 4 · [\d,]+ parameters · 1 thread\nruns\//);
  expect(stdout).toMatch(/^update 10 of 20 {3}solved add .+ episodes\/s/m);
  expect(stdout).toContain('Solved exactly, of 50 fresh test problems a level');
  expect(stdout).toMatch(/^ {2}remember +\(a·b \+ c\) − \(d·e\) +\d+\.\d % +\d+\.\d – \d+\.\d %/m);
  expect(stdout.match(/^ {4}→ /gm)).toHaveLength(15);
  expect(stdout).toMatch(/^SHA-256 {2}[0-9a-f]{64}$/m);
  expect(stdout).toContain('npx innerloop explain runs/calculator-default-seed4');
  expect(stdout).not.toContain('\u001b');
});

test('the tutorial prints what it printed, and then the truth', async () => {
  const { code, stdout } = await run(folder.path, 'train', 'tutorial');
  expect(code).toBe(0);
  expect(stdout.match(/^ {2}update .+ T0=\d\.\d{3} T1=\d\.\d{3} T2=\d\.\d{3}$/gm)).toHaveLength(12);
  expect(stdout.match(/^ {4}→ /gm)).toHaveLength(15);
  expect(stdout).toMatch(/^T0=\d\.\d{3} T1=\d\.\d{3} T2=\d\.\d{3} {3}mean reward on 1,000 problems/m);
  for (const ceiling of ['1.060', '1.120', '1.037', '27.1 %', '74.2 %']) expect(stdout).toContain(ceiling);
  for (let i = 1; i <= 7; i++) expect(stdout).toMatch(new RegExp(`^ {2}${i}\\. `, 'm'));
});

test('runs of one name get folders of their own, even at once', async () => {
  const args = ['train', ...TINY, '--seed', '8', '--set', 'updates=2', '--json'];
  const ends = await Promise.all([run(folder.path, ...args), run(folder.path, ...args), run(folder.path, ...args)]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
  const name = 'calculator-default-seed8';
  expect(ends.map(({ stdout }) => lines(stdout).at(-1)!.run).toSorted()).toEqual(
    ['', '-2', '-3'].map((end) => `runs/${name}${end}`),
  );
  expect(readdirSync(join(folder.path, 'runs')).filter((entry) => entry.startsWith(name))).toHaveLength(3);
});
