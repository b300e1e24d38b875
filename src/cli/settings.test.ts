import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { configure } from '../training/config.ts';
import { parseSetting, trainInput } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'innerloop-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['updates=20', ['updates'], 20],
  ['algorithm.baseline=summed', ['algorithm', 'baseline'], 'summed'],
  ['a.b="x=y"', ['a', 'b'], 'x=y'],
  ['a=x=y', ['a'], 'x=y'],
  ['stop=null', ['stop'], null],
  ['curriculum={"name":"uniform"}', ['curriculum'], { name: 'uniform' }],
  ['a=', ['a'], ''],
])('%s', (text, path, value) => {
  expect(parseSetting(text)).toEqual({ path, value });
});

test('the calculator is the default, and a branch is changed in place', () => {
  const input = trainInput({ set: ['task.options.memory=false', 'algorithm.entropy.from=0.5'] });
  expect(input).toEqual({
    task: { name: 'calculator', options: { memory: false } },
    algorithm: { entropy: { from: 0.5 } },
  });
  const { config } = configure(input);
  expect(config.algorithm).toMatchObject({ entropy: { from: 0.5, to: 0, over: 0 } });
});

test('a whole branch replaces one of another kind', () => {
  const { config } = configure(trainInput({ set: ['curriculum={"name":"uniform"}'] }));
  expect(config.curriculum).toEqual({ name: 'uniform' });
});

test('the file, then flags, then --set', () => {
  const path = join(folder, 'a.json');
  writeFileSync(path, '{ "task": { "name": "calculator", "options": { "memory": false } }, "seed": 1, "updates": 5 }');
  expect(trainInput({ config: path })).toMatchObject({ seed: 1, updates: 5, task: { options: { memory: false } } });
  expect(trainInput({ config: path, seed: 2, set: ['updates=6'] })).toMatchObject({ seed: 2, updates: 6 });
  expect(trainInput({ config: path, seed: 2, set: ['seed=3'] })).toMatchObject({ seed: 3 });
  expect(trainInput({ config: path, task: 'calculator' }).task).toEqual({
    name: 'calculator',
    options: { memory: false },
  });
  expect(trainInput({ config: path, task: 'tutorial' }).task).toEqual({ name: 'tutorial', options: {} });
});
