// A GRU whose inputs are embedded tokens. The input projection of a token is a row of the table E·Wᵢₕᵀ + b, built once
// per update, so that a step costs one matrix product instead of two.

import type { Heap } from '../heap.ts';
import { rowBytes } from '../heap.ts';
import type { Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';
import type { Embedding } from './embedding.ts';

const GATES = 3;

/** PyTorch's `nn.GRU` of one layer over an `Embedding`'s rows; uniform on ±1/√hidden at the start. */
export class TokenGru {
  private readonly embedding: Embedding;
  /** Rows of the embedding that are tokens: these carry the input bias, observations are added to them. */
  private readonly tokens: number;
  private readonly hidden: number;
  /** Bytes of one gate's row. */
  private readonly width: number;
  private readonly inputWeight: number;
  private readonly hiddenWeight: number;
  private readonly inputBias: number;
  private readonly hiddenBias: number;
  /** Address of the table. Each thread has its own, as of the packed weights. */
  private readonly table: number;
  /** Byte offset of the table's gradient behind the trainable parameters. */
  private readonly derived: number;
  private readonly packedInput: number;
  private readonly packedInputTransposed: number;
  private readonly packed: number;
  private readonly packedTransposed: number;
  private readonly parameters: Parameters;

  constructor(heap: Heap, parameters: Parameters, name: string, embedding: Embedding, tokens: number, hidden: number) {
    this.parameters = parameters;
    this.embedding = embedding;
    this.tokens = tokens;
    this.hidden = hidden;
    this.width = rowBytes(hidden);
    const gate = this.width / 4;
    const stride = GATES * gate;
    const initialisation = { uniform: 1 / Math.sqrt(hidden) };
    const column = (i: number): number => Math.floor(i / hidden) * gate + (i % hidden);
    const matrix = (suffix: string, inputs: number): number => {
      const offset = parameters.storage(inputs * stride);
      const place = (i: number, j: number): number => j * stride + column(i);
      parameters.tensor(`${name}.${suffix}`, [GATES * hidden, inputs], initialisation, offset, place);
      return offset;
    };
    const vector = (suffix: string): number => {
      const offset = parameters.storage(stride);
      parameters.tensor(`${name}.${suffix}`, [GATES * hidden], initialisation, offset, column);
      return offset;
    };
    this.inputWeight = matrix('weight_ih_l0', embedding.size);
    this.hiddenWeight = matrix('weight_hh_l0', hidden);
    this.inputBias = vector('bias_ih_l0');
    this.hiddenBias = vector('bias_hh_l0');
    const rowPanels = (inputs: number): number => Math.ceil(inputs / 8) * 8 * stride * 4;
    this.packedInput = heap.allocate(rowPanels(embedding.size));
    this.packedInputTransposed = heap.allocate(rowPanels(embedding.size));
    this.packed = heap.allocate(rowPanels(hidden));
    this.packedTransposed = heap.allocate(rowPanels(hidden));
    this.table = heap.allocate(embedding.rows * stride * 4);
    this.derived = parameters.derived(embedding.rows * stride);
  }

  /** Byte offset of the table's gradient in a gradient block. */
  private get tableGradient(): number {
    return this.parameters.size * 4 + this.derived;
  }

  /** Packs the weights and builds the table; to be called after the parameters change. */
  prepare(heap: Heap): void {
    const { kernels } = heap;
    const { embedding, hidden, width } = this;
    const values = this.parameters.values;
    const ld = GATES * width;
    const columns = ld / 4;
    const [wih, whh] = [values + this.inputWeight, values + this.hiddenWeight];
    kernels.packPanels(embedding.size, columns, wih, ld, this.packedInput, embedding.size * 32);
    kernels.packPanelsTransposed(columns, embedding.size, wih, ld, this.packedInputTransposed);
    kernels.packPanels(hidden, columns, whh, ld, this.packed, hidden * 32);
    kernels.packPanelsTransposed(columns, hidden, whh, ld, this.packedTransposed);
    const { table } = this;
    const { rows, size } = embedding;
    kernels.gemm(rows, columns, size, embedding.table, embedding.width, this.packedInput, size * 32, table, ld, false);
    // The hidden biases of r and z only ever appear in a sum with the input's; n's stays inside r ⊙ (…).
    for (let row = 0; row < this.tokens; row++) {
      kernels.add(ld, values + this.inputBias, table + row * ld);
      kernels.add(2 * width, values + this.hiddenBias, table + row * ld);
    }
  }

  /**
   * One step. @param sources addresses of int32 [rows] columns of embedding rows, whose embeddings are summed: the token
   * first, then observations.
   */
  step(tape: Tape, h: Tensor, sources: readonly number[]): Tensor {
    const { kernels } = tape.heap;
    const { hidden, width } = this;
    const rows = h.rows;
    const values = this.parameters.values;
    const gates = tape.tensor(rows, 4 * width);
    const next = tape.tensor(rows, width);
    const columns = (GATES * width) / 4;
    kernels.gemm(rows, columns, hidden, h.at, width, this.packed, hidden * 32, gates.at, 4 * width, false);
    const input = this.input(tape, rows, sources);
    const biasN = values + this.hiddenBias + 2 * width;
    kernels.gruForward(rows, width, gates.at, h.at, next.at, input.at, input.index, biasN);
    tape.record(() => {
      if (next.gradient === 0) return;
      const dh = tape.gradientOf(h);
      const direct = dh.accumulate ? tape.arena.allocate(rows * width) : dh.at;
      const dbiasN = tape.gradients + this.hiddenBias + 2 * width;
      const dx = input.gradient();
      kernels.gruBackward(rows, width, gates.at, h.at, next.gradient, direct, dx, input.index, dbiasN);
      input.backward();
      if (dh.accumulate) kernels.add(rows * width, direct, dh.at);
      const panel = columns * 32;
      kernels.gemm(rows, width / 4, columns, gates.at, 4 * width, this.packedTransposed, panel, dh.at, width, true);
      const dweight = tape.gradients + this.hiddenWeight;
      tape.weights.add(dweight, hidden, columns, rows, h.at, width, gates.at, 4 * width);
    });
    return next;
  }

  /** Where a step's input projections stand: straight in the table for one source, else summed row by row. */
  private input(tape: Tape, rows: number, sources: readonly number[]) {
    const { kernels } = tape.heap;
    const ld = GATES * this.width;
    const { table } = this;
    const [tokens, ...observations] = sources as [number, ...number[]];
    if (observations.length === 0) {
      return { at: table, index: tokens, gradient: () => tape.gradients + this.tableGradient, backward: () => {} };
    }
    const sum = tape.tensor(rows, ld);
    kernels.gather(rows, ld, table, tokens, sum.at);
    for (const index of observations) kernels.gatherAdd(rows, ld, table, index, sum.at);
    return {
      at: sum.at,
      index: 0,
      gradient: () => tape.zeroedGradientOf(sum),
      backward: () => {
        const dtable = tape.gradients + this.tableGradient;
        for (const index of sources) kernels.scatterAdd(rows, ld, sum.gradient, index, dtable);
      },
    };
  }

  /** Turns the summed gradient of the table in `gradients` into those of the embedding, the weights and the biases. */
  finish(heap: Heap, gradients: number, weights: { add: Tape['weights']['add'] }): void {
    const { kernels } = heap;
    const { embedding, width } = this;
    const ld = GATES * width;
    const columns = ld / 4;
    const dtable = gradients + this.tableGradient;
    const dembedding = gradients + embedding.offset;
    const { rows, size } = embedding;
    weights.add(gradients + this.inputWeight, size, columns, rows, embedding.table, embedding.width, dtable, ld);
    const packed = this.packedInputTransposed;
    kernels.gemm(
      rows,
      embedding.width / 4,
      columns,
      dtable,
      ld,
      packed,
      columns * 32,
      dembedding,
      embedding.width,
      true,
    );
    kernels.addRows(this.tokens, ld, dtable, ld, gradients + this.inputBias);
    kernels.addRows(this.tokens, 2 * width, dtable, ld, gradients + this.hiddenBias);
  }
}
