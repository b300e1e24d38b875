// The losses' gradient on the logits against finite differences of the losses, computed here in double precision.

import { expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/kernels.ts';
import { Heap } from '../../src/network/heap.ts';
import { indexColumn } from '../../src/network/layers/embedding.ts';
import { PolicyHead } from '../../src/network/layers/policyHead.ts';
import { Tape } from '../../src/network/tape.ts';
import { WeightGradients } from '../../src/network/weightGradients.ts';

const ROWS = 3;
const TOKENS = 6;
const CHOSEN = [4, 0, 5];
const WEIGHT = [0.7, -1.3, 0.2];
const DVALUE = [0.25, -0.5, 1];
const ENTROPY_WEIGHT = 0.3;
const UNIFORM_WEIGHT = 0.4;
const LOGITS = [0.3, -1.2, 2.1, 0.05, -0.4, 1.1, 0, 0.9, -0.3, 0.2, 3.2, -2, 1, 1, 1, 1, 1, 1.5];
const LEGAL = Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1]);

function logPolicy(logits: readonly number[], legal: Uint8Array | undefined, row: number): number[] {
  const x = logits.slice(row * TOKENS, (row + 1) * TOKENS);
  const open = x.map((_, token) => legal === undefined || legal[row * TOKENS + token] === 1);
  const total = x.reduce((sum, value, token) => sum + (open[token] ? Math.exp(value) : 0), 0);
  return x.map((value, token) => (open[token] ? value - Math.log(total) : Number.NEGATIVE_INFINITY));
}

function loss(logits: readonly number[], legal: Uint8Array | undefined): number {
  let sum = 0;
  for (let row = 0; row < ROWS; row++) {
    const logP = logPolicy(logits, legal, row);
    const open = logP.filter(Number.isFinite);
    const entropy = -open.reduce((total, l) => total + Math.exp(l) * l, 0);
    const uniform = -open.reduce((total, l) => total + l, 0) / open.length;
    sum += -WEIGHT[row]! * logP[CHOSEN[row]!]! - ENTROPY_WEIGHT * entropy + UNIFORM_WEIGHT * uniform;
  }
  return sum;
}

for (const legal of [undefined, LEGAL]) {
  test(`policy, entropy and uniform terms ${legal ? 'under a mask' : 'over all tokens'}`, async () => {
    const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
    const head = new PolicyHead(heap, TOKENS);
    const tape = new Tape(heap, new WeightGradients(heap));
    const logits = tape.tensor(ROWS, 64);
    const stride = logits.width / 4;
    heap.zero(logits.at, ROWS * logits.width);
    const floats = heap.floats(logits.at, ROWS * stride);
    for (let i = 0; i < LOGITS.length; i++) floats[Math.floor(i / TOKENS) * stride + (i % TOKENS)] = LOGITS[i]!;
    const values = { tensor: logits, column: head.valueColumn };
    const step = head.step(tape, { logits, values }, { kind: 'forced', tokens: CHOSEN }, legal);

    const expected = Array.from({ length: ROWS }, (_, row) => logPolicy(LOGITS, legal, row));
    const logProbs = heap.floats(step.logProb, ROWS);
    const entropies = heap.floats(step.entropy, ROWS);
    for (const [row, logP] of expected.entries()) {
      expect(logProbs[row]).toBeCloseTo(logP[CHOSEN[row]!]!, 5);
      const entropy = -logP.filter(Number.isFinite).reduce((total, l) => total + Math.exp(l) * l, 0);
      expect(entropies[row]).toBeCloseTo(entropy, 5);
    }

    const column = (values: readonly number[]): number => {
      const at = indexColumn(tape, new Int32Array(ROWS));
      heap.floats(at, ROWS).set(values);
      return at;
    };
    step.loss = {
      weight: column(WEIGHT),
      dvalue: column(DVALUE),
      entropyWeight: ENTROPY_WEIGHT,
      uniformWeight: UNIFORM_WEIGHT,
    };
    tape.backward(0);
    const gradient = heap.floats(logits.gradient, ROWS * stride);
    for (let i = 0; i < LOGITS.length; i++) {
      const [row, token] = [Math.floor(i / TOKENS), i % TOKENS];
      const nudged = (by: number) => LOGITS.map((value, j) => (j === i ? value + by : value));
      const numeric = (loss(nudged(1e-5), legal) - loss(nudged(-1e-5), legal)) / 2e-5;
      const masked = legal !== undefined && legal[i] === 0;
      expect(gradient[row * stride + token], `row ${row}, token ${token}`).toBeCloseTo(masked ? 0 : numeric, 5);
    }
    for (let row = 0; row < ROWS; row++) {
      expect(gradient[row * stride + head.valueColumn]).toBe(DVALUE[row]);
      expect(Array.from(gradient.slice(row * stride + head.valueColumn + 1, (row + 1) * stride))).toEqual(
        new Array(stride - head.valueColumn - 1).fill(0),
      );
    }
  });
}

test('sampling follows the probabilities, never takes an illegal token, and repeats with its key', async () => {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const head = new PolicyHead(heap, TOKENS);
  const rows = 20_000;
  const draw = (key: readonly [number, number]): Int32Array => {
    const tape = new Tape(heap, new WeightGradients(heap));
    const logits = tape.tensor(rows, 64);
    const floats = heap.floats(logits.at, rows * 16).fill(0);
    for (let row = 0; row < rows; row++) floats.set(LOGITS.slice(TOKENS, 2 * TOKENS), row * 16);
    const legal = new Uint8Array(rows * TOKENS);
    for (let row = 0; row < rows; row++) legal.set(LEGAL.slice(TOKENS, 2 * TOKENS), row * TOKENS);
    const lanes = indexColumn(
      tape,
      Int32Array.from({ length: rows }, (_, lane) => lane),
    );
    const values = { tensor: logits, column: head.valueColumn };
    const step = head.step(tape, { logits, values }, { kind: 'sample', key, lanes, step: 0 }, legal);
    return heap.integers(step.chosen, rows).slice();
  };
  const drawn = draw([1, 2]);
  const probabilities = logPolicy(LOGITS, LEGAL, 1).map(Math.exp);
  for (const [token, p] of probabilities.entries()) {
    const share = drawn.filter((choice) => choice === token).length / rows;
    if (p === 0) expect(share).toBe(0);
    else expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / rows));
  }
  expect(draw([1, 2])).toEqual(drawn);
  expect(draw([1, 3])).not.toEqual(drawn);
});
