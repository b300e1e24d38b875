import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TASKS } from '../tasks/table.ts';
import { presetsOf } from '../training/presets/table.ts';
import { groupsOf, parseSuite } from './suite.ts';

const SUITE = {
  name: 'small',
  about: 'A question?',
  seeds: [0, 2],
  parts: [{ name: 'calculator', title: 'Calculator', entries: [{ name: 'default' }, { name: 'other', group: 'b' }] }],
};

const parse = (change: object = {}, part: object = {}) =>
  parseSuite(JSON.stringify({ ...SUITE, ...change, parts: [{ ...SUITE.parts[0], ...part }] }), 'small.json');

test('what is left out has its default; a group is the name unless one is given', () => {
  const { parts } = parse();
  expect(parts[0]).toMatchObject({ measure: 'solved', worst: 0, best: 1 });
  expect(groupsOf(parts[0]!)).toEqual(['default', 'b']);
});

test.each([
  ['small.json: it is not JSON at', () => parseSuite('{ "name": }', 'small.json')],
  ["unknown setting 'sedes' (did you mean 'seeds'?)", () => parse({ sedes: [0, 1] })],
  ["unknown setting of parts.0 'entrys' (did you mean 'entries'?)", () => parse({}, { entrys: [] })],
  [
    "unknown setting of parts.0.entries.0 'setings' (did you mean 'settings'?); known: name, about, group",
    () => parse({}, { entries: [{ name: 'a', setings: {} }] }),
  ],
  ['parts.0.entries.0.name: expected a name of letters', () => parse({}, { entries: [{ name: '../up' }] })],
  ['parts.0.entries: expected at least 1', () => parse({}, { entries: [] })],
  [
    "names of entries of part calculator: expected different ones, received 'a' twice",
    () => parse({}, { entries: [{ name: 'a' }, { name: 'a' }] }),
  ],
  ["unknown group of part calculator 'defualt' (did you mean 'default'?)", () => parse({}, { baseline: 'defualt' })],
  ['seeds of default: expected the first seed and the last one, received [3,1]', () => parse({ seeds: [3, 1] })],
  [
    'parts.0.budget: expected one of updates, episodes and seconds',
    () => parse({}, { budget: { updates: 1, seconds: 2 } }),
  ],
  ['parts.0.budget: expected one of updates, episodes and seconds', () => parse({}, { budget: {} })],
])('%s', (sentence, act) => {
  expect(act).toThrow(sentence);
});

test('the suite that watches the monitors has every preset that ships', () => {
  const path = new URL('../../bench/results/presets.json', import.meta.url);
  const { parts } = parseSuite(readFileSync(path, 'utf8'), 'presets.json');
  const named = parts.map(({ entries, task }) => [task, entries.map(({ preset = 'default' }) => preset)]);
  const shipped = Object.keys(TASKS).map((task) => [task, Object.keys(presetsOf(task))]);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(shipped));
});
