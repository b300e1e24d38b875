// Recomputes PyTorch's reference data for an agent that reads problems of all lengths, through the path that training
// takes: lanes that end at different tokens, masks, normalised advantages, hindsight.

import type { AgentConfig } from '../agents/createAgent.ts';
import { type A2cConfig, a2c } from '../algorithms/a2c.ts';
import { imitate } from '../algorithms/imitation.ts';
import { discountedReturns } from '../algorithms/returns.ts';
import { Random } from '../core/random.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { platform } from '../kernels/platform.ts';
import { Heap } from '../network/heap.ts';
import type { Tensor } from '../network/tape.ts';
import { Learner } from '../training/learner.ts';
import { type GoldenProblem, goldenTask } from './goldenTask.ts';
import { type Comparison, FORWARD_LIMIT, GRADIENT_LIMIT, type Reference, relativeError } from './reference.ts';

/**
 * Compares everything in a `group` of a file of episodes. @param limits the task's, of a context and of a program, where
 * the agent has positions; a program of the file may be longer.
 */
export async function verifyAgent(
  reference: Reference,
  group: string,
  agent: Exclude<AgentConfig, { name: 'recurrent' }>,
  limits: { readonly context?: number; readonly program?: number } = {},
): Promise<Comparison[]> {
  const { hidden } = agent;
  const vocabulary = reference.setting('vocabulary');
  const { problems, programs, steps } = episodes(reference, vocabulary);
  const batch = problems.length;
  const task = goldenTask({
    vocabulary,
    levels: reference.setting('levels'),
    program: limits.program ?? steps,
    ...(limits.context ? { context: limits.context } : {}),
    start: reference.setting('start'),
    padding: reference.setting('padding'),
    operands: reference.tensor('operands').data,
    masked: true,
  });
  const hindsight = reference.setting('hindsight_coef');
  const config = recipe(reference);
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: platform().wideTiles }));
  const learner = new Learner(heap, task, { agent, batch, hindsight: { weight: hindsight } });
  const { parameters } = learner.agent;
  const lines: Comparison[] = [];
  const compare = (name: string, actual: ArrayLike<number>, limit = FORWARD_LIMIT): void => {
    const error = relativeError(actual, reference.tensor(`${group}/${name}`).data);
    lines.push({ group: `${group}/${name}`, error, limit });
  };

  parameters.import((name) => reference.floats(`${group}/param/${name}`));
  learner.agent.prepare();
  learner.rollOut(
    0,
    (lane) => problems[lane]!,
    () => ({ choice: { kind: 'forced', programs }, afterEnd: 'mask' }),
  );
  learner.lookBack(0, Random.stream(0, 'hindsight'));
  learner.replayExamples(0);

  const rollout = learner.rollout(0);
  const row = ({ at, width }: Tensor, index: number, columns: number): Float32Array =>
    heap.floats(at + index * width, columns);
  const initial = (): number[] =>
    Array.from({ length: batch }, (_, lane) => [...row(rollout.initial!, lane, hidden)]).flat();
  const states = new Float32Array(batch * steps * hidden);
  const logits = new Float32Array(batch * steps * vocabulary);
  for (const [t, { lanes, policy, state }] of rollout.steps.entries()) {
    for (const [index, lane] of lanes.entries()) {
      const cell = lane * steps + t;
      states.set(row(state, index, hidden), cell * hidden);
      const legal = (_: number, token: number): boolean => problems[lane]!.legal![t * vocabulary + token] === 1;
      const masked = row(policy.logits, index, vocabulary).map((logit, token) => (legal(logit, token) ? logit : 0));
      logits.set(masked, cell * vocabulary);
    }
  }
  const arrays = learner.trajectories.arrays();
  const { discounts, lengths, rewards } = arrays;
  /** Of the cells that count: what lies beyond an episode's end is left from before. */
  const counted = (cells: Float32Array): Float32Array =>
    cells.map((value, cell) => (cell % steps < lengths[Math.floor(cell / steps)]! ? value : 0));
  const returns = new Float32Array(batch * steps);
  discountedReturns(rewards, discounts, lengths, steps, config.discount, returns);
  if (agent.name === 'pointer') compare('h0', initial());
  compare('states', states);
  compare('logits', logits);
  compare('values', counted(arrays.values));
  compare('logp', counted(arrays.logProbs));
  compare('entropy', counted(arrays.entropies));
  compare('returns', returns);

  const losses = a2c(arrays, config, 0);
  const { crossEntropy } = imitate(learner.examples.arrays(), hindsight, reference.setting('by_advantage') === 1);
  compare('pg', [losses.policyLoss]);
  compare('value_loss', [losses.valueLoss]);
  compare('entropy_mean', [losses.entropy]);
  compare('hindsight', [crossEntropy]);

  learner.runBack(0, losses);
  const norm = learner.finish();
  const errors = parameters
    .export(learner.gradients[0]!)
    .map(({ data, name }) => relativeError(data, reference.tensor(`${group}/grad/${name}`).data));
  lines.push({ group: `${group}/grad`, error: Math.max(...errors), limit: GRADIENT_LIMIT });
  compare('grad_norm', [norm], GRADIENT_LIMIT);
  return lines;
}

function recipe(reference: Reference): A2cConfig {
  const constant = (name: string) => ({ from: reference.setting(name), to: reference.setting(name), over: 0 });
  return {
    baseline: 'step',
    discount: reference.setting('discount'),
    lambda: 1,
    policyMean: 'token',
    valueWeight: reference.setting('value_coef'),
    entropy: constant('entropy_coef'),
    uniform: constant('uniform_coef'),
    normaliseAdvantages: true,
  };
}

/** The problems of the file, each with hindsight's example where it has one, and the programs written for them. */
function episodes(reference: Reference, vocabulary: number) {
  const batch = problemsOf(reference, 'in', vocabulary);
  const examples = problemsOf(reference, 'example', vocabulary);
  const lanes = Array.from(reference.tensor('example/lane').data);
  const problems = batch.problems.map((problem, lane): GoldenProblem => {
    const at = lanes.indexOf(lane);
    if (at < 0) return problem;
    return { ...problem, example: { problem: examples.problems[at]!, program: examples.programs[at]! } };
  });
  return { problems, programs: batch.programs, steps: Math.max(batch.steps, examples.steps) };
}

function problemsOf(reference: Reference, prefix: string, vocabulary: number) {
  const contexts = reference.tensor(`${prefix}/ctx`);
  const actions = reference.tensor(`${prefix}/actions`);
  const legal = reference.tensor(`${prefix}/legal`).data;
  const [count, longest] = contexts.shape as [number, number];
  const steps = actions.shape[1]!;
  const column = (name: string): ArrayLike<number> => reference.tensor(`${prefix}/${name}`).data;
  const [contextLengths, levels, lengths] = [column('ctx_length'), column('level'), column('length')];
  const rewards = column('rewards');
  const part = (data: ArrayLike<number>, from: number, length: number): number[] =>
    Array.from({ length }, (_, i) => data[from + i]!);
  const lanes = Array.from({ length: count }, (_, lane) => lane);
  const problems = lanes.map(
    (lane): GoldenProblem => ({
      level: levels[lane]!,
      context: part(contexts.data, lane * longest, contextLengths[lane]!),
      rewards: part(rewards, lane * steps, lengths[lane]!),
      legal: part(legal, lane * steps * vocabulary, lengths[lane]! * vocabulary),
    }),
  );
  return { problems, programs: lanes.map((lane) => part(actions.data, lane * steps, lengths[lane]!)), steps };
}
