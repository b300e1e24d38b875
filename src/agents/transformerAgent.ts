// A small causal transformer with the normalisation before each half (Radford et al. 2019): context and program are one
// sequence, of which only the program's tokens are chosen and learnt. What the machine shows after a token is added to
// that token's embedding: it is known together with the token, and a position of its own would cost a pass through all
// layers and predict nothing.

import { assert } from '../core/assert.ts';
import type { Heap } from '../network/heap.ts';
import { Embedding, indexColumn } from '../network/layers/embedding.ts';
import { LayerNorm } from '../network/layers/layerNorm.ts';
import { Linear } from '../network/layers/linear.ts';
import { PolicyHead } from '../network/layers/policyHead.ts';
import { Sequences } from '../network/layers/sequences.ts';
import { TransformerBlock } from '../network/layers/transformerBlock.ts';
import { type ParameterBlocks, Parameters } from '../network/parameters.ts';
import type { Tape, Tensor } from '../network/tape.ts';
import type { WeightGradients } from '../network/weightGradients.ts';
import type { Task } from '../tasks/task.ts';
import type { Agent, Encoding, Evaluation, StepInput } from './agent.ts';
import { embedTokens, levelRows, observationColumns } from './tokens.ts';

export interface TransformerAgentConfig {
  readonly name: 'transformer';
  /** Width of the rows; a multiple of 8 · `heads`. */
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of the feed-forward halves. */
  readonly inner: number;
  /** Whether the agent is told a problem's level; without, it meets levels beyond its training's with nothing amiss. */
  readonly level: boolean;
}

/** Embeddings start small beside what the layers add to them: uniform on ± this. */
const EMBEDDING = { uniform: 0.25 } as const;

export class TransformerAgent implements Agent {
  readonly heap: Heap;
  readonly parameters: Parameters;
  readonly policy: PolicyHead;
  readonly hidden: number;
  readonly sequence = true;
  readonly coupled = false;
  private readonly embedding: Embedding;
  private readonly fieldRows: readonly number[];
  /** A row for every place in a context, and then one for every place in a program. */
  private readonly positions: Embedding;
  private readonly contextLimit: number;
  private readonly levelEmbedding: Embedding | undefined;
  private readonly blocks: readonly TransformerBlock[];
  private readonly norm: LayerNorm;
  private readonly heads: Linear;

  /** @param blocks parameter blocks of another thread's agent of the same task and config. */
  constructor(heap: Heap, task: Task, config: TransformerAgentConfig, blocks?: ParameterBlocks) {
    const { heads, hidden, inner, layers, level } = config;
    assert(hidden % (8 * heads) === 0, `${heads} heads share a width of ${hidden}`);
    assert(Number.isFinite(task.contextLimit), 'places in a context are learnt: task.contextLimit must be finite');
    const parameters = new Parameters(heap);
    const vocabulary = task.vocabulary.length;
    this.heap = heap;
    this.hidden = hidden;
    this.parameters = parameters;
    this.contextLimit = task.contextLimit;
    const { embedding, fieldRows } = embedTokens(parameters, task, hidden, EMBEDDING);
    this.embedding = embedding;
    this.fieldRows = fieldRows;
    const places = [
      { name: 'context_pos.weight', rows: task.contextLimit },
      { name: 'program_pos.weight', rows: task.programLimit },
    ];
    this.positions = new Embedding(parameters, places, hidden, EMBEDDING);
    if (level) {
      const parts = [{ name: 'level_emb.weight', rows: task.levels.length }];
      this.levelEmbedding = new Embedding(parameters, parts, hidden, EMBEDDING);
    }
    this.blocks = Array.from(
      { length: layers },
      (_, layer) => new TransformerBlock(heap, parameters, { name: `layers.${layer}`, layer, hidden, heads, inner }),
    );
    this.norm = new LayerNorm(parameters, 'norm', hidden);
    this.policy = new PolicyHead(heap, vocabulary);
    this.heads = new Linear(heap, parameters, hidden, [
      { name: 'pi', outputs: vocabulary, column: 0 },
      { name: 'v', outputs: 1, column: this.policy.valueColumn },
    ]);
    parameters.allocate(blocks);
  }

  prepare(): void {
    for (const layer of [...this.blocks, this.heads]) layer.prepare(this.heap);
  }

  finish(_gradients: number, weights: WeightGradients): void {
    weights.flush();
  }

  /** Reads the contexts in one go: every token of every context is a row that sees those before it. */
  encode(tape: Tape, shown: readonly (readonly number[])[], levels: ArrayLike<number>, steps: number): Encoding {
    const { blocks, contextLimit, embedding, levelEmbedding, positions } = this;
    const read = Int32Array.from(shown, ({ length }) => length);
    const longest = read.reduce((most, length) => Math.max(most, length), 0);
    const sequences = new Sequences(tape, blocks.length, read.length, longest + steps, embedding.width);
    const tokens = shown.flat();
    const rows = sequences.append(tape, Int32Array.from(shown.flatMap((context, lane) => context.map(() => lane))));
    const x = embedding.rowsOf(tape, indexColumn(tape, tokens), tokens.length);
    // Places beyond those that the agent was made for take the last one's: of all that it has learnt, the nearest.
    const places = shown.flatMap((context) => context.map((_, place) => Math.min(place, contextLimit - 1)));
    positions.addTo(tape, x, indexColumn(tape, places));
    // Nothing is predicted here, so of the last layer only keys and values are asked.
    for (const block of blocks.slice(0, -1)) block.forward(tape, x, sequences, rows);
    blocks.at(-1)!.remember(tape, x, sequences, rows);
    const state = tape.tensor(read.length, embedding.width);
    tape.heap.zero(state.at, state.rows * state.width);
    const told = Int32Array.from(levelRows(levels, levelEmbedding?.rows ?? 1));
    return { state, text: { sequences, read, levels: told }, contexts: read.map((_, lane) => lane) };
  }

  /** One position of each live row: its new state is what the last layer makes of it; what went before is cached. */
  advance(tape: Tape, { text }: Encoding, { rows: count }: Tensor, input: StepInput): Tensor {
    const { contextLimit, embedding, fieldRows, levelEmbedding, positions } = this;
    const { levels, read, sequences } = text!;
    const lanes = tape.heap.integers(input.contexts, count).slice();
    const rows = sequences.append(tape, lanes);
    const x = embedding.rowsOf(tape, input.tokens, count);
    for (const column of observationColumns(tape, fieldRows, input.observation, count)) {
      embedding.addTo(tape, x, column);
    }
    const place = (lane: number): number => contextLimit + sequences.lengths[lane]! - 1 - read[lane]!;
    const places = lanes.map((lane) => Math.min(place(lane), positions.rows - 1));
    positions.addTo(tape, x, indexColumn(tape, places));
    const told = lanes.map((lane) => levels[lane]!);
    levelEmbedding?.addTo(tape, x, indexColumn(tape, told));
    for (const block of this.blocks) block.forward(tape, x, sequences, rows);
    return this.norm.forward(tape, x);
  }

  evaluate(tape: Tape, _encoding: Encoding, state: Tensor): Evaluation {
    const logits = this.heads.forward(tape, state);
    return { logits, values: { tensor: logits, column: this.policy.valueColumn } };
  }
}
