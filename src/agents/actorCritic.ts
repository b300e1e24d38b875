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
import type { Agent, Encoding, Evaluation, StepInput } from './agent.ts';
import { embedTokens, levelRows, observationColumns } from './tokens.ts';

/**
 * What a row sees of the contexts in its batch:
 * - `row`: the mean over its own tokens; its logits do not depend on its company.
 * - `padded`: the mean over its own tokens and the padding up to the batch's longest context, as the tutorial intends.
 * - `batch`: the mean over the whole batch, as the tutorial does: no row sees its own problem.
 */
export const CONTEXT_VIEWS = ['row', 'padded', 'batch'] as const;
export type ContextView = (typeof CONTEXT_VIEWS)[number];

export interface ActorCriticConfig {
  readonly name: 'recurrent';
  /** Width of the embeddings and of the recurrent state. */
  readonly hidden: number;
  readonly context: ContextView;
}

export class ActorCritic implements Agent {
  readonly heap: Heap;
  readonly parameters: Parameters;
  readonly policy: PolicyHead;
  readonly hidden: number;
  readonly sequence = false;
  private readonly task: Task;
  private readonly view: ContextView;
  private readonly embedding: Embedding;
  private readonly levelEmbedding: Embedding;
  private readonly rnn: TokenGru;
  private readonly heads: Linear;
  /** First embedding row of each observation field. */
  private readonly fieldRows: readonly number[];

  /** @param blocks parameter blocks of another thread's agent of the same task and config. */
  constructor(heap: Heap, task: Task, config: ActorCriticConfig, blocks?: ParameterBlocks) {
    this.heap = heap;
    this.task = task;
    this.view = config.context;
    this.parameters = new Parameters(heap);
    const { parameters } = this;
    const { hidden } = config;
    this.hidden = hidden;
    const vocabulary = task.vocabulary.length;
    const { embedding: tokens, fieldRows } = embedTokens(parameters, task, hidden);
    this.embedding = tokens;
    this.fieldRows = fieldRows;
    this.levelEmbedding = new Embedding(parameters, [{ name: 'stage_emb.weight', rows: task.levels.length }], hidden);
    const { embedding } = this;
    this.rnn = new TokenGru(heap, parameters, { name: 'rnn', embedding, tokens: vocabulary, hidden });
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
  encode(tape: Tape, contexts: readonly (readonly number[])[], levels: ArrayLike<number>): Encoding {
    const rows = contexts.length;
    const mean = this.meanContext(tape, contexts);
    const state = mean.rows === rows ? mean : broadcast(tape, mean, rows);
    this.levelEmbedding.addTo(tape, state, indexColumn(tape, levelRows(levels, this.levelEmbedding.rows)));
    return { state: tanh(tape, state), contexts: new Int32Array(rows) };
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

  advance(tape: Tape, _encoding: Encoding, state: Tensor, { observation, tokens }: StepInput): Tensor {
    return this.rnn.step(tape, state, [tokens, ...observationColumns(tape, this.fieldRows, observation, state.rows)]);
  }

  evaluate(tape: Tape, _encoding: Encoding, state: Tensor): Evaluation {
    const logits = this.heads.forward(tape, state);
    return { logits, values: { tensor: logits, column: this.policy.valueColumn } };
  }
}
