// What trainings are warned of, and that they are warned once.

import { expect, test } from 'vitest';
import { createAgent } from '../../agents/createAgent.ts';
import type { TrajectoryArrays } from '../../agents/trajectories.ts';
import { loadKernels } from '../../kernels/kernels.ts';
import { Heap } from '../../network/heap.ts';
import { scalarTask } from '../../tasks/scalarTask.ts';
import type { Problem } from '../../tasks/task.ts';
import { configure, type TrainInput } from '../config.ts';
import type { TrainEvent, UpdateEvent, WarningEvent } from '../events.ts';
import { train } from '../train.ts';
import { type AlarmState, ring, rings, SILENT } from './alarm.ts';
import { Monitors } from './monitors.ts';
import { rewardSpread } from './rewardSpread.ts';

test('an alarm comes after so many bad times in a row, and goes after so many good ones', () => {
  const story = [...'bbgbbbbgbgggbbb'].map((letter) => letter === 'b');
  let state: AlarmState = SILENT;
  const said = story.map((bad) => {
    const before = state;
    state = ring(before, bad, 3, 2);
    return rings(before, state);
  });
  // b b g b b B b g b g g | b b B: said at the third of a row, over after two good ones.
  expect(said.flatMap((rung, i) => (rung ? [i] : []))).toEqual([5, 14]);
});

test('the spread of rewards is taken within levels, by hand', () => {
  const batch = { lanes: 4, steps: 2, levels: [0, 0, 1, 1], lengths: [2, 1, 1, 1], rewards: [1, 1, 0, 9, 5, 9, 5, 9] };
  // Level 0 earns 2 and 0, level 1 earns 5 and 5: √((1 + 1 + 0 + 0) / 4).
  expect(rewardSpread(batch as unknown as TrajectoryArrays)).toBeCloseTo(Math.SQRT1_2, 12);
});

const GOOD: UpdateEvent = {
  ...({ type: 'update', update: 1, episodes: 0, seconds: 0, lanes: [8, 8, 0], solved: [0.5, 0, null] } as const),
  ...{ reward: 1, rewardSpread: 0.4, tokens: 4, policyLoss: 0, valueLoss: 0, entropy: 1, hindsight: null },
  gradientNorm: 0.5,
};

async function monitors(input: TrainInput): Promise<Monitors> {
  const { config, task } = configure(input);
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  return new Monitors(task, createAgent(heap, task, config.agent), config);
}

/** What comes of `count` updates that differ from the good one so. */
const look = (of: Monitors, count: number, change: Partial<UpdateEvent> = {}): WarningEvent[] =>
  Array.from({ length: count }, () => [...of.updated({ ...GOOD, ...change })]).flat();

test.each<readonly [WarningEvent['kind'], Partial<UpdateEvent>, number]>([
  // Two of them: one alone is told of below.
  ['gradientSpike', { gradientNorm: 15 }, 2],
  ['entropyCollapse', { entropy: 0.001 }, 20],
  ['rewardSpreadCollapse', { rewardSpread: 1e-5 }, 20],
  ['zeroSpreadGroups', { zeroSpreadGroups: 15 }, 20],
])(
  '%s is told once with its number, its threshold and a hint, and again after it was gone',
  async (kind, bad, after) => {
    const grpo = { name: 'grpo', group: 4 } as const;
    const own = await monitors({
      task: 'calculator',
      batch: 64,
      ...(kind === 'zeroSpreadGroups' && { algorithm: grpo }),
    });
    const good = kind === 'zeroSpreadGroups' ? { zeroSpreadGroups: 3 } : {};
    expect(look(own, 30, good)).toEqual([]);
    expect(look(own, after - 1, bad)).toEqual([]);
    const [warning, ...more] = look(own, 1, bad);
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ kind, severity: 'warning', hint: expect.any(String) });
    expect(Number.isFinite(warning!.value) && Number.isFinite(warning!.threshold)).toBe(true);
    expect(structuredClone(warning)).toEqual(warning);
    expect(look(own, 19, good)).toEqual([]);
    const saved = structuredClone(own.state);
    expect(look(own, 1, good)).toEqual([]);
    expect(look(own, after, bad).map((again) => again.kind)).toEqual([kind]);
    // From what a checkpoint keeps, the same is said again.
    own.state = saved;
    expect(look(own, 1, good)).toEqual([]);
    expect(look(own, after, bad).map((again) => again.kind)).toEqual([kind]);
  },
);

test('one gradient that jumps is held by clipping; a second within five updates is told of, one later is not', async () => {
  const own = await monitors({ task: 'calculator' });
  const jump = { gradientNorm: 15 };
  expect(look(own, 30)).toEqual([]);
  expect(look(own, 1, jump)).toEqual([]);
  expect(look(own, 5)).toEqual([]);
  expect(look(own, 1, jump)).toEqual([]);
  expect(look(own, 4)).toEqual([]);
  const [warning] = look(own, 1, jump);
  expect(warning).toMatchObject({ kind: 'gradientSpike', threshold: 20 });
  expect(warning!.value).toBeGreaterThan(20);
});

test('a training that diverges is told of at its second update out of bounds, however it goes on', async () => {
  const own = await monitors({ task: 'calculator' });
  expect(look(own, 30)).toEqual([]);
  // Twice as large at every update from 16 on, where the usual norm is 0.5.
  const told = Array.from({ length: 8 }, (_, i) => look(own, 1, { gradientNorm: 16 * 2 ** i }).length);
  expect(told).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
});

test('what has solved its levels may have no entropy, no spread and nothing to tell groups apart', async () => {
  const own = await monitors({ task: 'calculator' });
  const solved = { solved: [1, 1, null], entropy: 0, rewardSpread: 0 };
  expect(look(own, 100, solved)).toEqual([]);
});

test('where rewards never differed yet, a training has ten times the patience', async () => {
  const own = await monitors({ task: 'calculator' });
  const nothing = { rewardSpread: 0, reward: 0, solved: [0, 0, null] };
  expect(look(own, 199, nothing)).toEqual([]);
  expect(look(own, 1, nothing).map(({ kind }) => kind)).toEqual(['rewardSpreadCollapse']);
});

test('a gradient may jump when a level opens, and rewards be all the same where hindsight finds examples', async () => {
  const own = await monitors({ task: 'calculator' });
  expect(look(own, 30)).toEqual([]);
  const opened = { lanes: [8, 4, 4], solved: [1, 1, 0], gradientNorm: 50 };
  expect(look(own, 30, opened)).toEqual([]);
  expect(look(own, 2, { ...opened, gradientNorm: 5000 }).map(({ kind }) => kind)).toEqual(['gradientSpike']);
  const hindsight = { examples: 3, crossEntropy: 1 };
  expect(look(own, 60, { ...opened, rewardSpread: 0, zeroSpreadGroups: 48, hindsight })).toEqual([]);
});

async function warningsOf(input: TrainInput): Promise<readonly WarningEvent[]> {
  const told: TrainEvent[] = [];
  for await (const event of train(input)) told.push(event);
  return told.filter((event) => event.type === 'warning');
}

test('the published agent is told to see nothing, at once; seeing its own context it is not', async () => {
  const [warning, ...more] = await warningsOf({ task: 'tutorial' });
  expect(more).toEqual([]);
  expect(warning).toMatchObject({ kind: 'inputBlindness', severity: 'warning', update: 5, threshold: 1e-4 });
  expect(warning!.value).toBeLessThan(1e-5);
  expect(await warningsOf({ task: 'tutorial', preset: 'own-context' })).toEqual([]);
  const [blind] = await warningsOf({ task: 'calculator', preset: 'blind', updates: 10 });
  expect(blind).toMatchObject({ kind: 'inputBlindness', update: 10 });
});

test('on calculator it is a note that one program a level is enough, true of the program that it names', async () => {
  const told = await warningsOf({ task: 'calculator', updates: 60 });
  expect(told.map(({ kind, level, severity }) => [kind, level, severity])).toEqual([
    ['fixedProgram', 'add', 'note'],
    ['fixedProgram', 'subtract', 'note'],
  ]);
  expect(told[1]!.message).toMatch(/^level subtract: one program is enough: \[MUL\] \[ADD\] \[SUB\] .+ solves \d/);
  expect(told.map(({ hint }) => hint !== undefined)).toEqual([true, false]);
});

test('an agent that reads is left in peace', async () => {
  const evaluation = { every: 20, problems: 8, testProblems: 8 };
  const easy = { name: 'expressions', options: { operators: 2 } };
  expect(await warningsOf({ task: easy, updates: 60, batch: 96, evaluation })).toEqual([]);
}, 60_000);

interface Shown extends Problem {
  readonly symbol: number;
}
const SYMBOLS = ['a', 'b', 'c', 'go'] as const;

/** Say what is shown; but `a` is paid for, whatever is shown. */
const misled = scalarTask({
  name: 'misled',
  title: 'Say what is shown.',
  symbols: SYMBOLS,
  startSymbol: 'go',
  levels: ['one'],
  contextLimit: 1,
  programLimit: 1,
  sample: (level, _split, random): Shown => ({ level, symbol: random.below(3) }),
  context: ({ symbol }) => [SYMBOLS[symbol]!],
  start: () => ({ said: '' }),
  step: (_state, said) => ({ state: { said: said as string }, reward: said === 'a' ? 1 : 0 }),
  solved: ({ said }, { symbol }) => said === SYMBOLS[symbol],
  describe: ({ symbol }) => SYMBOLS[symbol]!,
});

test('an agent that could see its problem but does not look is told so, after patience', async () => {
  const evaluation = { every: 5, problems: 30, testProblems: 30 };
  const input = { task: misled, updates: 300, batch: 32, agent: { hidden: 16 }, evaluation } as const;
  const told = await warningsOf(input);
  expect(told.map(({ kind, level, severity }) => [kind, level, severity])).toEqual([
    ['inputBlindness', 'one', 'warning'],
  ]);
  expect(told[0]!.update).toBeGreaterThanOrEqual(125);
  expect(told[0]!.message).toContain('does not look at its problem');
});
