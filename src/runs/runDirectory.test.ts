import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSafetensors } from '../formats/safetensors.ts';
import { thisHost } from './host.ts';
import {
  checkpointPath,
  listCheckpoints,
  readCheckpoint,
  readEvaluations,
  readMetrics,
  readRunInfo,
} from './readRun.ts';
import { RunDirectory, type RunEvent } from './runDirectory.ts';
import { freshRunPath, runName } from './runPath.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innerloop-'));
  path = join(folder, 'runs', 'a');
});
afterEach(() => rmSync(folder, { recursive: true }));

const info = { version: '0.1.0', seed: 7, config: { task: 'calculator' } };
const update = (n: number): RunEvent => ({ type: 'update', update: n, loss: n / 2 }) as RunEvent;
const evaluation = (n: number): RunEvent => ({ type: 'evaluation', update: n, solved: [1, 0.5] }) as RunEvent;

function checkpoint(n: number, ...values: number[]) {
  const data = Float32Array.from(values);
  const tensors = new Map([['w', { dtype: 'F32', shape: [data.length], data } as const]]);
  return { type: 'checkpoint', update: n, bytes: writeSafetensors(tensors, { update: String(n) }) } as const;
}

/** A run of `updates` updates, evaluated and checkpointed every ten. */
function made(updates: number, options = {}): RunDirectory {
  const run = RunDirectory.create(path, info, options);
  for (let n = 1; n <= updates; n++) {
    run.record(update(n));
    if (n % 10 === 0) for (const event of [evaluation(n), checkpoint(n, n)]) run.record(event);
  }
  return run;
}

const updatesOf = (lines: Iterable<unknown>) => Array.from(lines, (line) => (line as { update: number }).update);
const count = (to: number, step = 1) => Array.from({ length: to / step }, (_, i) => (i + 1) * step);

test('a run from its first event to its last', () => {
  const run = made(50);
  expect(readRunInfo(path)).toEqual({ ...info, status: 'running', hosts: [thisHost()] });
  run.record({ type: 'finished', status: 'finished', hash: 'ab', updates: 50 } as RunEvent);
  run.close();
  expect(readRunInfo(path)).toEqual({
    ...{ ...info, status: 'finished', outcome: { hash: 'ab', updates: 50 }, hosts: [thisHost()] },
  });
  expect([...readMetrics(path)]).toEqual(count(50).map((n) => ({ update: n, loss: n / 2 })));
  expect([...readEvaluations(path)]).toEqual(count(50, 10).map((n) => ({ update: n, solved: [1, 0.5] })));
  expect(readdirSync(path).sort()).toEqual([
    'checkpoints',
    'evaluations.jsonl',
    'metrics.jsonl',
    'run.json',
    'warnings.jsonl',
  ]);
  expect(readdirSync(join(path, 'checkpoints'))).toEqual(
    ['000010', '000020', '000030', '000040', '000050'].map((n) => `${n}.safetensors`),
  );
  const { update: at, tensors, metadata } = readCheckpoint(path);
  expect([at, metadata.update, tensors.get('w')!.data[0]]).toEqual([50, '50', 50]);
});

test('the lines up to a checkpoint are on disk before it is', () => {
  const run = RunDirectory.create(path, info);
  for (let n = 1; n <= 3; n++) run.record(update(n));
  expect(updatesOf(readMetrics(path))).toEqual([]); // buffered
  mkdirSync(checkpointPath(path, 3)); // in the way
  expect(() => run.record(checkpoint(3, 1))).toThrow('000003.safetensors: expected a file, found a folder');
  expect(updatesOf(readMetrics(path))).toEqual([1, 2, 3]);
  run.close();
});

test('how many checkpoints stay is the caller’s choice; beyond a million updates they still sort', () => {
  const run = RunDirectory.create(path, info, { keep: 2, history: 0 });
  for (const n of [999_998, 999_999, 1_000_000]) run.record(checkpoint(n, 1));
  expect(listCheckpoints(path)).toEqual([999_999, 1_000_000]);
  expect(run.latestCheckpoint()).toBe(1_000_000);
  run.close();
  expect(() => RunDirectory.create(join(folder, 'b'), info, { keep: 0 })).toThrow(
    'keep: expected an integer from 1, received 0',
  );
  expect(() => RunDirectory.create(join(folder, 'b'), info, { history: -1 })).toThrow(
    'history: expected an integer from 0, received -1',
  );
});

test('of older checkpoints a thinned history stays, and going back thins the same again', () => {
  const run = RunDirectory.create(path, info);
  const train = (from: number, to: number) => {
    for (let n = from; n <= to; n += 10) run.record(checkpoint(n, n));
  };
  train(10, 320);
  const whole = [10, 20, 30, 50, 60, 90, 130, 180, 260, 300, 310, 320];
  expect(listCheckpoints(path)).toEqual(whole);
  run.resumeFrom(180);
  expect(listCheckpoints(path)).toEqual(whole.slice(0, 8));
  train(190, 320);
  expect(listCheckpoints(path)).toEqual(whole);
  run.close();
});

test('an existing directory is refused and untouched', () => {
  mkdirSync(path, { recursive: true });
  expect(() => RunDirectory.create(path, info)).toThrow(`${path} exists; choose another --out or resume it`);
  expect(readdirSync(path)).toEqual([]);
});

test('a creation that fails leaves nothing behind', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => RunDirectory.create(join(folder, 'file', 'a'), info)).toThrow(
    'a part of this path is a file, not a folder',
  );
  expect(() => RunDirectory.create(join(folder, 'file', 'b', 'c'), info)).toThrow('a part of this path is a file');
  expect(() => RunDirectory.create(join(folder, 'new', 'x'.repeat(300), 'a'), info)).toThrow('the name is too long');
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(() => RunDirectory.create(join(folder, 'p', 'q', 'a'), { ...info, config: cyclic })).toThrow('circular');
  expect(readdirSync(folder)).toEqual(['file']);
});

test('resuming goes back to the checkpoint: lines and checkpoints after it are dropped', () => {
  made(27).close();
  const run = RunDirectory.open(path);
  expect(run.info.status).toBe('running');
  run.resumeFrom(run.latestCheckpoint() ?? 0);
  expect(updatesOf(readMetrics(path))).toEqual(count(20));
  run.resumeFrom(10);
  expect(updatesOf(readEvaluations(path))).toEqual([10]);
  expect(listCheckpoints(path)).toEqual([10]);
  for (let n = 11; n <= 15; n++) run.record(update(n));
  run.record({ type: 'finished', status: 'interrupted', updates: 15 } as RunEvent);
  run.close();
  expect(updatesOf(readMetrics(path))).toEqual(count(15));
  const again = RunDirectory.open(path);
  again.resumeFrom(0);
  expect(again.info).toEqual({ ...info, status: 'running', hosts: [thisHost()] });
  expect(listCheckpoints(path)).toEqual([]);
  again.fail();
  again.close();
  expect(readRunInfo(path).status).toBe('failed');
});

test('a run keeps every machine that has trained it, of what is still in it', () => {
  made(20).close();
  const other = { node: 'v20.0.0', processor: 'another', cores: 64 };
  const file = join(path, 'run.json');
  writeFileSync(file, JSON.stringify({ ...readRunInfo(path), hosts: [other] }));
  const run = RunDirectory.open(path);
  run.resumeFrom(20);
  run.resumeFrom(20);
  expect(readRunInfo(path).hosts).toEqual([other, thisHost()]);
  run.resumeFrom(0);
  expect(readRunInfo(path).hosts).toEqual([thisHost()]);
  run.close();
});

test('a run in use is refused, readers are not; closing frees it', () => {
  const run = made(10);
  expect(() => RunDirectory.open(path)).toThrow(`${path} is in use by process ${process.pid}`);
  expect(readCheckpoint(path).update).toBe(10);
  run.close();
  RunDirectory.open(path).close();
});

test('what is no run, or no longer one, is refused in one sentence', () => {
  expect(() => RunDirectory.open(path)).toThrow(
    `${path}: not a run: it has no run.json; name the folder that train printed`,
  );
  mkdirSync(path, { recursive: true });
  expect(() => RunDirectory.open(path)).toThrow('not a run');
  expect(readdirSync(path)).toEqual([]);
  const good = { ...info, status: 'running' };
  for (const [text, sentence] of [
    ['{"version":', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    [{ ...good, version: 1 }, 'expected a text under "version"'],
    [{ ...good, seed: -1 }, 'expected an integer from 0 under "seed"'],
    [{ ...good, config: undefined }, 'expected the configuration under "config"'],
    [{ ...good, status: 'done' }, 'expected one of running, interrupted, finished, failed under "status"'],
    [{ ...good, outcome: 3 }, 'expected an object under "outcome"'],
  ] as const) {
    writeFileSync(join(path, 'run.json'), typeof text === 'string' ? text : JSON.stringify(text));
    expect(() => RunDirectory.open(path)).toThrow(`${path}/run.json: ${sentence}; restore it from a copy`);
  }
  writeFileSync(join(path, 'run.json'), JSON.stringify(good));
  expect(() => RunDirectory.open(path)).toThrow(`${path}/checkpoints: no such file or folder`);
  expect(readdirSync(path)).toEqual(['run.json']);
});

test('a damaged checkpoint is never passed over: the sentence names the one to go on from', () => {
  const run = made(30);
  run.close();
  const latest = checkpointPath(path, 30);
  truncateSync(latest, 20);
  expect(() => readCheckpoint(path)).toThrow(
    /000030\.safetensors: its header claims \d+ bytes, but only 12 follow; move it away to go on from the earlier 000020\.safetensors, which reads well$/,
  );
  writeFileSync(checkpointPath(path, 20), checkpoint(20, 1, Number.NaN).bytes);
  expect(() => readCheckpoint(path)).toThrow('go on from the earlier 000010.safetensors');
  expect(() => readCheckpoint(path, 20)).toThrow('element 1 of tensor "w" is NaN; move it away to go on from');
  writeFileSync(checkpointPath(path, 10), '');
  expect(() => readCheckpoint(path)).toThrow('the run has no earlier checkpoint that reads well: train it again');
  expect(() => readCheckpoint(path, 11)).toThrow(
    'there is no checkpoint of update 11; it has those of updates 10, 20, 30',
  );
});

test('before the first checkpoint there is none', () => {
  const run = made(3);
  expect(run.latestCheckpoint()).toBeUndefined();
  expect(() => run.readCheckpoint()).toThrow(`${path}: the run has no checkpoint yet; train it again`);
  run.close();
});

test('temporary files of a killed writer are tidied away on opening', () => {
  made(10).close();
  const leftovers = [join(path, 'run.json.0a.tmp'), join(path, 'checkpoints', '000020.safetensors.0a.tmp')];
  for (const leftover of leftovers) writeFileSync(leftover, 'half');
  expect(listCheckpoints(path)).toEqual([10]);
  RunDirectory.open(path).close();
  expect(leftovers.filter(existsSync)).toEqual([]);
});

test('a log with a line that names no update is not cut blindly', () => {
  made(10).close();
  writeFileSync(join(path, 'metrics.jsonl'), '{"update":1}\nnull\n');
  const run = RunDirectory.open(path);
  expect(() => run.resumeFrom(10)).toThrow('metrics.jsonl: expected an "update" in every line, found null');
  run.close();
});

test('killed at any moment, a run goes on without a gap or a duplicate', async () => {
  const url = (name: string) => JSON.stringify(new URL(name, import.meta.url));
  const code = `
    import { existsSync } from 'node:fs';
    import { RunDirectory } from ${url('./runDirectory.ts')};
    import { writeSafetensors } from ${url('../formats/safetensors.ts')};
    const path = ${JSON.stringify(path)};
    const run = existsSync(path) ? RunDirectory.open(path) : RunDirectory.create(path, ${JSON.stringify(info)});
    const from = run.latestCheckpoint() ?? 0;
    if (from > 0 && run.readCheckpoint().metadata.update !== String(from)) throw new Error('wrong checkpoint');
    run.resumeFrom(from);
    for (let n = from + 1; ; n++) {
      run.record({ type: 'update', update: n, text: 'x'.repeat(n % 997) });
      if (n % 20 === 0) run.record({ type: 'evaluation', update: n });
      const data = new Float32Array(5000).fill(n);
      const tensors = new Map([['w', { dtype: 'F32', shape: [5000], data }]]);
      if (n % 10 === 0) run.record({ type: 'checkpoint', update: n, bytes: writeSafetensors(tensors, { update: String(n) }) });
      if (n === from + 15) console.log('on its way');
    }`;
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await setTimeout(round * 17);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);

    const latest = readCheckpoint(path).update;
    const metrics = updatesOf(readMetrics(path));
    expect(metrics).toEqual(count(metrics.length));
    expect(metrics.length).toBeGreaterThanOrEqual(latest);
    const evaluations = updatesOf(readEvaluations(path));
    expect(evaluations).toEqual(count(evaluations.length * 20, 20));
    expect(evaluations.length).toBeGreaterThanOrEqual(Math.floor(latest / 20));
  }
  const run = RunDirectory.open(path);
  const latest = run.latestCheckpoint()!;
  run.resumeFrom(latest);
  run.close();
  expect(updatesOf(readMetrics(path))).toEqual(count(latest));
  expect(readdirSync(path).sort()).toEqual([
    'checkpoints',
    'evaluations.jsonl',
    'metrics.jsonl',
    'run.json',
    'warnings.jsonl',
  ]);
}, 20_000);

test.runIf(existsSync('/proc/self/fd'))('no file stays open, whether it went well or not', () => {
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  made(20).close();
  for (let i = 0; i < 10; i++) {
    const run = RunDirectory.open(path);
    expect(() => RunDirectory.open(path)).toThrow('in use');
    expect(() => RunDirectory.create(path, info)).toThrow('exists');
    run.resumeFrom(10);
    run.close();
  }
  rmSync(join(path, 'evaluations.jsonl'));
  mkdirSync(join(path, 'evaluations.jsonl'));
  expect(() => RunDirectory.open(path)).toThrow('evaluations.jsonl: expected a file, found a folder');
  expect(open()).toBe(before);
  expect(existsSync(join(path, 'lock'))).toBe(false);
});

test('a run is named after what it trains, and numbered when that name is taken', () => {
  const name = runName('calculator', 'default', 3);
  expect(name).toBe('calculator-default-seed3');
  expect(runName('my/../täsk: 2', 'default', 0)).toBe('my_.._täsk_ 2-default-seed0');
  const fresh = () => freshRunPath(folder, name).slice(folder.length + 1);
  expect(fresh()).toBe(name);
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, `${name}-2`), '');
  expect(fresh()).toBe(`${name}-3`);
  expect(readFileSync(join(folder, `${name}-2`), 'utf8')).toBe('');
});

test.runIf(process.platform === 'linux')('folders that the system will not make end with a sentence, not never', () => {
  expect(() => RunDirectory.create('/proc/innerloop/runs/a', info)).toThrow(
    '/proc/innerloop/runs/a: no such file or folder',
  );
});
