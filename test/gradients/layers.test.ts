// Every layer's backward pass against finite differences, at sizes that are not multiples of a vector.

import { expect, test } from 'vitest';
import type { Heap } from '../../src/network/heap.ts';
import { Embedding, indexColumn } from '../../src/network/layers/embedding.ts';
import { Linear } from '../../src/network/layers/linear.ts';
import { broadcast, select, tanh } from '../../src/network/layers/rows.ts';
import { TokenGru } from '../../src/network/layers/tokenGru.ts';
import type { Parameters } from '../../src/network/parameters.ts';
import type { Tensor } from '../../src/network/tape.ts';
import { type Case, checkGradients } from './check.ts';

const HIDDEN = 5;

function gruCase(sources: (heap: Heap) => number[][]): Case {
  return {
    input: { rows: 7, columns: HIDDEN },
    build(heap, parameters: Parameters) {
      const parts = [
        { name: 'emb', rows: 4 },
        { name: 'field', rows: 3 },
      ];
      const embedding = new Embedding(parameters, parts, HIDDEN);
      const gru = new TokenGru(heap, parameters, 'rnn', embedding, 4, HIDDEN);
      return {
        columns: HIDDEN,
        prepare: () => gru.prepare(heap),
        forward(tape, input) {
          let h: Tensor = input;
          for (const tokens of sources(heap)) {
            // Pairs of (token, field) when there are two sources a row.
            const columns = tokens.length / 7;
            const indices = Array.from({ length: columns }, (_, c) =>
              indexColumn(tape, tokens.slice(c * 7, (c + 1) * 7)),
            );
            h = gru.step(tape, h, indices);
          }
          return h;
        },
        finish: (gradients, weights) => gru.finish(heap, gradients, weights),
      };
    },
  };
}

const cases: Record<string, Case> = {
  'linear heads, with a gap between their columns': {
    input: { rows: 6, columns: HIDDEN },
    build(heap, parameters) {
      const linear = new Linear(heap, parameters, HIDDEN, [
        { name: 'pi', outputs: 6, column: 0 },
        { name: 'v', outputs: 1, column: 8 },
      ]);
      return { prepare: () => linear.prepare(heap), forward: (tape, x) => linear.forward(tape, x) };
    },
  },
  'a GRU over three steps of one token each': gruCase(() => [
    [0, 1, 2, 3, 0, 1, 2],
    [3, 3, 3, 0, 1, 2, 0],
    [1, 1, 0, 0, 2, 2, 3],
  ]),
  'a GRU whose input sums a token and an observation': gruCase(() => [
    [0, 1, 2, 3, 0, 1, 2, 4, 5, 6, 4, 5, 6, 4],
    [3, 3, 3, 0, 1, 2, 0, 6, 6, 5, 4, 4, 5, 6],
  ]),
  'the mean of embeddings and an embedding on top': {
    input: { rows: 3, columns: HIDDEN },
    build(_heap, parameters) {
      const tokens = new Embedding(parameters, [{ name: 'emb', rows: 5 }], HIDDEN);
      const levels = new Embedding(parameters, [{ name: 'level', rows: 2 }], HIDDEN);
      return {
        columns: HIDDEN,
        forward(tape) {
          const contexts = indexColumn(tape, [0, 1, 2, 3, 4, 4, 4, 0, 0]);
          const mean = tokens.meanPool(tape, 3, 3, contexts, indexColumn(tape, [3, 1, 2]));
          levels.addTo(tape, mean, indexColumn(tape, [1, 0, 1]));
          return tanh(tape, mean);
        },
      };
    },
  },
  'tanh, selected rows (one twice, one never) and their sum with another path': {
    input: { rows: 4, columns: HIDDEN },
    build: () => ({
      columns: HIDDEN,
      forward(tape, x) {
        const y = tanh(tape, x);
        const kept = select(tape, y, indexColumn(tape, [3, 0, 0]), 3);
        return tanh(tape, kept);
      },
    }),
  },
  'one row given to many': {
    input: { rows: 1, columns: HIDDEN },
    build: () => ({ columns: HIDDEN, forward: (tape, x) => tanh(tape, broadcast(tape, x, 5)) }),
  },
};

for (const [name, layer] of Object.entries(cases)) test(name, () => checkGradients(layer));

test('the check notices a wrong gradient', async () => {
  const wrong: Case = {
    input: { rows: 3, columns: HIDDEN },
    build: () => ({
      columns: HIDDEN,
      forward(tape, x) {
        const y = tanh(tape, x);
        // Runs before tanh's own step: its gradient comes out 2 % too large.
        tape.record(() => {
          const floats = tape.heap.floats(y.gradient, (y.rows * y.width) / 4);
          for (let i = 0; i < floats.length; i++) floats[i]! *= 1.02;
        });
        return y;
      },
    }),
  };
  await expect(checkGradients(wrong)).rejects.toThrow(/worst difference/);
});
