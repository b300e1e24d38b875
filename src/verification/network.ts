// Recomputes PyTorch's reference data for the actor-critic through the path that training takes.

import type { ContextView } from '../agents/actorCritic.ts';
import { type A2cConfig, a2c } from '../algorithms/a2c.ts';
import type { Safetensors } from '../formats/safetensors.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { platform } from '../kernels/platform.ts';
import { Heap } from '../network/heap.ts';
import { adamStep, clipFactor } from '../network/optimiser.ts';
import type { NamedArray } from '../network/parameters.ts';
import { Learner } from '../training/learner.ts';
import { goldenTask } from './goldenTask.ts';
import { type Comparison, FORWARD_LIMIT, GRADIENT_LIMIT, Reference, relativeError } from './reference.ts';

const ADAM_LIMIT = 1e-6;
/** After three steps: the share of entries within `close`, and all within `far` (Adam amplifies tiny gradients). */
const AFTER = { share: 0.999, close: 2e-5, far: 2e-3 };
const STEPS = 3;
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const CONTEXT_TOKEN = 10;

/** Nothing until the last of `steps` tokens. */
const rewardsOf = (steps: number, last: number): number[] => [...new Array<number>(steps - 1).fill(0), last];

/** Compares everything in an `actor-critic.safetensors`; sizes come from the file. */
export async function verifyNetwork(file: Safetensors): Promise<Comparison[]> {
  const reference = new Reference(file);
  const published = await verifyView(reference, 'published', 'batch');
  return [...published, ...(await verifyView(reference, 'intended', 'padded'))];
}

async function verifyView(reference: Reference, group: string, context: ContextView): Promise<Comparison[]> {
  const hidden = reference.setting('hidden');
  const { data: ctx, shape } = reference.tensor('in/ctx');
  const [batch, longest] = shape as [number, number];
  const actions = reference.tensor('in/actions');
  const program = actions.shape[1]!;
  const levels = reference.setting('stages');
  const vocabulary = reference.setting('vocabulary');
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: platform().wideTiles }));
  const task = goldenTask({ vocabulary, levels, program, start: CONTEXT_TOKEN });
  const learner = new Learner(heap, task, {
    agent: { name: 'recurrent', hidden, context },
    batch,
    hindsight: { weight: 0 },
  });
  const { parameters } = learner.agent;
  const row = (data: ArrayLike<number>, width: number, i: number) => Array.from(data).slice(i * width, (i + 1) * width);
  const returns = reference.tensor('in/returns').data;
  const stages = reference.tensor('in/stage').data;
  const problem = (lane: number) => ({
    level: stages[lane]!,
    context: row(ctx, longest, lane),
    rewards: rewardsOf(program, returns[lane]!),
  });
  const programs = Array.from({ length: batch }, (_, lane) => row(actions.data, program, lane));
  const adam = { rate: reference.setting('lr'), ...ADAM };
  const clip = reference.setting('clip');
  const entropyWeight = reference.setting('entropy_coef');
  const config: A2cConfig = {
    baseline: 'summed',
    discount: 1,
    lambda: 1,
    policyMean: 'episode',
    valueWeight: reference.setting('value_coef'),
    entropy: { from: entropyWeight, to: entropyWeight, over: 0 },
    uniform: { from: 0, to: 0, over: 0 },
    normaliseAdvantages: false,
  };
  const lines: Comparison[] = [];
  const compare = (name: string, actual: ArrayLike<number>, limit: number): void => {
    const error = relativeError(actual, reference.tensor(`${group}/${name}`).data);
    lines.push({ group: `${group}/${name}`, error, limit });
  };
  const compareAll = (name: string, actual: readonly NamedArray[], limit: number): void => {
    const errors = actual.map((tensor) =>
      relativeError(tensor.data, reference.tensor(`${group}/${name}/${tensor.name}`).data),
    );
    lines.push({ group: `${group}/${name}`, error: Math.max(...errors), limit });
  };

  parameters.import((name) => reference.floats(`param/${name}`));
  for (let step = 0; step < STEPS; step++) {
    learner.agent.prepare();
    learner.rollOut(0, problem, () => ({ choice: { kind: 'forced', programs }, afterEnd: 'train' }));
    const arrays = learner.trajectories.arrays();
    const losses = a2c(arrays, config, step);
    if (step === 0) {
      const rollout = learner.rollout(0);
      const unpadded = (at: number, width: number, columns: number): number[] => {
        const floats = heap.floats(at, (batch * width) / 4);
        return Array.from({ length: batch * columns }, (_, i) => {
          return floats[Math.floor(i / columns) * (width / 4) + (i % columns)]!;
        });
      };
      const logits = new Float32Array(batch * program * vocabulary);
      for (const [t, { policy }] of rollout.steps.entries()) {
        const flat = unpadded(policy.logits.at, policy.logits.width, vocabulary);
        for (let lane = 0; lane < batch; lane++) {
          logits.set(flat.slice(lane * vocabulary, (lane + 1) * vocabulary), (lane * program + t) * vocabulary);
        }
      }
      const last = rollout.steps.at(-1)!.state;
      compare('h0', unpadded(rollout.initial!.at, rollout.initial!.width, hidden), FORWARD_LIMIT);
      compare('logits', logits, FORWARD_LIMIT);
      compare('values', arrays.values, FORWARD_LIMIT);
      compare('logp', arrays.logProbs, FORWARD_LIMIT);
      compare('entropy', arrays.entropies, FORWARD_LIMIT);
      compare('h_last', unpadded(last.at, last.width, hidden), FORWARD_LIMIT);
      const total = losses.policyLoss + config.valueWeight * losses.valueLoss - entropyWeight * losses.entropy;
      compare('pg', [losses.policyLoss], FORWARD_LIMIT);
      compare('value_loss', [losses.valueLoss], FORWARD_LIMIT);
      compare('entropy_loss', [-losses.entropy], FORWARD_LIMIT);
      compare('loss', [total], FORWARD_LIMIT);
    }
    learner.runBack(0, losses);
    const norm = learner.finish();
    compareAll(`grad_${step}`, parameters.export(learner.gradients[0]!), GRADIENT_LIMIT);
    compare(`grad_norm_${step}`, [norm], GRADIENT_LIMIT);
    learner.apply(adam, clip, norm, step + 1, 0, 1);
  }
  lines.push(...compareAfter(reference, group, parameters.export()));

  parameters.import((name) => reference.floats(`param/${name}`));
  heap.zero(parameters.blocks.firstMoments, parameters.size * 4);
  heap.zero(parameters.blocks.secondMoments, parameters.size * 4);
  for (let step = 0; step < STEPS; step++) {
    const target = learner.gradients[0]!;
    parameters.import((name) => reference.floats(`${group}/grad_${step}/${name}`), target);
    const norm = Math.sqrt(heap.kernels.sumOfSquares(parameters.size * 4, target));
    adamStep(heap, parameters, target, adam, step + 1, clipFactor(norm, clip));
  }
  compareAll('after3', parameters.export(), ADAM_LIMIT);
  const alone = lines.pop()!;
  return [...lines, { ...alone, group: `${group}/after3 (Adam alone)` }];
}

/** The two limits on the parameters after three steps, as absolute differences. */
function compareAfter(reference: Reference, group: string, actual: readonly NamedArray[]): Comparison[] {
  const errors: number[] = [];
  for (const { data, name } of actual) {
    const expected = reference.tensor(`${group}/after3/${name}`).data;
    for (let i = 0; i < data.length; i++) errors.push(Math.abs(data[i]! - expected[i]!));
  }
  errors.sort((a, b) => a - b);
  const close = errors[Math.ceil(errors.length * AFTER.share) - 1]!;
  return [
    { group: `${group}/after3 (99.9 % of entries)`, error: close, limit: AFTER.close },
    { group: `${group}/after3 (all entries)`, error: errors.at(-1)!, limit: AFTER.far },
  ];
}
