// Bad input: one clear sentence on standard error, exit code 2, nothing written.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { withDigest } from '../../src/formats/digest.ts';
import { writeSafetensors } from '../../src/formats/safetensors.ts';
import { readCheckpoint, readRunInfo } from '../../src/runs/readRun.ts';
import { type Ended, innerloop, run, start, TINY, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
beforeAll(async () => {
  await run(folder.path, 'train', ...TINY, '--out', 'good');
  writeFileSync(at('broken.json'), '{\n  "seed": 1,\n  "task": calculator\n}\n');
  writeFileSync(at('list.json'), '[1]');
  mkdirSync(at('empty'));
});

function expectRefusal({ code, stderr, stdout }: Ended, sentence: string): void {
  expect(stderr).toMatch(/^innerloop: [^\n]+\n$/);
  expect(stderr).toContain(sentence);
  expect([code, stdout]).toEqual([2, '']);
}

async function refuses(sentence: string, ...args: readonly string[]): Promise<void> {
  const before = readdirSync(folder.path);
  expectRefusal(await run(folder.path, ...args), sentence);
  expect(readdirSync(folder.path)).toEqual(before);
}

const set = (...settings: readonly string[]) => ['train', ...settings.flatMap((setting) => ['--set', setting])];

const CASES = [
  ["unknown command 'tran' (Did you mean train?)", ['tran']],
  ["unknown option '--thread' (Did you mean --threads?)", ['train', '--thread', '1']],
  ["option '--preset <name>' argument missing", ['train', '--preset']],
  ["missing required argument 'run'", ['resume']],
  ["too many arguments for 'train'", ['train', 'calculator', 'tutorial']],
  ["unknown task 'calculater' (did you mean 'calculator'?)", ['train', 'calculater']],
  ["unknown preset of task calculator 'no-memry' (did you mean 'no-memory'?)", ['train', '--preset', 'no-memry']],
  ["unknown setting 'upates' (did you mean 'updates'?)", set('upates=5')],
  ["unknown setting of algorithm 'entrpy' (did you mean 'entropy'?)", set('algorithm.entrpy.from=0.1')],
  ["unknown setting of task 'opions' (did you mean 'options'?)", set('task.opions.memory=false')],
  ["unknown option of task calculator 'memroy' (did you mean 'memory'?)", set('task.options.memroy=false')],
  ['option memory of task calculator: expected true or false, received 7', set('task.options.memory=7')],
  ["unknown curriculum 'mastry' (did you mean 'mastery'?)", set('curriculum.name=mastry')],
  ['curriculum.schedule: expected levels from 0 to 2, received 9', set('task=tutorial', 'curriculum.schedule=[9]')],
  ['updates: expected at least 1, received 0', set('updates=0')],
  ['batch: expected an integer, received 1.5', set('batch=1.5')],
  ['updates: expected a number, received "many"', set('updates=many')],
  ['stop.solved: expected at most 1, received 2', set('stop.solved=2')],
  ["algorithm.baseline: expected 'step' or 'summed', received \"sum\"", set('algorithm.baseline=sum')],
  ['--set: expected path=value', set('updates')],
  ['--set: expected path=value', set('=5')],
  ['--set: expected path=value', set('__proto__.updates=5')],
  ['--set: expected a branch of settings at seed', set('seed=1', 'seed.x=2')],
  ["--seed: expected an integer from 0, received '-1'", ['train', '--seed', '-1']],
  ["--seed: expected an integer from 0, received '1e3'", ['train', '--seed', '1e3']],
  ["--threads: expected an integer from 1 to 64, received 'all'", ['train', '--threads', 'all']],
  ['nowhere.json: no such file or folder', ['train', '--config', 'nowhere.json']],
  ['broken.json: it is not JSON at line 3, column 11', ['train', '--config', 'broken.json']],
  ['list.json: expected an object of settings, found a list', ['train', '--config', 'list.json']],
  ['good exists; choose another --out or resume it', ['train', '--out', 'good']],
  ['a part of this path is a file, not a folder', ['train', '--out', 'list.json/run']],
  ["--out: expected a folder to make, received ''", ['train', '--out', '']],
  ['nowhere: not a run: it has no run.json', ['resume', 'nowhere']],
  ['empty: not a run: it has no run.json', ['eval', 'empty']],
  ["unknown level of task calculator 'remembr' (did you mean 'remember'?)", ['eval', 'good', '--level', 'remembr']],
  ["--problems: expected an integer from 1 to 10000000, received '0'", ['eval', 'good', '--problems', '0']],
  ['problem: expected 3, 4 or 5 digits from 0 to 9', ['explain', 'good', '--problem', '3 4']],
  [
    "problem: expected the 4 digits that level 'subtract' shows",
    ['explain', 'good', '--level', '1', '--problem', '3 4 5'],
  ],
  ["unknown token 'MULL' (did you mean 'MUL'?)", ['explain', 'good', '--program', 'MULL']],
  ['program: expected 1 to 8 token ids', ['explain', 'good', '--program', '1 1 1 1 1 1 1 1 1']],
  ['actor-critic.safetensors: no such file or folder', ['verify', 'empty']],
  ["unknown task 'tutoral' (did you mean 'tutorial'?)", ['audit', 'tutoral']],
  ["unknown preset of task tutorial 'recipes' (did you mean 'recipe'?)", ['audit', 'tutorial', '--preset', 'recipes']],
  ["--tries: expected an integer from 1 to 1000000, received '0'", ['audit', 'tutorial', '--tries', '0']],
] as const satisfies readonly (readonly [string, readonly string[]])[];

describe('in one process, to save time', () => {
  let ends: readonly Ended[];
  let before: readonly string[];
  beforeAll(async () => {
    before = readdirSync(folder.path);
    const batch = fileURLToPath(new URL('./batch.ts', import.meta.url));
    const { stdout } = await start(folder.path, [
      process.execPath,
      batch,
      JSON.stringify(CASES.map(([, args]) => args)),
    ]).ended;
    ends = JSON.parse(stdout);
  });

  test.each(CASES.map(([sentence, args], i) => ({ i, sentence, args: args.join(' ') })))('$args', ({ i, sentence }) => {
    expectRefusal(ends[i]!, sentence);
  });

  test('nothing was written', () => expect(readdirSync(folder.path)).toEqual(before));
});

/** A copy of the good run whose checkpoint is `damage`d. */
function damaged(name: string, damage: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  cpSync(at('good'), at(name), { recursive: true });
  const path = at(name, 'checkpoints', '000020.safetensors');
  writeFileSync(path, damage(new Uint8Array(readFileSync(path))));
  const info = readRunInfo(at(name));
  const { outcome: _, ...running } = info;
  writeFileSync(at(name, 'run.json'), JSON.stringify({ ...running, status: 'running' }));
  return name;
}

/** Writes the checkpoint again with changes to its tensors or metadata. */
const rewritten =
  (change: (file: ReturnType<typeof readCheckpoint>) => Partial<ReturnType<typeof readCheckpoint>>) => () => {
    const file = readCheckpoint(at('good'));
    const { metadata, tensors } = { ...file, ...change(file) };
    return writeSafetensors(tensors, withDigest(metadata, tensors));
  };

const DAMAGES: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array>> = {
  truncated: (bytes) => bytes.subarray(0, bytes.length - 100),
  'without a header': (bytes) => bytes.subarray(0, 5),
  'with a header of absurd length': (bytes) => bytes.fill(255, 0, 8),
  'with one bit of a weight flipped': (bytes) => bytes.fill(bytes.at(-4)! ^ 1, bytes.length - 4, bytes.length - 3),
  'with NaN in it': (bytes) => bytes.fill(255, bytes.length - 4),
  'with an offset moved': (bytes) => {
    const offset = Buffer.from(bytes.buffer).indexOf('"data_offsets":[0,');
    bytes[offset + 16] = 0x39;
    return bytes;
  },
  'with another shape': rewritten(({ tensors }) => {
    const changed = new Map(tensors);
    changed.set('pi.bias', { dtype: 'F32', shape: [2], data: new Float32Array(2) });
    return { tensors: changed };
  }),
  'without a tensor': rewritten(({ tensors }) => ({
    tensors: new Map([...tensors].filter(([name]) => name !== 'v.bias')),
  })),
  'with another configuration': rewritten(({ metadata }) => ({
    metadata: { ...metadata, config: metadata.config!.replace('"batch":32', '"batch":"x"') },
  })),
  'with nonsense for progress': rewritten(({ metadata }) => ({
    metadata: { ...metadata, progress: '{"update":"x"}' },
  })),
};

/** All read a checkpoint with the same code: one of them is enough for a damage, all for the first. */
const COMMANDS = ['resume', 'eval', 'explain'];
const DAMAGED = Object.keys(DAMAGES).map((name, i) => [name, i === 0 ? COMMANDS : [COMMANDS[i % 3]!]] as const);

test.each(DAMAGED)('a checkpoint %s is refused by %j', async (name, commands) => {
  const copy = damaged(name.replaceAll(' ', '-'), DAMAGES[name]!);
  const files = () => ['metrics.jsonl', 'run.json'].map((file) => readFileSync(at(copy, file), 'utf8'));
  const before = files();
  const ends = await Promise.all(commands.map((command) => run(folder.path, command, copy)));
  for (const { code, stderr, stdout } of ends) {
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^innerloop: [^\n]+\n$/);
  }
  expect(files()).toEqual(before);
});

test('a checkpoint under another name, or of another run, is refused by resume', async () => {
  const moved = damaged(
    'moved',
    rewritten(({ metadata }) => {
      return { metadata: { ...metadata, progress: metadata.progress!.replace('"update":20', '"update":10') } };
    }),
  );
  await refuses('its name says update 20, its contents say 10', 'resume', moved);
  const other = damaged(
    'other',
    rewritten(({ metadata }) => {
      return { metadata: { ...metadata, config: metadata.config!.replace('"seed":0', '"seed":1') } };
    }),
  );
  await refuses('its configuration is not that of run.json', 'resume', other);
});

test('a loss that is not finite stops the run, names the update and the term, and keeps the last checkpoint', async () => {
  const args = [...TINY, '--set', 'optimiser.rate=1e38', '--set', 'checkpoint.every=1', '--out', 'diverged'];
  const { code, stderr } = await run(folder.path, 'train', ...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^innerloop: update \d+: the .+ is not finite; .+\n$/);
  expect(readRunInfo(at('diverged'))).toMatchObject({ status: 'failed', outcome: { error: expect.any(String) } });
});

// A limit on the size of files stands for a disk that is full: the same calls fail, without a file system of one's own.
test.skipIf(process.platform === 'win32')(
  'a disk that fills up ends the run with a sentence, and it can go on',
  async () => {
    const command = innerloop('train', ...TINY, '--set', 'checkpoint.every=10', '--out', 'full').map(
      (word) => `'${word}'`,
    );
    const limited = await start(folder.path, ['sh', '-c', `trap '' XFSZ; ulimit -f 20; ${command.join(' ')}`]).ended;
    expect(limited.code).toBe(2);
    expect(limited.stderr).toMatch(
      /^innerloop: full\/checkpoints\/000010.safetensors: the file may not grow any larger; .+\n$/,
    );
    expect(readdirSync(at('full', 'checkpoints'))).toEqual([]);
    const { hash } = readRunInfo(at('good')).outcome!;
    expect((await run(folder.path, 'resume', 'full', '--json')).code).toBe(0);
    expect(readRunInfo(at('full')).outcome).toMatchObject({ hash });
  },
);

const root = process.getuid?.() === 0;
test.skipIf(root || process.platform === 'win32')('a folder that may not be written is named', async () => {
  mkdirSync(at('locked'), { mode: 0o555 });
  await refuses('permission is denied', 'train', '--out', 'locked/run');
  rmSync(at('locked'), { recursive: true });
});

test.runIf(root && process.platform === 'linux')('a place that even root may not write is named', async () => {
  await refuses('innerloop: /proc/innerloop/run', 'train', '--out', '/proc/innerloop/run');
});

test('old versions of Node are told in one sentence', () => {
  const program = readFileSync(new URL('../../bin/innerloop.js', import.meta.url), 'utf8');
  // What Node 12 could not parse.
  const code = program.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  expect(code).not.toMatch(/\?\.|\?\?|^import |^await /m);
  const old = program.replaceAll('process.versions.node', "'18.20.0'").replaceAll('../node_modules/node', '../nothing');
  writeFileSync(at('old.mjs'), old);
  try {
    execFileSync(process.execPath, [at('old.mjs'), 'tasks'], { stdio: 'pipe' });
    expect.unreachable();
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: Buffer };
    expect(status).toBe(2);
    expect(stderr.toString()).toBe(
      'innerloop: innerloop needs Node 22 or newer, and this is 18.20.0; get one from nodejs.org\n',
    );
  }
});
