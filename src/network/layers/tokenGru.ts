// A GRU whose inputs are embedded tokens, with or without further inputs beside them. The input projection of a token is
// a row of the table E·Wᵢₕᵀ + b, built once per update, so that a step costs one matrix product instead of two.

import { assert } from '../../core/assert.ts';
import type { Heap } from '../heap.ts';
import { rowBytes } from '../heap.ts';
import type { Parameters } from '../parameters.ts';
import type { Tape, Tensor } from '../tape.ts';
import { Weight } from '../weight.ts';
import type { WeightGradients } from '../weightGradients.ts';
import type { Embedding } from './embedding.ts';

const GATES = 3;

export interface TokenGruShape {
  /** Parameters are `name.weight_ih_l0` and so on, with PyTorch's `_reverse` behind where asked for. */
  readonly name: string;
  readonly reverse?: boolean;
  readonly embedding: Embedding;
  /** Rows of the embedding that are tokens: these carry the input bias; observations are added to them. */
  readonly tokens: number;
  readonly hidden: number;
  /** Further inputs, which follow the embedding's in `weight_ih_l0`. */
  readonly extra?: number;
}

/** PyTorch's `nn.GRU` of one layer over an `Embedding`'s rows; uniform on ±1/√hidden at the start. */
export class TokenGru {
  private readonly embedding: Embedding;
  private readonly tokens: number;
  private readonly extra: number;
  /** Bytes of one gate's row. */
  private readonly width: number;
  private readonly inputWeight: Weight;
  private readonly hiddenWeight: Weight;
  private readonly inputBias: number;
  private readonly hiddenBias: number;
  /** Address of the table. Each thread has its own, as of the packed weights. */
  private readonly table: number;
  /** Byte offset of the table's gradient behind the trainable parameters. */
  private readonly derived: number;
  private readonly parameters: Parameters;

  constructor(heap: Heap, parameters: Parameters, shape: TokenGruShape) {
    const { embedding, extra = 0, hidden, name, reverse, tokens } = shape;
    assert(extra === 0 || embedding.size % 8 === 0, 'further inputs begin at a panel of eight');
    this.parameters = parameters;
    this.embedding = embedding;
    this.tokens = tokens;
    this.extra = extra;
    this.width = rowBytes(hidden);
    const gate = this.width / 4;
    const columns = GATES * gate;
    const outputs = GATES * hidden;
    const initialisation = { uniform: 1 / Math.sqrt(hidden) };
    const column = (i: number): number => Math.floor(i / hidden) * gate + (i % hidden);
    const full = (kind: string): string => `${name}.${kind}_l0${reverse ? '_reverse' : ''}`;
    const matrix = (kind: string, inputs: number): Weight => {
      const weight = new Weight(heap, parameters, inputs, columns);
      weight.name({ name: full(kind), outputs, initialisation, column });
      return weight;
    };
    const vector = (kind: string): number => {
      const offset = parameters.storage(columns);
      parameters.tensor(full(kind), [outputs], initialisation, offset, column);
      return offset;
    };
    this.inputWeight = matrix('weight_ih', embedding.size + extra);
    this.hiddenWeight = matrix('weight_hh', hidden);
    this.inputBias = vector('bias_ih');
    this.hiddenBias = vector('bias_hh');
    this.table = heap.allocate(embedding.rows * columns * 4);
    this.derived = parameters.derived(embedding.rows * columns);
  }

  /** Byte offset of the table's gradient in a gradient block. */
  private get tableGradient(): number {
    return this.parameters.size * 4 + this.derived;
  }

  /** The embedding's share of the input weights, and that of the further inputs. */
  private get parts() {
    const { size } = this.embedding;
    return { embedding: { from: 0, count: size }, extra: { from: size, count: this.extra } };
  }

  /** Packs the weights and builds the table; to be called after the parameters change. */
  prepare(heap: Heap): void {
    const { kernels } = heap;
    const { embedding, inputWeight, table, width } = this;
    const { values } = this.parameters;
    const ld = GATES * width;
    inputWeight.prepare(heap);
    this.hiddenWeight.prepare(heap);
    const part = this.parts.embedding;
    inputWeight.forward(heap, embedding.rows, embedding.table, embedding.width, table, ld, false, part);
    // The hidden biases of r and z only ever appear in a sum with the input's; n's stays inside r ⊙ (…).
    for (let row = 0; row < this.tokens; row++) {
      kernels.add(ld, values + this.inputBias, table + row * ld);
      kernels.add(2 * width, values + this.hiddenBias, table + row * ld);
    }
  }

  /**
   * One step.
   * @param sources addresses of int32 [rows] columns of embedding rows, whose embeddings are summed: the token first,
   * then observations. @param extra the further inputs of a layer that has them.
   */
  step(tape: Tape, h: Tensor, sources: readonly number[], extra?: Tensor): Tensor {
    const { heap } = tape;
    const { kernels } = heap;
    const { hiddenWeight, width } = this;
    const { rows } = h;
    const ldGates = 4 * width;
    const gates = tape.tensor(rows, ldGates);
    const next = tape.tensor(rows, width);
    hiddenWeight.forward(heap, rows, h.at, width, gates.at, ldGates, false);
    const input = this.input(tape, rows, sources, extra);
    const biasN = this.parameters.values + this.hiddenBias + 2 * width;
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
      hiddenWeight.backward(heap, rows, gates.at, ldGates, dh.at, width, true);
      hiddenWeight.gradient(tape.weights, tape.gradients, rows, h.at, width, gates.at, ldGates);
    });
    return next;
  }

  /** Where a step's input projections stand: straight in the table for one source, else summed row by row. */
  private input(tape: Tape, rows: number, sources: readonly number[], extra: Tensor | undefined) {
    const { heap } = tape;
    const { kernels } = heap;
    const { inputWeight, table } = this;
    const ld = GATES * this.width;
    const [tokens, ...observations] = sources as [number, ...number[]];
    if (observations.length === 0 && !extra) {
      return { at: table, index: tokens, gradient: () => tape.gradients + this.tableGradient, backward: () => {} };
    }
    const sum = tape.tensor(rows, ld);
    const part = this.parts.extra;
    kernels.gather(rows, ld, table, tokens, sum.at);
    for (const index of observations) kernels.gatherAdd(rows, ld, table, index, sum.at);
    if (extra) inputWeight.forward(heap, rows, extra.at, extra.width, sum.at, ld, true, part);
    return {
      at: sum.at,
      index: 0,
      gradient: () => tape.zeroedGradientOf(sum),
      backward: () => {
        const dtable = tape.gradients + this.tableGradient;
        for (const index of sources) kernels.scatterAdd(rows, ld, sum.gradient, index, dtable);
        if (!extra) return;
        const dextra = tape.gradientOf(extra);
        inputWeight.backward(heap, rows, sum.gradient, ld, dextra.at, extra.width, dextra.accumulate, part);
        inputWeight.gradient(tape.weights, tape.gradients, rows, extra.at, extra.width, sum.gradient, ld, part);
      },
    };
  }

  /** Turns the summed gradient of the table in `gradients` into those of the embedding, the weights and the biases. */
  finish(heap: Heap, gradients: number, weights: WeightGradients): void {
    const { kernels } = heap;
    const { embedding, inputWeight, width } = this;
    const ld = GATES * width;
    const dtable = gradients + this.tableGradient;
    const dembedding = gradients + embedding.offset;
    const part = this.parts.embedding;
    inputWeight.gradient(weights, gradients, embedding.rows, embedding.table, embedding.width, dtable, ld, part);
    inputWeight.backward(heap, embedding.rows, dtable, ld, dembedding, embedding.width, true, part);
    kernels.addRows(this.tokens, ld, dtable, ld, gradients + this.inputBias);
    kernels.addRows(this.tokens, 2 * width, dtable, ld, gradients + this.hiddenBias);
  }
}
