// Checks a layer's hand-written backward pass against central finite differences.

import { expect } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { loadKernels } from '../../src/kernels/kernels.ts';
import { Heap } from '../../src/network/heap.ts';
import { Parameters } from '../../src/network/parameters.ts';
import { Tape, type Tensor } from '../../src/network/tape.ts';
import { WeightGradients } from '../../src/network/weightGradients.ts';

/** What a case gives: the layers of one forward pass over an input that is itself differentiated. */
export interface Case {
  /** Floats of an input row that count, and rows. */
  readonly input: { readonly rows: number; readonly columns: number };
  /** Declares layers. @returns the forward pass, and what belongs before and after. */
  build(heap: Heap, parameters: Parameters): Layers;
}

export interface Layers {
  prepare?(): void;
  forward(tape: Tape, input: Tensor): Tensor;
  finish?(gradients: number, weights: WeightGradients): void;
  /** Columns of the output that count; all by default. */
  readonly columns?: number;
}

const STEP = 4e-3;
/** Of the largest gradient: float32 forward passes leave about 1e-3 of noise in a difference. */
const TOLERANCE = 4e-3;

/** Runs Σ c·y with random c forward, differentiates it by every parameter and input, and compares. */
export async function checkGradients({ build, input }: Case): Promise<void> {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const parameters = new Parameters(heap);
  const layers = build(heap, parameters);
  parameters.allocate();
  const random = Random.stream(7, 'initialisation');
  parameters.initialise(random);
  const weights = new WeightGradients(heap);
  const tape = new Tape(heap, weights);
  const gradients = heap.allocate(parameters.total * 4);
  const width = Math.ceil(input.columns / 8) * 32;
  const x = Float32Array.from({ length: input.rows * input.columns }, () => random.normal());
  let coefficients: Float32Array | undefined;

  const place = (i: number): number => Math.floor(i / input.columns) * (width / 4) + (i % input.columns);
  const forward = (): { loss: number; input: Tensor; output: Tensor } => {
    tape.reset();
    layers.prepare?.();
    const tensor = tape.tensor(input.rows, width);
    heap.zero(tensor.at, input.rows * width);
    const floats = heap.floats(tensor.at, (input.rows * width) / 4);
    for (let i = 0; i < x.length; i++) floats[place(i)] = x[i]!;
    const output = layers.forward(tape, tensor);
    const y = heap.floats(output.at, (output.rows * output.width) / 4);
    const columns = layers.columns ?? output.width / 4;
    coefficients ??= Float32Array.from(y, (_, i) => (i % (output.width / 4) < columns ? random.normal() : 0));
    let loss = 0;
    for (let i = 0; i < y.length; i++) loss += coefficients[i]! * y[i]!;
    return { loss, input: tensor, output };
  };
  const differences = (read: (i: number) => number, write: (i: number, value: number) => void, count: number) =>
    Float64Array.from({ length: count }, (_, i) => {
      const value = read(i);
      write(i, value + STEP);
      const above = forward().loss;
      write(i, value - STEP);
      const below = forward().loss;
      write(i, value);
      return (above - below) / (2 * STEP);
    });

  const pass = forward();
  const seeded = tape.gradientOf(pass.output);
  heap.floats(seeded.at, coefficients!.length).set(coefficients!);
  tape.backward(gradients);
  weights.flush();
  layers.finish?.(gradients, weights);
  weights.flush();
  const inputGradient = new Float32Array(x.length);
  if (pass.input.gradient !== 0) {
    const floats = heap.floats(pass.input.gradient, (input.rows * width) / 4);
    for (let i = 0; i < x.length; i++) inputGradient[i] = floats[place(i)]!;
  }
  const analytic = parameters.export(gradients);

  compare(
    'input',
    inputGradient,
    differences(
      (i) => x[i]!,
      (i, value) => {
        x[i] = value;
      },
      x.length,
    ),
  );
  for (const { data, name } of analytic) {
    const current = (): Map<string, Float32Array<ArrayBuffer>> =>
      new Map(parameters.export().map((tensor) => [tensor.name, tensor.data]));
    const shapes = new Map(parameters.export().map((tensor) => [tensor.name, tensor.shape]));
    const numeric = differences(
      (i) => current().get(name)![i]!,
      (i, value) => {
        const tensors = current();
        tensors.get(name)![i] = value;
        parameters.import((tensor) => ({ shape: shapes.get(tensor)!, data: tensors.get(tensor)! }));
      },
      data.length,
    );
    compare(name, data, numeric);
  }
}

function compare(name: string, analytic: Float32Array, numeric: Float64Array): void {
  const largest = numeric.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = numeric.reduce((most, value, i) => Math.max(most, Math.abs(value - analytic[i]!)), 0);
  expect(worst, `${name}: worst difference, of a largest gradient ${largest}`).toBeLessThan(
    TOLERANCE * Math.max(largest, 0.1),
  );
}
