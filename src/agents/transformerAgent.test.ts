import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { Evaluator } from '../evaluation/accuracy.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { Heap } from '../network/heap.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import { expressionsTask } from '../tasks/expressions/task.ts';
import type { Task } from '../tasks/task.ts';
import { Rollout } from './rollout.ts';
import { Trajectories } from './trajectories.ts';
import { TransformerAgent } from './transformerAgent.ts';

const CONFIG = { name: 'transformer', hidden: 16, layers: 2, heads: 2, inner: 20, level: true } as const;

/** An agent of random weights. */
async function agentFor(task: Task): Promise<TransformerAgent> {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const agent = new TransformerAgent(heap, task, CONFIG);
  agent.parameters.initialise(Random.stream(3, 'initialisation'));
  agent.prepare();
  return agent;
}

const free = expressionsTask({ operators: 2, mask: false });

/** The logits of each step of a program for `x0 * (x1 - x2)`. */
async function logitsOf(program: readonly number[], limit: number): Promise<string[]> {
  const agent = await agentFor(free);
  const trajectories = new Trajectories(agent.heap, 1, free.programLimit);
  const rollout = new Rollout(free, agent, new WeightGradients(agent.heap), trajectories, 0, 1);
  const choice = { kind: 'forced', programs: [program] } as const;
  rollout.run([free.parse('x0 * (x1 - x2)')], { choice, afterEnd: 'mask', limit });
  const { vocabulary } = agent.policy;
  return rollout.steps.map(({ policy }) => String(agent.heap.floats(policy.logits.at, vocabulary)));
}

test('what is said depends on what came before, not on what comes later or how long it may go on', async () => {
  const [first, otherEnd] = [await logitsOf([1, 11, 2, 12], 4), await logitsOf([1, 11, 2, 10], 4)];
  expect(otherEnd).toEqual(first);
  expect(await logitsOf([1, 11, 2, 12], 3)).toEqual(first.slice(0, 3));
  const otherStart = await logitsOf([0, 11, 2, 12], 4);
  expect(otherStart[0]).toBe(first[0]);
  for (const step of [1, 2, 3]) expect(otherStart[step], `step ${step}`).not.toBe(first[step]);
});

test('contexts and programs longer than the agent has positions for are played', async () => {
  const task = expressionsTask({ operators: 2 });
  const agent = await agentFor(task);
  const longer = task.extended();
  const random = Random.stream(3, 'task');
  const problems = Array.from({ length: 30 }, (_, i) => longer.sample(7, 'train', random.fold(i)));
  const outcomes = new Evaluator(longer, agent).play(problems, { kind: 'sample', random });
  expect(Math.max(...problems.map((problem) => longer.context(problem).length))).toBeGreaterThan(task.contextLimit);
  expect(Math.max(...outcomes.map(({ program }) => program.length))).toBeGreaterThan(task.programLimit);
  expect(outcomes.every(({ logProb }) => Number.isFinite(logProb))).toBe(true);
});

test('what the machine shows is part of the sequence, and learnt from what is chosen after it', async () => {
  const task = expressionsTask({ operators: 2, loop: 'closed' });
  const agent = await agentFor(task);
  const { heap, parameters } = agent;
  const trajectories = new Trajectories(heap, 8, task.programLimit);
  const weights = new WeightGradients(heap);
  const rollout = new Rollout(task, agent, weights, trajectories, 0, 8);
  const random = Random.stream(3, 'task');
  const problems = Array.from({ length: 8 }, (_, lane) => task.sample(1, 'train', random.fold(lane)));
  const programs = problems.map((problem) => task.teach(problem)!);
  rollout.run(problems, { choice: { kind: 'forced', programs }, afterEnd: 'mask' });
  trajectories.arrays().weights.fill(1);
  const gradients = heap.allocate(parameters.total * 4);
  rollout.backward(gradients, { entropyWeight: 0, uniformWeight: 0 });
  weights.flush();
  const seen = parameters.export(gradients).filter(({ name }) => name.startsWith('obs_emb'));
  expect(seen).toHaveLength(task.observation.length);
  for (const { data, name } of seen)
    expect(
      data.some((value) => value !== 0),
      name,
    ).toBe(true);
});
