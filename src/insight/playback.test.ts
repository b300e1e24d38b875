import { beforeAll, describe, expect, test } from 'vitest';
import { smallAgent, smallHeap } from '../../test/insight/smallSubject.ts';
import type { Agent } from '../agents/agent.ts';
import { Rollout } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import { Random } from '../core/random.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import { calculatorTask } from '../tasks/calculator/task.ts';
import { type DigitProblem, TOKEN } from '../tasks/digitProblem.ts';
import { createTask } from '../tasks/table.ts';
import type { Problem } from '../tasks/task.ts';
import { EpisodeTracer } from './episode.ts';
import type { Intervention } from './interventions.ts';
import { Playback } from './playback.ts';

const expressions = createTask('expressions', { operators: 4 });
const closed = createTask('expressions', { operators: 4, loop: 'closed' });
const calculator = calculatorTask();
let reader: Agent;
let looper: Agent;
let recurrent: Agent;

beforeAll(async () => {
  reader = smallAgent(await smallHeap(), expressions, 1);
  looper = smallAgent(await smallHeap(), closed, 1);
  recurrent = smallAgent(await smallHeap(), calculator, 1, { name: 'recurrent', hidden: 24, context: 'row' });
});

const some = (count: number, task = expressions): Problem[] => {
  const stream = Random.stream(5, 'task');
  return Array.from({ length: count }, (_, i) => task.sample(i % 4, 'train', stream.fold(i)));
};

test.each([
  ['open loop', () => reader, expressions],
  ['closed loop', () => looper, closed],
] as const)('left alone it comes to the bits of a rollout: %s', (_, agentOf, task) => {
  const agent = agentOf();
  const problems = some(24, task);
  const { key } = Random.stream(3, 'policy').state;
  const trajectories = new Trajectories(agent.heap, problems.length, task.programLimit);
  const rollout = new Rollout(task, agent, new WeightGradients(agent.heap), trajectories, 0, problems.length);
  rollout.run(problems, { choice: { kind: 'sample', key }, afterEnd: 'mask' });
  // Copies: memory grows under the views.
  const all = structuredClone(trajectories.arrays());
  const values = problems.map((): number[] => []);
  const played = new Playback(task, agent, problems.length).play(problems, {
    choice: { kind: 'sample', key },
    hooks: {
      record: (view) => {
        for (const [row, lane] of view.lanes.entries()) {
          values[lane]!.push(view.value(row));
          const chosen = view.probabilities(row)[view.token(row)]!;
          expect(Math.log(chosen)).toBeCloseTo(all.logProbs[lane * all.steps + view.step]!, 4);
          expect(view.attention(row)!.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
        }
      },
    },
  });
  for (const [lane, { program, solved }] of played.entries()) {
    const from = lane * all.steps;
    const to = from + all.lengths[lane]!;
    expect(program).toEqual([...all.tokens.subarray(from, to)]);
    expect(values[lane]).toEqual([...all.values.subarray(from, to)]);
    expect(solved).toBe(all.solved[lane] === 1);
  }
});

describe('interventions', () => {
  const observe = (problem: Problem, interventions: readonly Intervention[] = []) =>
    new EpisodeTracer(expressions, reader).observe(problem, { interventions });
  const [one, other] = ['x0 - x1 * x2', 'x2 * x1 + x0'].map((text) => expressions.parse!(text)) as [Problem, Problem];

  test('a forced token is taken, and what was likely instead is told', () => {
    const plain = observe(one);
    const second = plain.steps[0]!.probabilities.findIndex((p, id) => p > 0 && id !== plain.steps[0]!.id);
    const forced = observe(one, [{ kind: 'force', step: 0, token: second }]);
    expect(forced.steps[0]!.id).toBe(second);
    expect(forced.steps[0]!.probabilities).toEqual(plain.steps[0]!.probabilities);
  });

  test('a banned token has no probability, from its step on', () => {
    const plain = observe(one);
    const banned = plain.steps[0]!.id;
    const without = observe(one, [{ kind: 'ban', step: 0, token: banned }]);
    expect(without.steps.every(({ probabilities }) => probabilities[banned] === 0)).toBe(true);
    const later = observe(one, [{ kind: 'ban', step: 1, token: banned }]);
    expect(later.steps[0]).toEqual(plain.steps[0]);
  });

  test('where nothing may be chosen the episode ends, unsolved', () => {
    const all = expressions.vocabulary.map((_, token): Intervention => ({ kind: 'ban', step: 1, token }));
    expect(observe(one, all)).toMatchObject({ solved: false, program: [observe(one).program[0]] });
  });

  test('state and context of another problem, from the start, make it play that problem', () => {
    const swapped = observe(one, [{ kind: 'context', step: 0, how: 'swap', problem: other }]);
    const donor = observe(other);
    expect(swapped.initial).toEqual(donor.initial);
    expect(swapped.program).toEqual(donor.program);
    expect(swapped.steps.map(({ state }) => state)).toEqual(donor.steps.map(({ state }) => state));
  });

  test('its own state and context change nothing; another’s state does', () => {
    const plain = observe(one);
    const twin = { ...one };
    const own = observe(one, [
      { kind: 'state', step: 1, how: 'swap', problem: twin },
      { kind: 'context', step: 2, how: 'swap', problem: twin },
    ]);
    expect(own).toEqual(plain);
    const moved = observe(one, [{ kind: 'state', step: 1, how: 'swap', problem: other }]);
    expect(moved.steps[1]!.state).toEqual(observe(other).steps[1]!.state);
    expect(moved.steps[1]!.probabilities).not.toEqual(plain.steps[1]!.probabilities);
  });

  test('hidden and steered', () => {
    const blind = observe(one, [{ kind: 'context', step: 0, how: 'hide' }]);
    expect(blind.initial.every((value) => value === 0)).toBe(true);
    expect(observe(other, [{ kind: 'context', step: 0, how: 'hide' }]).steps[0]!.state).toEqual(blind.steps[0]!.state);
    const zero = observe(one, [{ kind: 'state', step: 1, how: 'hide' }]);
    expect(zero.steps[1]!.state.every((value) => value === 0)).toBe(true);
    const direction = new Float32Array(32).fill(1);
    const steered = observe(one, [{ kind: 'steer', step: 0, direction, strength: 0.5 }]);
    expect(steered.steps[0]!.state[7]).toBeCloseTo(observe(one).steps[0]!.state[7]! + 0.5, 6);
  });

  test('a memory is emptied or changed, on the machine and for people', () => {
    const { MUL, ADD, STO, RCL, ANS, SUB } = TOKEN;
    const tracer = new EpisodeTracer(calculator, recurrent);
    const problem: DigitProblem = { level: 2, digits: [3, 4, 5, 6, 7] };
    const force = [MUL, ADD, STO, MUL, RCL, SUB, ANS].map(
      (token, step): Intervention => ({ kind: 'force', step, token }),
    );
    const play = (...more: Intervention[]) => tracer.observe(problem, { interventions: [...force, ...more] });
    const memory = (state: readonly (readonly [string, string])[]) => Object.fromEntries(state).memory;
    expect(play().solved).toBe(true);
    expect(memory(play().steps[3]!.before)).toBe('17');
    const emptied = play({ kind: 'memory', step: 3, how: 'empty' });
    expect(emptied.solved).toBe(false);
    expect(memory(emptied.steps[3]!.before)).toBe('–');
    const changed = play({ kind: 'memory', step: 3, how: 'change' });
    expect(changed.solved).toBe(false);
    expect(memory(changed.steps[3]!.before)).toBe('18');
  });

  test('an emptied stack shows, and forbids what needs it', () => {
    const id = (symbol: string) => expressions.vocabulary.findIndex((token) => token.symbol === symbol);
    const force = ['x1', '*', 'x2', 'STO', 'x0', '-'].map(
      (symbol, step): Intervention => ({ kind: 'force', step, token: id(symbol) }),
    );
    const played = (how: 'empty' | 'change') => observe(one, [...force, { kind: 'memory', step: 6, how }]);
    // With nothing left to recall and no operand left, no key can be pressed.
    expect(played('empty').program).toHaveLength(6);
    expect(played('change').steps[6]!.before).toContainEqual(['stack', '?']);
    expect(played('change')).toMatchObject({ solved: false });
  });

  test('what cannot be done is said', () => {
    const routes = createTask('routes');
    expect(routes.machine(1).tamper).toBeUndefined();
    expect(() => observe(one, [{ kind: 'force', step: 0, token: 99 }])).toThrow(
      'token to force: expected a token id from 0 to 25, received 99',
    );
  });
});
