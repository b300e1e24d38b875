import { beforeAll, expect, test } from 'vitest';
import { ActorCritic } from '../agents/actorCritic.ts';
import { Rollout } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import { Random } from '../core/random.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { Heap } from '../network/heap.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import { calculatorTask } from '../tasks/calculator/task.ts';
import { type DigitProblem, TOKEN } from '../tasks/digitProblem.ts';
import { EpisodeTracer, type MachineState } from './episode.ts';

const { MUL, ADD, ANS, STO } = TOKEN;
const task = calculatorTask();
const problemOf = (...digits: number[]): DigitProblem => ({ level: digits.length - 3, digits });
let agent: ActorCritic;
beforeAll(async () => {
  agent = new ActorCritic(new Heap(await loadKernels({ shared: false, wideTiles: false })), task, {
    name: 'recurrent',
    hidden: 24,
    context: 'row',
  });
  agent.parameters.initialise(Random.stream(1, 'initialisation'));
  agent.prepare();
});

const accumulator = (state: MachineState) => Object.fromEntries(state).accumulator;

test('a forced episode shows the machine before and after each token', () => {
  const problem = problemOf(3, 4, 5);
  const episode = new EpisodeTracer(task, agent).trace(problem, { program: [MUL, ADD, ANS] });
  expect(episode).toMatchObject({
    level: 0,
    name: 'add',
    problem: '3·4 + 5 = 17',
    context: ['3', '4', '5', '[CTX]', '[EOS]', '[EOS]'],
    program: ['[MUL]', '[ADD]', '[ANS]'],
    solved: true,
    reward: 2,
  });
  expect(episode.steps.map(({ before, after }) => [accumulator(before), accumulator(after)])).toEqual([
    ['–', '12'],
    ['12', '17'],
    ['17', '17'],
  ]);
  expect(episode.steps.map(({ reward }) => reward)).toEqual([0, 0, 2]);
});

test('probabilities, values and entropies are those that training sees', () => {
  const problem = problemOf(3, 4, 5, 6, 7);
  const program = [MUL, STO, MUL, ADD, ANS];
  const { steps } = new EpisodeTracer(task, agent).trace(problem, { program, top: 99 });
  const trajectories = new Trajectories(agent.heap, 1, task.programLimit);
  const rollout = new Rollout(task, agent, new WeightGradients(agent.heap), trajectories, 0, 1);
  rollout.run([problem], { choice: { kind: 'forced', programs: [program] }, afterEnd: 'mask', limit: 5 });
  const { entropies, logProbs, values } = trajectories.arrays();
  for (const [t, { entropy, probability, token, top, value }] of steps.entries()) {
    expect(Math.log(probability)).toBeCloseTo(logProbs[t]!, 5);
    expect([value, entropy]).toEqual([values[t], entropies[t]]);
    const all = top.map((candidate) => candidate.probability);
    expect(all).toHaveLength(18);
    expect(all.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
    expect(all.reduce((sum, share) => sum - share * Math.log(share), 0)).toBeCloseTo(entropy, 4);
    expect(all.toSorted((a, b) => b - a)).toEqual(all);
    expect(top.find((candidate) => candidate.token === token)!.probability).toBe(probability);
  }
});

test('a greedy episode chooses the most probable token each time, until its end', () => {
  const tracer = new EpisodeTracer(task, agent);
  const { program, steps } = tracer.trace(problemOf(1, 2, 3, 4));
  expect(steps.map(({ top }) => top[0]!.token)).toEqual(program);
  expect(steps.every(({ top }) => top.length === 3)).toBe(true);
  expect(program.length === 8 || program.at(-1) === '[ANS]').toBe(true);
  expect(tracer.trace(problemOf(1, 2, 3, 4)).steps).toEqual(steps);
});

test('a program that goes on after its answer ends there; one without an answer is not solved', () => {
  const tracer = new EpisodeTracer(task, agent);
  const problem = problemOf(3, 4, 5);
  expect(tracer.trace(problem, { program: [MUL, ANS, ADD, ADD] }).program).toEqual(['[MUL]', '[ANS]']);
  expect(tracer.trace(problem, { program: [MUL, ADD] })).toMatchObject({ solved: false, reward: 0 });
});

test.each([[[]], [[18]], [[-1]], [[1.5]], [new Array(9).fill(ADD)]])('%j is no program', (program) => {
  expect(() => new EpisodeTracer(task, agent).trace(problemOf(1, 2, 3), { program })).toThrow(
    'program: expected 1 to 8 token ids from 0 to 17',
  );
});
