// What an audit finds: every defect of the published task by itself, one property of its repair, nothing in
// `expressions`; and flaws that are planted one at a time.

import { expect, test } from 'vitest';
import { bisection } from '../../../examples/bisection.ts';
import { calculatorTask } from '../../tasks/calculator/task.ts';
import { expressionsTask } from '../../tasks/expressions/task.ts';
import { scalarTask } from '../../tasks/scalarTask.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import { tutorialTask } from '../../tasks/tutorial/task.ts';
import { auditTask } from './auditTask.ts';
import type { LevelFigures } from './figures.ts';
import type { Finding } from './findings.ts';
import type { AuditBudget } from './levelFigures.ts';

function audited(task: Task, budget: Partial<AuditBudget> = {}) {
  const last = [...auditTask(task, budget)].at(-1)!;
  if (last.type !== 'audited') throw new Error('an audit ends with its findings');
  const found = Object.fromEntries(last.findings.map((finding) => [finding.id, finding]));
  return { found: found as Readonly<Record<string, Finding>>, levels: last.levels };
}

const levelsOf = (finding: Finding | undefined) => finding?.details.map(({ level }) => level);

test('tutorial: every defect of its task, with its exact figures', () => {
  const { found, levels } = audited(tutorialTask());
  expect(Object.keys(found).sort()).toEqual(
    ['fixedProgram', 'forgetfulMemory', 'nothingHeldOut', 'paysForWrong', 'rewardIsNotAccuracy', 'unreachable'].sort(),
  );
  const figures = (pick: (level: LevelFigures) => number) => levels.map((level) => Number(pick(level).toFixed(3)));
  expect(levels.every(({ fixed, problems }) => problems.all && fixed.method.kind === 'exact')).toBe(true);
  expect(figures(({ fixed }) => fixed.bestReward.reward)).toEqual([1.06, 1.12, 1.037]);
  expect(levels.map(({ fixed }) => fixed.bestReward.program.join(' '))).toEqual([
    '[MUL] [ANS]',
    '[MUL] [ADD] [ANS]',
    '[MUL] [ADD] [SUB] [ANS]',
  ]);
  expect(figures(({ fixed }) => fixed.bestReward.solved)).toEqual([0.1, 0.1, 0.19]);
  expect(figures(({ fixed }) => fixed.bestSolved.solved)).toEqual([1, 1, 0.271]);
  expect(figures(({ fixed }) => fixed.bestSolved.reward).slice(0, 2)).toEqual([0.205, 0.265]);
  expect(levels.map(({ inSight }) => inSight.solved)).toEqual([1, 1, 0.74181]);
  expect(found.unreachable).toMatchObject({ severity: 'flaw', details: [{ level: 'remember', value: 0.74181 }] });
  expect(found.forgetfulMemory!.details[0]!.text).toContain('[RCL] works only after [STO]');
  expect(levelsOf(found.fixedProgram)).toEqual(['add', 'subtract']);
}, 600_000);

test('calculator: only that a fixed program a level solves it, and what it is without its memory', () => {
  const { found, levels } = audited(calculatorTask());
  expect(Object.keys(found)).toEqual(['fixedProgram']);
  expect(found.fixedProgram!.details.map(({ text }) => text)).toEqual([
    '[MUL] [ADD] [ANS] solves 100.0 %',
    '[MUL] [ADD] [SUB] [ANS] solves 100.0 %',
    '[MUL] [ADD] [STO] [MUL] [RCL] [SUB] [ANS] solves 100.0 %',
  ]);
  // The same two numbers as of the option without memory (enumeration.calculator.test.ts).
  expect(levels[2]!.without).toContainEqual({ tool: '[STO]', fixed: 0.19, inSight: 0.50251 });
}, 600_000);

test('expressions passes, by search; without its memory it does not', () => {
  const quick = { tries: 200, sights: 6 };
  const { found, levels } = audited(expressionsTask({ operators: 3 }), quick);
  expect(found).toEqual({});
  expect(levels.every(({ fixed }) => fixed.method.kind === 'search' && fixed.bestSolved.solved < 0.6)).toBe(true);
  expect(levels.at(-1)!.ceilings['no memory']).toBeCloseTo(0.73, 1);
  const poor = audited(expressionsTask({ operators: 3, memory: 'none' }), quick);
  expect(levelsOf(poor.found.unreachable)).toEqual(['n=2', 'n=3']);
  // What its teacher can do is what its study says that agents without memory can.
  for (const { ceilings, inSight } of poor.levels) expect(inSight.solved).toBeCloseTo(ceilings['no memory']!, 10);
}, 120_000);

test('a game of finding out is told as one: what the machine shows is enough, by exact recursion', () => {
  const { found, levels } = audited(bisection as Task);
  expect(Object.keys(found)).toEqual(['contextNotNeeded', 'nothingHeldOut']);
  expect(levels.map(({ blind }) => blind?.solved)).toEqual([1, 1, 1]);
  expect(levels.map(({ fixed }) => fixed.bestSolved.solved)).toEqual([2 / 3, 3 / 7, 4 / 15]);
}, 60_000);

interface Copy extends Problem {
  readonly symbol: number;
}
const SYMBOLS = ['a', 'b', 'c', 'd', 'go', 'noop'] as const;

/** Say the symbol that is shown; with flaws to be planted. */
function copying(
  change: Partial<Parameters<typeof scalarTask<Copy, { said: string }, (typeof SYMBOLS)[number]>>[0]>,
): Task {
  return scalarTask<Copy, { said: string }, (typeof SYMBOLS)[number]>({
    name: 'copying',
    title: 'Say what is shown.',
    symbols: SYMBOLS,
    startSymbol: 'go',
    levels: ['one'],
    contextLimit: 1,
    programLimit: 1,
    sample: (level, split, random) => ({ level, symbol: split === 'train' ? random.below(3) : 3 }),
    context: ({ symbol }) => [SYMBOLS[symbol]!],
    start: () => ({ said: '' }),
    step: (_state, said, { symbol }) => ({ state: { said }, reward: said === SYMBOLS[symbol] ? 1 : 0 }),
    solved: ({ said }, { symbol }) => said === SYMBOLS[symbol],
    describe: ({ symbol }) => SYMBOLS[symbol]!,
    ...change,
  }) as unknown as Task;
}

test.each<readonly [string, Parameters<typeof copying>[0]]>([
  ['nothing', {}],
  ['ambiguous', { context: () => ['go'] }],
  ['verdictIgnoresProblem', { solved: ({ said }) => said === 'a' }],
  ['nothingHeldOut', { sample: (level, _split, random) => ({ level, symbol: random.below(4) }) }],
  ['sameLevels', { levels: ['one', 'two'] }],
  ['paysForWrong', { step: (_state, said) => ({ state: { said }, reward: said === 'noop' ? 2 : 1 }) }],
  ['unreachable', { solved: ({ said }, { symbol }) => symbol > 0 && said === SYMBOLS[symbol] }],
  [
    'emptyLevel',
    {
      sample: () => {
        throw new Error('there is none');
      },
    },
  ],
])('a task with a flaw: %s', (id, change) => {
  const { found } = audited(copying(change));
  if (id === 'nothing') expect(found).toEqual({});
  else expect(Object.keys(found)).toContain(id);
});

/** An accumulator counts `b`; `a` keeps it, and `c` brings it back. */
const keeping = (recall: (state: { value: number; kept: number | null }) => number) =>
  scalarTask<Copy, { value: number; kept: number | null }, (typeof SYMBOLS)[number]>({
    name: 'keeping',
    title: 'Count.',
    symbols: SYMBOLS,
    startSymbol: 'go',
    levels: ['one'],
    contextLimit: 1,
    programLimit: 6,
    sample: (level, split, random) => ({ level, symbol: split === 'train' ? random.below(3) : 3 }),
    context: ({ symbol }) => [SYMBOLS[symbol]!],
    start: () => ({ value: 0, kept: null }),
    step(state, symbol) {
      if (symbol === 'd') return { state, done: true };
      if (symbol === 'a') return { state: { value: 0, kept: state.value } };
      if (symbol === 'b') return { state: { ...state, value: state.value + 1 } };
      if (symbol === 'c' && state.kept !== null) return { state: { value: recall(state), kept: null } };
      return { state };
    },
    solved: ({ value }, { symbol }) => value === symbol,
    describe: ({ symbol }) => SYMBOLS[symbol]!,
  }) as unknown as Task;

test('a memory that keeps nothing is told from one that does, and from a key that clears', () => {
  expect(audited(keeping(({ kept }) => kept!)).found.forgetfulMemory).toBeUndefined();
  expect(audited(keeping(() => 0)).found.forgetfulMemory).toBeUndefined();
  expect(audited(keeping(() => 7)).found.forgetfulMemory).toMatchObject({
    severity: 'flaw',
    details: [{ level: 'one' }],
  });
});
