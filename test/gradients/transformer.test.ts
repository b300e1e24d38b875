// The layers of the transformer against finite differences: sequences of different lengths that grow, and some of which
// are left out of a step.

import { expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/kernels.ts';
import { Heap } from '../../src/network/heap.ts';
import { indexColumn } from '../../src/network/layers/embedding.ts';
import { LayerNorm } from '../../src/network/layers/layerNorm.ts';
import { Linear } from '../../src/network/layers/linear.ts';
import { gelu, select, tanh } from '../../src/network/layers/rows.ts';
import { Sequences } from '../../src/network/layers/sequences.ts';
import { TransformerBlock } from '../../src/network/layers/transformerBlock.ts';
import { Parameters } from '../../src/network/parameters.ts';
import type { Tape } from '../../src/network/tape.ts';
import { type Case, checkGradients } from './check.ts';

const HIDDEN = 24;
/** Rows of three sequences: what is there from the start, then a step of all, then one without the second. */
const PREFIX = [0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2];
const STEPS = [
  [0, 1, 2],
  [2, 0],
] as const;
const ROWS = PREFIX.length + STEPS.flat().length;

/** Room for those rows, of `size` floats each. */
const sequencesOf = (tape: Tape, layers: number, size: number): Sequences =>
  new Sequences(tape, layers, 3, 8, 4 * size);

const cases: Record<string, Case> = {
  'layer normalisation, of rows that are used before and after it': {
    input: { rows: 3, columns: HIDDEN },
    build(heap, parameters) {
      const norm = new LayerNorm(parameters, 'norm', HIDDEN);
      const linear = new Linear(heap, parameters, HIDDEN, [{ name: 'linear', outputs: HIDDEN, column: 0 }]);
      return {
        prepare: () => linear.prepare(heap),
        forward(tape, input) {
          const x = select(tape, input, indexColumn(tape, [2, 0, 1]), 3);
          linear.addTo(tape, norm.forward(tape, x), x);
          return x;
        },
      };
    },
  },
  GELU: {
    input: { rows: 4, columns: 5 },
    build: () => ({ columns: 5, forward: (tape, x) => gelu(tape, x) }),
  },
  'GELU of what other layers read too': {
    input: { rows: 4, columns: 5 },
    build(heap, parameters) {
      const linear = new Linear(heap, parameters, 5, [{ name: 'linear', outputs: 5, column: 0 }]);
      return {
        columns: 5,
        prepare: () => linear.prepare(heap),
        forward(tape, input) {
          const x = tanh(tape, input);
          const y = gelu(tape, x);
          linear.addTo(tape, x, y);
          return y;
        },
      };
    },
  },
  'attention of three heads to sequences that grow': {
    input: { rows: ROWS, columns: 2 * HIDDEN },
    build(heap, parameters) {
      const query = new Linear(heap, parameters, 2 * HIDDEN, [{ name: 'query', outputs: HIDDEN, column: 0 }]);
      const join = new Linear(heap, parameters, HIDDEN, [{ name: 'join', outputs: HIDDEN, column: 0 }]);
      return {
        prepare() {
          query.prepare(heap);
          join.prepare(heap);
        },
        forward(tape, input) {
          const sequences = sequencesOf(tape, 1, HIDDEN);
          let first = 0;
          const attended = [PREFIX, ...STEPS].map((owners) => {
            const index = Int32Array.from(owners, (_, i) => first + i);
            first += owners.length;
            const rows = sequences.append(tape, Int32Array.from(owners));
            const x = select(tape, input, indexColumn(tape, index), owners.length);
            sequences.remember(tape, 0, x, rows);
            return sequences.attend(tape, 0, query.forward(tape, x), rows, 3);
          });
          const [prefix, step, last] = attended as [(typeof attended)[0], (typeof attended)[0], (typeof attended)[0]];
          const sum = join.forward(tape, select(tape, prefix, indexColumn(tape, [2, 5]), 2));
          join.addTo(tape, select(tape, step, indexColumn(tape, [1, 1]), 2), sum);
          join.addTo(tape, last, sum);
          return sum;
        },
      };
    },
  },
  'two layers, of whose last the prefix leaves keys and values alone': {
    input: { rows: ROWS, columns: 16 },
    build(heap, parameters) {
      const blocks = [0, 1].map((layer) => {
        return new TransformerBlock(heap, parameters, { name: `${layer}`, layer, hidden: 16, heads: 2, inner: 10 });
      });
      const join = new Linear(heap, parameters, 16, [{ name: 'join', outputs: 16, column: 0 }]);
      return {
        prepare() {
          for (const layer of [...blocks, join]) layer.prepare(heap);
        },
        forward(tape, input) {
          const sequences = sequencesOf(tape, 2, 16);
          let first = 0;
          const [, step, last] = [PREFIX, ...STEPS].map((owners) => {
            const index = Int32Array.from(owners, (_, i) => first + i);
            const prefix = first === 0;
            first += owners.length;
            const x = select(tape, input, indexColumn(tape, index), owners.length);
            const rows = sequences.append(tape, Int32Array.from(owners));
            blocks[0]!.forward(tape, x, sequences, rows);
            if (prefix) blocks[1]!.remember(tape, x, sequences, rows);
            else blocks[1]!.forward(tape, x, sequences, rows);
            return x;
          });
          join.addTo(tape, select(tape, step!, indexColumn(tape, [1, 0]), 2), last!);
          return last!;
        },
      };
    },
  },
};

for (const [name, layer] of Object.entries(cases)) test(name, () => checkGradients(layer));

test('the width of a norm is a whole number of vectors', async () => {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  expect(() => new LayerNorm(new Parameters(heap), 'norm', 12)).toThrow('12 floats');
});
