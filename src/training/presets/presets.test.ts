import { expect, test } from 'vitest';
import { configure } from '../config.ts';
import type { Config } from '../configSchema.ts';
import { train } from '../train.ts';
import { presetsOf } from './table.ts';

const ABLATIONS = [
  ...['no-memory', 'no-order', 'no-attention', 'no-pointer', 'no-curriculum', 'no-shaping', 'no-hindsight'],
  ...['hindsight-only', 'no-mask', 'entropy-bonus', 'closed-loop', 'supervised'],
  ...['learning-progress', 'learnability', 'replay'],
];
const VARIANTS = [
  'eight',
  'digits',
  'extrapolate',
  'class-split',
  'faults-open',
  'faults-closed',
  'think-4',
  'transformer',
];

const ALGORITHMS = ['a2c-four', 'ppo', 'grpo', 'rloo', 'reinforce', 'self-imitation'];

test('expressions has its ablations and variants, and each says what it is', () => {
  const presets = presetsOf('expressions');
  expect(Object.keys(presets).sort()).toEqual(['default', ...ABLATIONS, ...VARIANTS, ...ALGORITHMS].sort());
  for (const { about } of Object.values(presets)) expect(about).not.toBe('');
});

test.each(ABLATIONS)('%s takes the default and changes what its name says alone', (preset) => {
  const { config } = configure({ task: 'expressions', preset });
  const base = configure({ task: 'expressions' }).config;
  const changed = Object.keys(config).filter(
    (key) => JSON.stringify(config[key as keyof typeof config]) !== JSON.stringify(base[key as keyof typeof base]),
  );
  const ingredient = preset === 'supervised' ? ['algorithm', 'hindsight'] : expect.any(Array);
  expect(changed.filter((key) => key !== 'preset')).toEqual(ingredient);
  expect(changed.length).toBe(preset === 'supervised' ? 3 : 2);
});

test.each(ALGORITHMS)('%s differs from a2c-four in the algorithm and its updates alone', (preset) => {
  const { config } = configure({ task: 'expressions', preset });
  const { config: base } = configure({ task: 'expressions', preset: 'a2c-four' });
  const own = { preset, updates: config.updates, algorithm: config.algorithm };
  const additions = preset === 'self-imitation' ? ['hindsight', 'selfImitation'] : [];
  const others = Object.keys(config).filter((key) => !(key in own) && !additions.includes(key)) as (keyof Config)[];
  for (const key of others) expect(config[key], key).toEqual(base[key]);
  expect(base.task.options).toEqual({ operators: 4, tokenPrice: 0, hindsight: 'traced' });
});

/** As small as the layers allow. */
const SMALL = {
  updates: 3,
  batch: 16,
  evaluation: { every: 3, problems: 4, testProblems: 4 },
} as const;

const SMALL_AGENTS = {
  recurrent: { hidden: 16 },
  pointer: { hidden: 16, embedding: 8, feedback: 4 },
  transformer: { hidden: 16, heads: 2, inner: 8 },
} as const;

test.each([
  ['calculator', ...Object.keys(presetsOf('calculator'))],
  ['tutorial', ...Object.keys(presetsOf('tutorial'))],
  ['expressions', ...Object.keys(presetsOf('expressions'))],
  ['countdown', ...Object.keys(presetsOf('countdown'))],
  ['recall', ...Object.keys(presetsOf('recall'))],
  ['routes', ...Object.keys(presetsOf('routes'))],
])('every preset of %s trains', async (task, ...presets) => {
  for (const preset of presets) {
    const agent = SMALL_AGENTS[configure({ task, preset }).config.agent.name];
    let finished = false;
    for await (const event of train({ task, preset, ...SMALL, agent })) {
      if (event.type === 'update') expect(event.gradientNorm, preset).toBeGreaterThan(0);
      if (event.type === 'finished') finished = event.levels.every(({ problems }) => problems === 4);
    }
    expect(finished, preset).toBe(true);
  }
});
