import { describe, expect, test } from 'vitest';
import { checkTask } from './conformance.ts';
import { type ScalarDefinition, scalarTask } from './scalarTask.ts';
import { type Problem, stepOutput, symbols } from './task.ts';

interface Walk extends Problem {
  readonly goal: number;
}
type Move = 'GO' | 'LEFT' | 'RIGHT' | 'STOP';

/** A walk on 0 … 4 from 2, to a goal named in the context; walls are masked, the place is seen. */
const walk: ScalarDefinition<Walk, number, Move> = {
  name: 'walk',
  title: 'Walk to the goal and stop.',
  symbols: ['GO', 'LEFT', 'RIGHT', 'STOP'],
  kinds: { STOP: 'control' },
  startSymbol: 'GO',
  levels: [{ name: 'near', goal: 'one step away' }, 'anywhere'],
  contextLimit: 3,
  programLimit: 4,
  observation: [{ name: 'place', size: 5 }],
  sample: (level, _split, random) => ({ level, goal: level === 0 ? 1 + 2 * random.below(2) : random.below(5) }),
  context: ({ goal }) => [goal < 2 ? 'LEFT' : goal > 2 ? 'RIGHT' : 'STOP'],
  start: () => 2,
  step(place, move, { goal }) {
    if (move === 'STOP') return { state: place, reward: place === goal ? 1 : 0, done: true };
    return { state: move === 'LEFT' ? place - 1 : place + 1, reward: -0.125 };
  },
  solved: (place, { goal }) => place === goal,
  observe: (place) => [place],
  legal: (place) => [...(place > 0 ? ['LEFT' as const] : []), ...(place < 4 ? ['RIGHT' as const] : []), 'STOP'],
  describe: ({ goal }) => `2 → ${goal}`,
};

test('a task for one lane becomes a whole one', () => {
  const task = scalarTask(walk);
  expect(task.vocabulary.map(({ kind }) => kind)).toEqual(['control', 'tool', 'tool', 'control']);
  expect(task.levels[1]).toEqual({ name: 'anywhere', goal: 'anywhere' });
  expect([task.start, task.padding, task.masked]).toEqual([0, 0, true]);
  expect(symbols(task, task.context({ level: 1, goal: 4 } as Walk))).toEqual(['RIGHT']);
  checkTask(task);
});

test('lanes step apart, rows speak of the lanes stepped, and limits end episodes', () => {
  const task = scalarTask(walk);
  const machine = task.machine(3);
  const out = stepOutput(task, 2);
  machine.reset(
    [
      { level: 1, goal: 0 },
      { level: 1, goal: 4 },
    ],
    out,
  );
  expect(Array.from(out.legal)).toEqual([0, 1, 1, 1, 0, 1, 1, 1]);
  machine.step(Int32Array.of(1, 0), Int32Array.of(2, 1), out); // lane 1 right, lane 0 left
  machine.step(Int32Array.of(1, 0), Int32Array.of(2, 1), out);
  expect(Array.from(out.observation)).toEqual([4, 0]);
  expect(Array.from(out.legal)).toEqual([0, 1, 0, 1, 0, 0, 1, 1]);
  expect(Array.from(out.reward)).toEqual([-0.125, -0.125]);
  expect(machine.solved(0)).toBe(false); // at the goal, but still running
  machine.step(Int32Array.of(0), Int32Array.of(3), out);
  expect([out.reward[0], out.discount[0], machine.solved(0)]).toEqual([1, 0, true]);
  machine.step(Int32Array.of(1), Int32Array.of(1), out);
  machine.step(Int32Array.of(1), Int32Array.of(2), out);
  expect([out.discount[0], machine.solved(1)]).toEqual([0, true]); // four tokens: the limit
  expect(machine.describe(1)).toEqual([['state', '4']]);
});

test('stepping a lane that does not run says why', () => {
  const task = scalarTask(walk);
  const machine = task.machine(2);
  const out = stepOutput(task, 2);
  machine.reset([{ level: 0, goal: 1 }], out);
  machine.step(Int32Array.of(0), Int32Array.of(3), out);
  const sentence = /lane 0 is not running: its episode has ended/;
  expect(() => machine.step(Int32Array.of(0), Int32Array.of(1), out)).toThrow(sentence);
  expect(() => machine.step(Int32Array.of(1), Int32Array.of(1), out)).toThrow(/reset put no problem there/);
});

test('a definition that contradicts itself is refused', () => {
  expect(() => scalarTask({ ...walk, symbols: ['GO', 'GO', 'LEFT', 'RIGHT', 'STOP'] })).toThrow(/stands twice/);
  expect(() => scalarTask({ ...walk, observation: [] })).toThrow(/come together/);
  const { kinds, observation, observe, legal, ...open } = walk;
  expect([kinds, observation, observe, legal]).not.toContain(undefined);
  const task = scalarTask(open);
  expect([task.masked, task.observation.length, task.vocabulary[3]!.kind]).toEqual([false, 0, 'tool']);
});

describe('labels', () => {
  const told: ScalarDefinition<Walk, number, Move> = {
    ...walk,
    labels: [
      { name: 'place', kind: 'state', values: ['0', '1', '2', '3', '4'], of: (place) => String(place) },
      {
        name: 'way to go',
        kind: 'state',
        values: ['left', 'right'],
        of: (place, { goal }) => (place === goal ? undefined : goal < place ? 'left' : 'right'),
      },
      {
        ...{ name: 'will turn', kind: 'plan', group: 'turns', values: ['no', 'yes'] },
        of: (_, __, toCome) => (toCome.includes('LEFT') && toCome.includes('RIGHT') ? 'yes' : 'no'),
      },
    ],
    structure: ({ goal }) => (goal < 2 ? 'west' : 'east'),
  };
  const [LEFT, RIGHT, STOP] = [1, 2, 3];

  test('are asked in the state before every token, with the tokens to come', () => {
    const { labels } = scalarTask(told);
    // From 2 by LEFT to 1, RIGHT to 2, RIGHT to 3, and STOP there, before the goal at 4.
    expect(labels!.of({ level: 1, goal: 4 } as Walk, [LEFT, RIGHT, RIGHT, STOP])).toEqual({
      values: [
        [2, 1, 2, 3], // 2, 1, 2, 3
        [1, 1, 1, 1], // right, all the way
        [1, 0, 0, 0], // LEFT and then RIGHT; from then on RIGHT alone, and STOP
      ],
      tokens: ['LEFT', 'RIGHT', 'RIGHT', 'STOP'],
    });
    // At the goal, 1, there is no way to go.
    expect(labels!.of({ level: 0, goal: 1 } as Walk, [LEFT, STOP]).values).toEqual([
      [2, 1],
      [0, -1],
      [0, 0],
    ]);
    expect(labels!.of({ level: 0, goal: 1 } as Walk, [])).toEqual({ values: [[], [], []], tokens: [] });
    expect(labels!.labels[2]).toEqual({
      ...{ name: 'will turn', kind: 'plan', group: 'turns', values: ['no', 'yes'] },
    });
    expect([1, 4].map((goal) => labels!.structure!({ level: 1, goal } as Walk))).toEqual(['west', 'east']);
  });

  test('and a structure keep the contract, together or by themselves', () => {
    checkTask(scalarTask(told));
    const { labels: _, ...structured } = told;
    const alone = scalarTask(structured).labels!;
    expect(alone.labels).toEqual([]);
    expect(alone.of({ level: 0, goal: 1 } as Walk, [LEFT, STOP])).toEqual({ values: [], tokens: ['LEFT', 'STOP'] });
    checkTask(scalarTask(structured));
    const { structure: __, ...labelled } = told;
    expect(scalarTask(labelled).labels!.structure).toBeUndefined();
    expect(scalarTask(walk).labels).toBeUndefined();
  });

  test('that answer with something else say so', () => {
    const [place] = told.labels!;
    const wrong = scalarTask({ ...walk, labels: [{ ...place!, values: ['0', '1', '2'] }] });
    const sentence = "task walk: label place is '3', which is not in its `values`";
    expect(() => wrong.labels!.of({ level: 1, goal: 4 } as Walk, [RIGHT, STOP])).toThrow(sentence);
    const one = scalarTask({ ...walk, labels: [{ ...place!, values: ['2'] }] });
    expect(() => checkTask(one)).toThrow(/has at least two values/);
  });
});
