import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { checkTask } from '../conformance.ts';
import { breaks } from '../faults.ts';
import { createTask } from '../table.ts';
import { type Problem, stepOutput, symbols, type Task } from '../task.ts';
import { splitOf } from './fingerprint.ts';
import type { RouteProblem } from './graph.ts';
import { isTrap } from './greedy.ts';
import { type RoutesOptions, routesOptions } from './options.ts';
import { planOf } from './plan.ts';
import { MOST_REGRET } from './study.ts';
import { routesTask } from './task.ts';
import { VOCABULARY, VOCABULARY_SIZE } from './vocabulary.ts';

const trainable = (problem: Problem) => splitOf(problem as RouteProblem) === 'train';

/** C is the cheap first step and a dear way, D the cheapest way; E leads nowhere. */
const TEXT = 'A>C 1, C>B 9, A>D 4, D>B 2, B>A 1, A>E 2: A>B';

const ids = (text: string): number[] =>
  text.split(' ').map((symbol) => VOCABULARY.findIndex((token) => token.symbol === symbol));

/** Plays `program` on a problem and answers what each token led to. */
function play(problem: RouteProblem, program: readonly number[], options: Partial<RoutesOptions> = {}) {
  const task = routesTask(options);
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([problem], out);
  const steps = program.map((token) => {
    machine.step(Int32Array.of(0), Int32Array.of(token), out);
    const legal = VOCABULARY.filter((_, id) => out.legal[id] === 1).map(({ symbol }) => symbol);
    return { reward: out.reward[0]!, discount: out.discount[0], observed: Array.from(out.observation), legal };
  });
  return { steps, last: steps.at(-1)!, solved: machine.solved(0), describe: machine.describe(0) };
}

test.each([
  {},
  { links: 1, places: 5 },
  { think: 8, thinkPrice: 0.01 },
  { failing: true },
  { failing: true, mask: true, partial: 0.3 },
  { failing: true, think: 2, places: 7, links: 5 },
] satisfies Partial<RoutesOptions>[])('the contract holds under %o', (options) => {
  checkTask(routesTask(options) as Task, { problems: 3, trainable });
});

test('options have their defaults, and the table knows the task', () => {
  expect(routesOptions.parse({})).toEqual({
    places: 10,
    links: 3,
    failing: false,
    mask: false,
    partial: 0,
    think: 0,
    thinkPrice: 0,
  });
  expect(createTask('routes', { links: 2 }).levels.map(({ name }) => name)).toEqual(['links=1', 'links=2']);
  expect(() => createTask('routes', { links: 5, places: 6 })).toThrow(
    'expected at most the places less two, received 5',
  );
  expect(routesTask({ places: 5 }).extended!().levels).toHaveLength(3);
  expect(() => createTask('routes', { think: 9 })).toThrow('expected at most 8, received 9');
  expect(VOCABULARY).toHaveLength(VOCABULARY_SIZE);
});

test('the cheapest route is paid in full, a dearer one by its share, a missing link not at all', () => {
  const task = routesTask();
  const problem = task.parse!(TEXT);
  expect(problem.level).toBe(1);
  expect(symbols(task, task.context(problem)).join(' ')).toBe('A> C 1 C> B 9 A> D 4 D> B 2 B> A 1 A> E 2 A> B ?');
  expect(task.describe(problem)).toBe(TEXT);
  const best = play(problem, ids('D B'));
  expect([best.solved, best.last.reward, best.last.discount]).toEqual([true, 1, 0]);
  expect(best.steps[0]).toMatchObject({ reward: 0, discount: 1, observed: [] });
  expect(best.steps[0]!.legal).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J']);
  expect(best.describe).toEqual([
    ['place', 'B'],
    ['paid', '6'],
  ]);
  const dear = play(problem, ids('C B'));
  expect([dear.solved, dear.last.reward]).toEqual([false, Math.fround(6 / 10)]);
  for (const missing of ['B', 'A', 'E F', 'C D', 'D [PAD]']) {
    const lost = play(problem, ids(missing));
    expect([lost.solved, lost.last.reward, lost.last.discount], missing).toEqual([false, 0, 0]);
  }
});

test('shaping pays for the part of the way that lies behind', () => {
  const problem = routesTask().parse!(TEXT);
  const reward = (program: string) => play(problem, ids(program), { partial: 0.3 }).last.reward;
  // 6 to go, 2 from D, 9 from C, and no way from E.
  expect(['D J', 'C J', 'E J', 'J'].map(reward)).toEqual([Math.fround(0.3 * (1 - 2 / 6)), 0, 0, 0]);
  expect([reward('D B'), reward('C B')]).toEqual([1, Math.fround(6 / 10)]);
});

test('a mask leaves the places that an open link leads to', () => {
  const legal = (text: string, program: string, failing = false) => {
    const options = { mask: true, failing };
    const { steps } = play(routesTask(options).parse!(text), ids(program), options);
    return steps.map((step) => step.legal.join(''));
  };
  expect(legal(TEXT, 'C B')).toEqual(['B', VOCABULARY.map(({ symbol }) => symbol).join('')]);
  expect(legal('A>C 1, C>A 2, C>B 9: A>B', 'C A')).toEqual(['AB', 'C']);
  // E leads nowhere: something has to be chosen, and ends the episode.
  expect(legal(TEXT, 'E')).toEqual(['ABCDEFGHIJ']);
});

test('a place may be visited again, until the tries run out', () => {
  const problem = routesTask().parse!('A>C 1, C>A 1, A>B 2: A>B');
  const once = play(problem, ids('C A B'));
  expect([once.solved, once.last.reward]).toEqual([false, 2 / 4]);
  const round = play(problem, ids('C A C A C A C A C'));
  expect(round.steps.map(({ discount }) => discount)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0]);
  expect([round.solved, round.last.reward]).toEqual([false, 0]);
});

test('THINK does nothing to the machine, up to its limit and for its price', () => {
  const problem = routesTask().parse!(TEXT);
  const options = { think: 2, thinkPrice: 0.125 };
  const thought = play(problem, ids('THINK D THINK B'), options);
  expect(thought.solved).toBe(true);
  expect(thought.steps.map(({ reward }) => reward)).toEqual([-0.125, 0, -0.125, 1]);
  expect(thought.steps.map(({ legal }) => legal.includes('THINK'))).toEqual([true, true, false, true]);
  const once = play(problem, ids('THINK THINK THINK'), options);
  expect(once.steps.map(({ discount }) => discount)).toEqual([1, 1, 0]);
  expect(play(problem, ids('THINK')).last.discount).toBe(0);
});

test('a link that fails costs its price, is closed, and is seen; luck is no merit', () => {
  const options = { failing: true };
  const task = routesTask(options);
  const text = 'A>B 2 50%, A>C 3, C>B 4, B>A 1: A>B';
  const parsed = task.parse!(text);
  expect(task.describe(parsed)).toBe(text);
  expect(symbols(task, task.context(parsed)).slice(0, 8).join(' ')).toBe('A> B 2 50% A> C 3 0%');
  const withLuck = (fails: boolean): RouteProblem => {
    for (let word = 0; ; word++) {
      const chance = [word, 0] as const;
      if (breaks(chance, 0, 0.5) === fails) return { ...parsed, chance };
    }
  };
  const lucky = play(withLuck(false), ids('B'), options);
  expect([lucky.solved, lucky.last.reward]).toEqual([true, 1]);
  const unlucky = play(withLuck(true), ids('B C B'), options);
  expect(unlucky.steps.map(({ observed }) => observed)).toEqual([
    [0, 2],
    [2, 1],
    [1, 1],
  ]);
  expect(unlucky.describe.slice(1)).toEqual([
    ['paid', '9'],
    ['closed', 'A>B'],
  ]);
  // Nothing was chosen that the optimum would not choose.
  expect([unlucky.solved, unlucky.last.reward]).toEqual([true, 1]);
  expect(play(withLuck(true), ids('B B'), options).last).toMatchObject({ reward: 0, discount: 0 });
  // By C from the start: 7 instead of the 5.5 to be expected.
  const careful = play(withLuck(false), ids('C B'), options);
  expect([careful.solved, careful.last.reward]).toEqual([false, Math.fround(5.5 / 7)]);
});

test('half of the problems are traps, and every problem is of its level and split', () => {
  for (const failing of [false, true]) {
    const task = routesTask({ failing });
    const random = Random.stream(7, 'task');
    for (const split of ['train', 'validation', 'test'] as const) {
      const problems = Array.from({ length: 200 }, (_, i) => task.sample(i % 3, split, random));
      const traps = problems.filter((problem) => isTrap(problem, planOf(problem))).length;
      expect(Math.abs(traps - 100)).toBeLessThan(30);
      for (const problem of problems) {
        expect(splitOf(problem)).toBe(split);
        expect(planOf(problem).hops(problem.start)).toBe(problem.level + 1);
        expect(problem.links.some(({ risk }) => risk > 0) && !failing).toBe(false);
      }
    }
  }
});

test('hindsight: the longest beginning that is a cheapest route to where it ends', () => {
  const task = routesTask();
  const problem = task.parse!('A>C 1, C>B 9, C>E 1, A>D 4, D>B 2: A>B');
  const goals = (program: string) => {
    const example = task.hindsight!(problem, ids(program), Random.stream(0, 'hindsight'));
    return example && [symbols(task, [example.problem.goal]).join(), symbols(task, example.program).join(' ')];
  };
  const held = (name: string) => splitOf({ ...problem, goal: ids(name)[0]! }) !== 'train';
  expect(['C', 'D', 'E'].map(held)).toEqual([false, false, false]);
  expect(goals('C E J')).toEqual(['E', 'C E']);
  expect(goals('D B E')).toBeUndefined(); // solved before its end
  expect(goals('C B')).toBeUndefined(); // cheapest to C alone, which is one link
  expect(goals('D B')).toBeUndefined(); // solved
  expect(goals('J')).toBeUndefined(); // no link at all
});

test('regret is relative to the optimum, and the players pay what they should', () => {
  const { baselines, regret, verdicts } = routesTask().study!;
  const problem = routesTask().parse!(TEXT);
  expect(['D B', 'C B', 'E F'].map((program) => regret!.of(problem, ids(program)))).toEqual([0, 4 / 6, MOST_REGRET]);
  expect(verdicts!(problem, ids('C B'))).toEqual({ arrived: true });
  expect(verdicts!(problem, ids('C'))).toEqual({ arrived: false });
  const [random, greedy, exact] = baselines!;
  expect(greedy!.play(problem, Random.stream(0, 'task'))).toEqual({
    solved: false,
    reward: Math.fround(6 / 10),
    regret: 4 / 6,
    ended: true,
  });
  expect(exact!.play(problem, Random.stream(0, 'task'))).toEqual({ solved: true, reward: 1, regret: 0, ended: true });
  const plays = Array.from({ length: 3000 }, (_, i) => random!.play(problem, Random.stream(1, 'task').fold(i)));
  const share = plays.filter(({ solved }) => solved).length / 3000;
  // One of three ways, by C, D and E, is the cheapest.
  expect(Math.abs(share - 1 / 3)).toBeLessThan(0.03);
});

test('a person’s own problem', () => {
  const { parse } = routesTask({ links: 2 });
  for (const [text, message] of [
    ['A>B 3', 'expected links, a colon, start and goal'],
    ['A>B 10: A>B', 'expected links as in "A>B 3", received "A>B 10"'],
    ['A>B 3, A>B 4: A>B', 'expected each link once'],
    ['A>B 3: B>A', 'expected a goal within reach'],
    ['A>B 3: A>A', 'expected a goal that is not the start'],
    ['A>B 3 25%: A>B', 'expected sure links'],
    ['A>B 3, B>C 1, C>D 1: A>D', 'expected 1 to 2 links on the cheapest route, received 3'],
  ] as const) {
    expect(() => parse!(text), text).toThrow(message);
  }
  expect(() => parse!('A>B 3: A>B', 1)).toThrow('expected 2 links');
  const failing = routesTask({ failing: true }).parse!;
  expect(() => failing('A>B 3 50%, B>A 1: A>B')).toThrow('expected a way of sure links');
});
