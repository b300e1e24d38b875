import { configure } from 'innerloop';
import { expect, test } from 'vitest';
import { compare, isDefault, settingsOf } from './settings.ts';

const config = (preset: string, options: Readonly<Record<string, unknown>> = {}): unknown => {
  const { config } = configure({ task: { name: 'calculator', options }, preset });
  // As run.json holds it.
  return JSON.parse(JSON.stringify(config));
};
const differing = (...configs: readonly unknown[]) =>
  compare(configs.map(settingsOf)).flatMap(({ differs, path, values }) => (differs ? [[path, ...values]] : []));

test('an option that is not given is its default, which is not nothing', () => {
  expect(differing(config('default'), config('no-memory'))).toContainEqual(['task.options.memory', 'true', 'false']);
  expect(isDefault('calculator', 'task.options.memory', 'true')).toBe(true);
  expect(isDefault('calculator', 'task.options.memory', 'false')).toBe(false);
  expect(isDefault('calculator', 'updates', '600')).toBe(false);
});

test('a default that is given is no difference', () => {
  expect(differing(config('default'), config('default', { memory: true, milestones: 1 }))).toEqual([]);
});

test('configurations of other versions and of foreign tasks stand as they are', () => {
  const foreign = { task: { name: 'mine', options: { depth: 3 } }, seed: 4, rate: 0.1 };
  expect([...settingsOf(foreign)]).toEqual([
    ['task.name', 'mine'],
    ['task.options.depth', '3'],
    ['rate', '0.1'],
  ]);
  expect(isDefault('mine', 'task.options.depth', '3')).toBe(false);
  expect([...settingsOf(null)]).toEqual([]);
});
