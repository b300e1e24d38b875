import { expect, test } from 'vitest';
import { commandOf } from '../training/command.ts';
import { configure } from '../training/config.ts';
import { type Piloted, pilotsOf, runsOf, stretched } from './plan.ts';
import { parseSuite } from './suite.ts';

const suite = (part: object) =>
  parseSuite(
    JSON.stringify({
      ...{ name: 's', about: '', seeds: [0, 1] },
      parts: [{ name: 'p', title: 'P', task: 'calculator', entries: [{ name: 'a' }, { name: 'b' }], ...part }],
    }),
    's.json',
  );
const runs = (part: object, pilots = new Map<string, Piloted>()) => runsOf(suite(part), '1.0.0', pilots);

test('entries × seeds, each in a folder that its configuration and the version name', () => {
  const planned = runs({ entries: [{ name: 'a' }, { name: 'b', seeds: [5, 5], preset: 'no-memory' }] });
  expect(planned.map(({ entry, seed }) => [entry.name, seed])).toEqual([
    ['a', 0],
    ['a', 1],
    ['b', 5],
  ]);
  expect(planned[2]!.config).toEqual(configure({ task: 'calculator', preset: 'no-memory', seed: 5 }).config);
  expect(planned[0]!.path).toMatch(/^p\/a-seed0-[0-9a-f]{10}$/);
  const other = runs({ settings: { batch: 64 } });
  expect(new Set([...planned, ...other].map(({ path }) => path)).size).toBe(3 + 4);
  expect(runsOf(suite({}), '1.0.1', new Map())[0]!.path).not.toBe(planned[0]!.path);
});

test('an entry says more than its part, branch by branch', () => {
  const [{ config }] = runs({
    settings: { optimiser: { rate: 0.5, clip: 3 }, batch: 10 },
    options: { milestones: 0 },
    entries: [{ name: 'a', settings: { optimiser: { rate: 0.1 } }, options: { memory: false } }],
  }) as [ReturnType<typeof runs>[0]];
  expect(config.optimiser).toMatchObject({ rate: 0.1, clip: 3, beta1: 0.9 });
  expect(config.task.options).toMatchObject({ milestones: 0, memory: false });
});

test('a budget of updates or episodes stretches what is counted in updates', () => {
  // The recipe: 600 updates of 192 episodes, divergence from uniform falling over 800.
  const [{ config }] = runs({ budget: { updates: 300 } }) as [ReturnType<typeof runs>[0]];
  expect(config).toMatchObject({ updates: 300, algorithm: { uniform: { from: 0.3, to: 0.02, over: 400 } } });
  expect(runs({ budget: { episodes: 192_191 } })[0]!.config.updates).toBe(1000);
  const fixed = configure({ task: 'calculator', preset: 'fixed-stages' }).config;
  expect(stretched(fixed, 60).curriculum).toMatchObject({ updatesPerEntry: 10 });
});

test('a budget of seconds is that of a pilot, of a seed that is not reported', () => {
  const part = { budget: { seconds: 20 } };
  const pilots = pilotsOf(suite(part), '1.0.0');
  expect(pilots.map(({ config, name, seconds }) => [name, seconds, config.seed, config.stop])).toEqual([
    ['p/a', 20, 1000, null],
    ['p/b', 20, 1000, null],
  ]);
  expect(runs(part)[0]!.path).toBe('p/a-seed0-unmeasured');
  const host = { node: 'v24.0.0', processor: 'one', cores: 2 };
  const known = new Map(pilots.map(({ path }, i) => [path, { updates: 100 + i, host }]));
  expect(runs(part, known).map(({ config }) => config.updates)).toEqual([100, 100, 101, 101]);
  expect(runs(part, known)[2]!.timed).toEqual({ seconds: 20, piloted: { updates: 101, host } });
  expect(runs({})[0]!.timed).toBeUndefined();
  expect(pilotsOf(suite({}), '1.0.0')).toEqual([]);
});

test('what cannot be trained is said', () => {
  expect(() => runs({ entries: [{ name: 'a', preset: 'no-memry' }] })).toThrow("did you mean 'no-memory'?");
  expect(() => runs({ entries: [{ name: 'a' }, { name: 'b', settings: { optimiser: { rat: 1 } } }] })).toThrow(
    "unknown setting of optimiser of entry b of part p 'rat' (did you mean 'rate'?)",
  );
  expect(() => runs({ settings: { batch: 0 } })).toThrow('batch of entry a of part p: expected');
  expect(() => runs({ levels: ['remembr'] })).toThrow("unknown level of part p 'remembr' (did you mean 'remember'?)");
});

test('the command of a run names all that differs from its preset', () => {
  const [{ config }] = runs({
    ...{ preset: 'no-memory', budget: { updates: 300 }, options: { milestones: 0.5 } },
    settings: { curriculum: { name: 'uniform' }, optimiser: { rate: 0.1 } },
  }) as [ReturnType<typeof runs>[0]];
  expect(commandOf(config)).toBe(
    'npx innerloop train calculator --preset no-memory --seed 0 --set task.options.milestones=0.5 --set updates=300 ' +
      `--set algorithm.uniform.over=400 --set optimiser.rate=0.1 --set 'curriculum={"name":"uniform"}'`,
  );
  expect(commandOf(configure({ task: 'calculator' }).config, 'N')).toBe('npx innerloop train calculator --seed N');
});
