import { configure } from 'innerloop';
import { expect, test } from 'vitest';
import { readAddress, writeAddress } from './address.ts';
import { branchOf, configured, draftOf, possible, withSetting } from './draft.ts';

const VIEWS = ['learn', 'watch'];

test('an address reads back as what it was written for', () => {
  const settings = { seed: 3, 'optimiser.rate': 0.001, 'task.options.memory': 'none', curriculum: { name: 'uniform' } };
  const draft = { task: 'expressions', preset: 'digits', settings };
  const extra = { problem: '(3*4+5)-(6*7)', program: 'x0 ENTER' };
  const address = writeAddress('watch', draft, extra);
  expect(readAddress(address, VIEWS, 'learn')).toEqual({ view: 'watch', draft, extra, notices: [] });
  expect(address).toContain('set=optimiser.rate=0.001&');
  expect(writeAddress('learn', { task: 'calculator', preset: 'default', settings: {} })).toBe(
    '#/learn?v=1&task=calculator',
  );
});

test('the address of an agent that has one of its own names no other task', () => {
  const draft = { task: 'calculator', preset: 'default', settings: {} };
  const extra = { agent: 'api/runs/expr3/checkpoints/000700.safetensors' };
  const address = writeAddress('watch', draft, extra);
  expect(address).toBe('#/watch?v=1&agent=api/runs/expr3/checkpoints/000700.safetensors');
  expect(readAddress(address, VIEWS, 'learn')).toEqual({ view: 'watch', draft, extra, notices: [] });
  expect(writeAddress('watch', { ...draft, task: 'recall' }, extra)).toContain('task=recall&agent=');
});

test('what is not understood is left out and said, whatever it is', () => {
  const nothing = { task: 'calculator', preset: 'default', settings: {} };
  for (const hash of ['', '#', '#/', '#/learn', '#learn?']) {
    expect(readAddress(hash, VIEWS, 'learn'), hash).toEqual({ view: 'learn', draft: nothing, extra: {}, notices: [] });
  }
  for (const hash of [
    '#/a?%%%&&==',
    '#/learn?v=2',
    '#/learn?v=x',
    `#/${'x'.repeat(20_000)}`,
    '#/learn?seed=1.5',
    '#/learn?set=',
  ]) {
    const { draft, notices } = readAddress(hash, VIEWS, 'learn');
    expect(draft, hash).toEqual(nothing);
    expect(notices.length, hash).toBeGreaterThan(0);
  }
  expect(readAddress('#/learn?v=2&seed=4', VIEWS, 'learn').notices[0]).toMatch(/newer version/);
  expect(readAddress('#/learn?set=__proto__.polluted=1', VIEWS, 'learn').draft).toEqual(nothing);
});

test('settings that are not possible go one by one, with the library’s sentence', () => {
  const settings = { seed: 4, updates: 0, 'agent.hiden': 8, 'task.options.milestones': -1 };
  const { draft, dropped } = possible({ task: 'calculator', preset: 'default', settings });
  expect(configured(draft).training).toBeDefined();
  expect(dropped).toContain('updates: expected at least 1, received 0');
  expect(dropped.some((sentence) => sentence.includes("'hiden'"))).toBe(true);
});

test('errors name the setting that they are about', () => {
  const at = (settings: Readonly<Record<string, unknown>>) =>
    configured({ task: 'expressions', preset: 'default', settings }).error?.path;
  expect(at({ 'agent.hidden': 17 })).toBe('agent.hidden');
  expect(at({ 'task.options.operators': 99 })).toBe('task.options.operators');
  expect(at({ batch: 32 })).toBeUndefined();
});

test('another kind of a branch takes settings of a preset that has it', () => {
  const draft = { task: 'calculator', preset: 'default', settings: {} };
  for (const name of ['a2c', 'ppo', 'grpo', 'rloo', 'reinforce']) {
    const changed = withSetting(draft, 'algorithm', branchOf(draft, 'algorithm', name));
    expect(configured(changed).training?.config.algorithm.name, name).toBe(name);
  }
  for (const name of ['pointer', 'transformer']) {
    const changed = withSetting(draft, 'agent', branchOf(draft, 'agent', name));
    expect(configured(changed).training?.config.agent.name, name).toBe(name);
  }
});

test('the draft of a configuration is what differs from its preset', () => {
  const { config } = configure({ task: 'calculator', seed: 5, updates: 300 });
  expect(draftOf(config)).toEqual({ task: 'calculator', preset: 'default', settings: { seed: 5, updates: 300 } });
});
