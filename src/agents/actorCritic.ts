// The published recurrent actor-critic: the context's mean embedding starts a GRU that emits a program token by token.
// Parameter names and shapes are those of the PyTorch module with `emb`, `stage_emb`, `rnn`, `pi` and `v`.

import type { Heap } from '../network/heap.ts';
import { Embedding, indexColumn } from '../network/layers/embedding.ts';
import { Linear } from '../network/layers/linear.ts';
import { PolicyHead } from '../network/layers/policyHead.ts';
import { broadcast, tanh } from '../network/layers/rows.ts';
import { TokenGru } from '../network/layers/tokenGru.ts';
import { type ParameterBlocks, Parameters } from '../network/parameters.ts';
import type { Tape, Tensor } from '../network/tape.ts';
import type { WeightGradients } from '../network/weightGradients.ts';
import type { Task } from '../tasks/task.ts';

/**
 * What a row sees of the contexts in its batch:
 * - `row`: the mean over its own tokens; its logits do not depend on its company.
 * - `padded`: the mean over its own tokens and the padding up to the batch's longest context, as the tutorial intends.
 * - `batch`: the mean over the whole batch, as the tutorial does: no row sees its own problem.
 */
export const CONTEXT_VIEWS = ['row', 'padded', 'batch'] as const;
export type ContextView = (typeof CONTEXT_VIEWS)[number];

export interface AgentConfig {
  /** Width of the embeddings and of the recurrent state. */
  readonly hidden: number;
  readonly context: ContextView;
}

export class ActorCritic {
  readonly heap: Heap;
  readonly parameters: Parameters;
  readonly policy: PolicyHead;
  private readonly task: Task;
  private readonly view: ContextView;
  private readonly embedding: Embedding;
  private readonly levelEmbedding: Embedding;
  private readonly rnn: TokenGru;
  private readonly heads: Linear;
  /** First embedding row of each observation field. */
  private readonly fieldRows: readonly number[];

  /** @param blocks parameter blocks of another thread's agent of the same task and config. */
  constructor(heap: Heap, task: Task, config: AgentConfig, blocks?: ParameterBlocks) {
    this.heap = heap;
    this.task = task;
    this.view = config.context;
    this.parameters = new Parameters(heap);
    const { parameters } = this;
    const { hidden } = config;
    const vocabulary = task.vocabulary.length;
    const parts = [{ name: 'emb.weight', rows: vocabulary }];
    let rows = vocabulary;
    this.fieldRows = task.observation.map(({ name, size }) => {
      parts.push({ name: `obs_emb.${name}.weight`, rows: size });
      rows += size;
      return rows - size;
    });
    this.embedding = new Embedding(parameters, parts, hidden);
    this.levelEmbedding = new Embedding(parameters, [{ name: 'stage_emb.weight', rows: task.levels.length }], hidden);
    this.rnn = new TokenGru(heap, parameters, 'rnn', this.embedding, vocabulary, hidden);
    this.policy = new PolicyHead(heap, vocabulary);
    this.heads = new Linear(heap, parameters, hidden, [
      { name: 'pi', outputs: vocabulary, column: 0 },
      { name: 'v', outputs: 1, column: this.policy.valueColumn },
    ]);
    parameters.allocate(blocks);
  }

  /** Whether the rows of a batch see each other's contexts, so that it cannot be cut. */
  get coupled(): boolean {
    return this.view !== 'row';
  }

  /** Packs weights and builds tables: once after the parameters change, before any forward pass. */
  prepare(): void {
    this.rnn.prepare(this.heap);
    this.heads.prepare(this.heap);
  }

  /** Turns gradients of derived tables into the parameters'; once per update, on the summed gradient block. */
  finish(gradients: number, weights: WeightGradients): void {
    this.rnn.finish(this.heap, gradients, weights);
    weights.flush();
  }

  /** The initial state of each row: tanh(mean of the context's embeddings + level embedding). */
  encode(tape: Tape, contexts: readonly (readonly number[])[], levels: ArrayLike<number>): Tensor {
    const rows = contexts.length;
    const mean = this.meanContext(tape, contexts);
    const state = mean.rows === rows ? mean : broadcast(tape, mean, rows);
    this.levelEmbedding.addTo(tape, state, indexColumn(tape, levels));
    return tanh(tape, state);
  }

  private meanContext(tape: Tape, contexts: readonly (readonly number[])[]): Tensor {
    const longest = contexts.reduce((most, context) => Math.max(most, context.length), 0);
    const rows = contexts.length;
    const tokens = new Int32Array(rows * longest).fill(this.task.padding);
    for (const [row, context] of contexts.entries()) tokens.set(context, row * longest);
    const at = indexColumn(tape, tokens);
    if (this.view === 'batch') {
      return this.embedding.meanPool(tape, 1, rows * longest, at, indexColumn(tape, [rows * longest]));
    }
    const padded = this.view === 'padded';
    const lengths = contexts.map((context) => (padded ? longest : context.length));
    return this.embedding.meanPool(tape, rows, longest, at, indexColumn(tape, lengths));
  }

  /**
   * The next state of each row.
   * @param tokens address of int32 [rows]: the tokens just chosen (at first the task's start token).
   * @param observation [rows, fields] what the machine showed after them.
   */
  advance(tape: Tape, state: Tensor, tokens: number, observation: Int32Array): Tensor {
    const { rows } = state;
    const fields = this.fieldRows.length;
    const sources = [tokens];
    for (const [field, first] of this.fieldRows.entries()) {
      const column = tape.column(rows);
      const indices = tape.heap.integers(column, rows);
      for (let row = 0; row < rows; row++) indices[row] = first + observation[row * fields + field]!;
      sources.push(column);
    }
    return this.rnn.step(tape, state, sources);
  }

  /** Logits, and the value at column `policy.valueColumn`. */
  evaluate(tape: Tape, state: Tensor): Tensor {
    return this.heads.forward(tape, state);
  }
}
