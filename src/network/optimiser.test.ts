import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { Heap } from './heap.ts';
import { type AdamSettings, adamStep } from './optimiser.ts';
import { Parameters } from './parameters.ts';

const SETTINGS: AdamSettings = { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Three steps on 32 parameters with gradients that do not change; what they come to by the kernel. */
async function kernelSteps(settings: AdamSettings) {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const parameters = new Parameters(heap);
  parameters.storage(32);
  parameters.allocate();
  const random = Random.stream(3, 'initialisation');
  const start = Float32Array.from({ length: 32 }, () => random.uniform() - 0.5);
  const gradients = Float32Array.from({ length: 32 }, () => random.uniform() - 0.5);
  const at = heap.allocate(128);
  heap.floats(parameters.blocks.values, 32).set(start);
  heap.floats(at, 32).set(gradients);
  for (let step = 1; step <= 3; step++) adamStep(heap, parameters, at, settings, step, 1);
  return { start, gradients, end: heap.floats(parameters.blocks.values, 32).slice() };
}

/** Loshchilov & Hutter 2019, algorithm 2, in double precision. */
function adamW(start: number, gradient: number, decay: number): number {
  const { rate, beta1, beta2, epsilon } = SETTINGS;
  let [value, m, v] = [start, 0, 0];
  for (let t = 1; t <= 3; t++) {
    m = beta1 * m + (1 - beta1) * gradient;
    v = beta2 * v + (1 - beta2) * gradient * gradient;
    const step = m / (1 - beta1 ** t) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
    value -= rate * (step + decay * value);
  }
  return value;
}

test.each([0, 0.5])('three steps of Adam with a weight decay of %d', async (weightDecay) => {
  const { end, gradients, start } = await kernelSteps({ ...SETTINGS, weightDecay });
  for (let i = 0; i < 32; i++) expect(end[i]).toBeCloseTo(adamW(start[i]!, gradients[i]!, weightDecay), 6);
});
