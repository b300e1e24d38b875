// Every layer's backward pass against finite differences, at sizes that are not multiples of a vector.

import { expect, test } from 'vitest';
import type { Heap } from '../../src/network/heap.ts';
import { BiGru } from '../../src/network/layers/biGru.ts';
import { attend, type ContextMemory, point, recall } from '../../src/network/layers/contextMemory.ts';
import { Embedding, indexColumn } from '../../src/network/layers/embedding.ts';
import { Linear } from '../../src/network/layers/linear.ts';
import { broadcast, meanOfRows, select, tanh } from '../../src/network/layers/rows.ts';
import { TokenGru } from '../../src/network/layers/tokenGru.ts';
import type { Parameters } from '../../src/network/parameters.ts';
import type { Tape, Tensor } from '../../src/network/tape.ts';
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
      const gru = new TokenGru(heap, parameters, { name: 'rnn', embedding, tokens: 4, hidden: HIDDEN });
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

/** Three contexts of 4, 2 and 1 positions; the second holds symbol 2 twice, the third none that can be pointed at. */
function memoryOf(tape: Tape, states: Tensor): ContextMemory {
  return {
    states,
    longest: 4,
    lengths: indexColumn(tape, [4, 2, 1]),
    pointable: indexColumn(tape, [0, -1, 1, 3, 2, 2, 0, 0, -1, 1, 1, 1]),
  };
}

/** Rows of four steps that look at the contexts 0, 1, 1, 2. */
const LOOKERS = [0, 1, 1, 2];

const cases: Record<string, Case> = {
  'attention over encoded contexts': {
    input: { rows: 12, columns: HIDDEN },
    build(heap, parameters) {
      const query = new Linear(heap, parameters, HIDDEN, [{ name: 'query', outputs: HIDDEN, column: 0 }], {
        bias: false,
      });
      return {
        prepare: () => query.prepare(heap),
        forward(tape, input) {
          const state = tanh(tape, select(tape, input, indexColumn(tape, [11, 3, 0, 5]), 4));
          const index = indexColumn(tape, LOOKERS);
          return attend(tape, memoryOf(tape, input), index, query.forward(tape, state), state, HIDDEN).mixed;
        },
      };
    },
  },
  'logits that point at the symbols of a context': {
    input: { rows: 12, columns: HIDDEN },
    build(heap, parameters) {
      const pointer = new Linear(heap, parameters, HIDDEN, [{ name: 'pointer', outputs: HIDDEN, column: 0 }], {
        bias: false,
      });
      const heads = new Linear(heap, parameters, HIDDEN, [{ name: 'pi', outputs: 4, column: 0 }]);
      return {
        columns: 4,
        prepare() {
          pointer.prepare(heap);
          heads.prepare(heap);
        },
        forward(tape, input) {
          const state = tanh(tape, select(tape, input, indexColumn(tape, [1, 3, 0, 9]), 4));
          const logits = heads.forward(tape, state);
          const index = indexColumn(tape, LOOKERS);
          point(tape, memoryOf(tape, input), index, pointer.forward(tape, state), logits, HIDDEN);
          return logits;
        },
      };
    },
  },
  'the encoded state of the symbol just chosen': {
    input: { rows: 12, columns: HIDDEN },
    build: () => ({
      columns: HIDDEN,
      // One place, two places, no place, and a context without symbols.
      forward: (tape, input) =>
        recall(tape, memoryOf(tape, input), indexColumn(tape, LOOKERS), indexColumn(tape, [3, 2, 1, 1]), 4),
    }),
  },
  'a GRU with a further input beside its token': {
    input: { rows: 4, columns: HIDDEN },
    build(heap, parameters) {
      const embedding = new Embedding(parameters, [{ name: 'emb', rows: 3 }], 8);
      const shape = { name: 'rnn', embedding, tokens: 3, hidden: HIDDEN, extra: HIDDEN };
      const gru = new TokenGru(heap, parameters, shape);
      return {
        columns: HIDDEN,
        prepare: () => gru.prepare(heap),
        forward(tape, input) {
          const first = gru.step(tape, input, [indexColumn(tape, [0, 1, 2, 0])], tanh(tape, input));
          return gru.step(tape, first, [indexColumn(tape, [2, 2, 1, 0])], input);
        },
        finish: (gradients, weights) => gru.finish(heap, gradients, weights),
      };
    },
  },
  'a bidirectional GRU over contexts of 4, 2, 2 and 1 tokens': {
    input: { rows: 1, columns: 1 },
    build(heap, parameters) {
      const embedding = new Embedding(parameters, [{ name: 'emb', rows: 3 }], HIDDEN);
      const reader = new BiGru(heap, parameters, 'enc', embedding, 8);
      return {
        prepare: () => reader.prepare(heap),
        forward(tape) {
          const tokens = Int32Array.from([0, 1, 2, 1, 2, 0, 0, 0, 1, 1, 0, 0, 2, 0, 0, 0]);
          const { last, states } = reader.encode(tape, tokens, [4, 2, 2, 1], 4);
          // Attention brings the final states and those on the way together.
          const memory = { states, longest: 4, lengths: indexColumn(tape, [4, 2, 2, 1]), pointable: 0 };
          return attend(tape, memory, indexColumn(tape, [0, 1, 2, 3]), tanh(tape, last), tanh(tape, last), 16).mixed;
        },
        finish: (gradients, weights) => reader.finish(heap, gradients, weights),
      };
    },
  },
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
  'means of rows': {
    input: { rows: 4, columns: HIDDEN },
    build: () => ({
      columns: HIDDEN,
      forward: (tape, x) =>
        meanOfRows(tape, tanh(tape, x), 2, 3, indexColumn(tape, [0, 1, 1, 3, 3, 3]), indexColumn(tape, [3, 1])),
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
