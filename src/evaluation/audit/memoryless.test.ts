// Players without memory, on tasks small enough to be worked out by hand.

import { expect, test } from 'vitest';
import type { GameName } from '../../tasks/recall/games.ts';
import { recallTask } from '../../tasks/recall/task.ts';
import { scalarTask } from '../../tasks/scalarTask.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import { auditTask } from './auditTask.ts';

/** Symbols shown one after the other, none of which the context shows; `noop` does nothing. */
interface Sequence extends Problem {
  readonly shown: readonly number[];
}
const SYMBOLS = ['a', 'b', 'c', 'noop'] as const;
const BLANK = 3;

/** Says what it is asked for after as many steps as symbols are shown; held out nothing, which is told, too. */
const saying = (asked: (shown: readonly number[]) => number, change: Partial<Parameters<typeof scalarTask>[0]> = {}) =>
  scalarTask<Sequence, { step: number; said: string }, (typeof SYMBOLS)[number]>({
    name: 'saying',
    title: 'Say a symbol that was shown.',
    symbols: SYMBOLS,
    startSymbol: 'noop',
    levels: ['one'],
    contextLimit: 1,
    programLimit: 2,
    observation: [{ name: 'symbol', size: 4 }],
    sample: (level, _split, random) => ({ level, shown: [random.below(3), random.below(3)] }),
    context: () => ['noop'],
    start: () => ({ step: 0, said: '' }),
    step: ({ step }, said, { shown }) => {
      const right = said === SYMBOLS[asked(shown)];
      return { state: { step: step + 1, said }, reward: step === 1 && right ? 1 : 0 };
    },
    solved: ({ said }, { shown }) => said === SYMBOLS[asked(shown)],
    observe: ({ step }, { shown }) => [shown[step] ?? BLANK],
    describe: ({ shown }) => shown.join(' '),
    ...(change as object),
  }) as unknown as Task;

function audited(task: Task, budget = {}) {
  const last = [...auditTask(task, budget)].at(-1)!;
  if (last.type !== 'audited') throw new Error('an audit ends with its findings');
  const { findings, levels } = last;
  return { ids: findings.map(({ id }) => id), level: levels.at(-1)!, findings };
}

test('a symbol that is shown once and asked for later: a third of the nine problems, exactly', () => {
  const { ids, level } = audited(saying(([first]) => first!));
  const third = { method: { kind: 'exact' }, solved: 1 / 3, reward: 1 / 3 };
  expect(level.memoryless).toMatchObject({ bestReward: third, bestSolved: third });
  expect(ids).not.toContain('memoryNotNeeded');
});

test('what is shown when it is asked for needs no memory, and that is told', () => {
  const { findings, level } = audited(saying(([, second]) => second!));
  expect(level.fixed.bestSolved.solved).toBeCloseTo(1 / 3, 12);
  expect(level.memoryless!.bestSolved).toMatchObject({ method: { kind: 'exact' }, solved: 1 });
  expect(findings.find(({ id }) => id === 'memoryNotNeeded')).toMatchObject({ severity: 'caution' });
});

/** A number in [0, 2): the first token may ask to be shown it; the second says it. Seeing it costs a tenth. */
const asking = (numbers: number): Task =>
  scalarTask<Sequence, { step: number; asked: boolean; said: string }, (typeof SYMBOLS)[number]>({
    name: 'asking',
    title: 'Ask, then say.',
    symbols: SYMBOLS,
    startSymbol: 'noop',
    levels: ['one'],
    contextLimit: 1,
    programLimit: 2,
    observation: [{ name: 'symbol', size: 4 }],
    sample: (level, _split, random) => ({ level, shown: [random.below(2), random.below(numbers)] }),
    context: () => ['noop'],
    start: () => ({ step: 0, asked: false, said: '' }),
    step({ step, asked }, said, { shown }) {
      if (step === 0) return { state: { step: 1, asked: said === 'c', said }, reward: said === 'c' ? -0.1 : 0 };
      return { state: { step: 2, asked, said }, reward: said === SYMBOLS[shown[0]!] ? 1 : 0 };
    },
    solved: ({ said }, { shown }) => said === SYMBOLS[shown[0]!],
    observe: ({ asked, step }, { shown }) => [asked && step === 1 ? shown[0]! : BLANK],
    describe: ({ shown }) => shown.join(' '),
  }) as unknown as Task;

test.each([
  [1, 'exact'],
  // Too many problems for recursion, and asking changes what is shown.
  [1000, 'search'],
] as const)('where tokens change what is shown it asks first: 1 − 0.1, of %i × 2 problems by %s', (numbers, kind) => {
  const { level } = audited(asking(numbers));
  expect(level.memoryless!.bestSolved).toMatchObject({ method: { kind }, solved: 1 });
  expect(level.memoryless!.bestReward.reward).toBeCloseTo(0.9, 6);
});

const P = 13 / 51;
/** Of a deck of 52 cards another suit than the one shown is right with 13/51, what is shown with 1 or 12/51. */
test.each<readonly [GameName, number, number]>([
  // The first card is shown once, at the first of 51 answers; always the same suit is right outright one time in four.
  ['repeat-first', (1 + 50 * (2 * P - 1)) / 51, 1 / 4],
  ['repeat-previous', 2 * P - 1, 0],
  // The last card is shown when it is asked for, and then nothing: one suit in four.
  ['autoencode', (1 + 51 * (2 / 4 - 1)) / 52, 0],
])(
  'recall, %s: what can be earned without memory is %f, and solved %f',
  (game, expected, solved) => {
    const { ids, level } = audited(recallTask({ game }), { tries: 20, sights: 1, width: 1 });
    const { bestReward, bestSolved } = level.memoryless!;
    expect(bestReward.method).toEqual({ kind: 'stepwise', problems: 512 });
    // A deal strays by about 0.12, and so the mean of 1,024 by 0.004.
    expect(Math.abs(bestReward.reward - expected)).toBeLessThan(0.015);
    expect(Math.abs(bestSolved.solved - solved)).toBeLessThan(0.05);
    expect(ids).toEqual([]);
  },
  60_000,
);
