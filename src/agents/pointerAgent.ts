// The agent that reads before it writes: a bidirectional GRU over the context, a GRU that emits the program, attention
// over the encoded context, logits that point at its operands, and the encoded state of the last operand fed back.

import { type Heap, rowBytes } from '../network/heap.ts';
import { BiGru } from '../network/layers/biGru.ts';
import { attend, type ContextMemory, point, recall } from '../network/layers/contextMemory.ts';
import { Embedding, indexColumn } from '../network/layers/embedding.ts';
import { Linear } from '../network/layers/linear.ts';
import { PolicyHead } from '../network/layers/policyHead.ts';
import { meanOfRows, select, tanh, zeros } from '../network/layers/rows.ts';
import { TokenGru } from '../network/layers/tokenGru.ts';
import { type ParameterBlocks, Parameters } from '../network/parameters.ts';
import type { Tape, Tensor } from '../network/tape.ts';
import type { WeightGradients } from '../network/weightGradients.ts';
import type { Task } from '../tasks/task.ts';
import type { Agent, Encoding, Evaluation, KnockOut, StepInput, Touch } from './agent.ts';
import { embedTokens, levelRows, observationColumns } from './tokens.ts';

export interface PointerAgentConfig {
  readonly name: 'pointer';
  /** Width of the states; a multiple of 16. */
  readonly hidden: number;
  /** Width of the token embeddings; a multiple of 8. */
  readonly embedding: number;
  /** `gru` reads the context in both directions; `mean` sees its tokens without their order. */
  readonly encoder: 'gru' | 'mean';
  /** Whether the heads attend to the encoded context. */
  readonly attention: boolean;
  /** Whether operands' logits are also pointed at in the context. */
  readonly pointer: boolean;
  /** Width of what is fed back of the last operand's encoded state; 0 feeds nothing back. */
  readonly feedback: number;
  /** Whether the agent is told a problem's level; without, it meets levels beyond its training's with nothing amiss. */
  readonly level: boolean;
  /**
   * Whether a program begins with a summary of the context, the encoder's last states. Without, it begins with nothing:
   * all has to be attended to, pointed at or fed back, which asks the same of long contexts and of short ones.
   */
  readonly summary: boolean;
}

export class PointerAgent implements Agent {
  readonly heap: Heap;
  readonly parameters: Parameters;
  readonly policy: PolicyHead;
  readonly hidden: number;
  readonly sequence = false;
  readonly coupled = false;
  private readonly task: Task;
  private readonly embedding: Embedding;
  private readonly fieldRows: readonly number[];
  private readonly levelEmbedding: Embedding | undefined;
  private readonly reader: BiGru | undefined;
  /** Projection of a token for the encoder without order. */
  private readonly projection: Linear | undefined;
  private readonly bridge: Linear | undefined;
  private readonly writer: TokenGru;
  private readonly fed: Linear | undefined;
  private readonly query: Linear | undefined;
  private readonly pointer: Linear | undefined;
  private readonly mixer: Linear;
  private readonly heads: Linear;
  private readonly value: Linear;

  /** @param blocks parameter blocks of another thread's agent of the same task and config. */
  constructor(heap: Heap, task: Task, config: PointerAgentConfig, blocks?: ParameterBlocks) {
    const { attention, encoder, feedback, hidden, level, pointer, summary } = config;
    const parameters = new Parameters(heap);
    const vocabulary = task.vocabulary.length;
    const linear = (name: string, inputs: number, outputs: number, bias = true): Linear =>
      new Linear(heap, parameters, inputs, [{ name, outputs, column: 0 }], { bias });
    this.heap = heap;
    this.task = task;
    this.parameters = parameters;
    this.hidden = hidden;
    const { embedding, fieldRows } = embedTokens(parameters, task, config.embedding);
    this.embedding = embedding;
    this.fieldRows = fieldRows;
    if (level) {
      const parts = [{ name: 'level_emb.weight', rows: task.levels.length }];
      this.levelEmbedding = new Embedding(parameters, parts, hidden);
    }
    if (encoder === 'gru') this.reader = new BiGru(heap, parameters, 'enc', embedding, hidden / 2);
    else this.projection = linear('enc', config.embedding, hidden);
    if (summary) this.bridge = linear('bridge', hidden, hidden);
    if (feedback > 0) this.fed = linear('fed', hidden, feedback);
    const shape = { name: 'dec', embedding, tokens: vocabulary, hidden, extra: feedback };
    this.writer = new TokenGru(heap, parameters, shape);
    if (attention) this.query = linear('query', hidden, hidden, false);
    if (pointer) this.pointer = linear('pointer', hidden, hidden, false);
    this.mixer = linear('mixer', attention ? 2 * hidden : hidden, hidden);
    this.heads = linear('pi', hidden, vocabulary);
    this.value = linear('v', hidden, 1);
    this.policy = new PolicyHead(heap, vocabulary);
    parameters.allocate(blocks);
  }

  prepare(): void {
    const { bridge, fed, heads, heap, mixer, pointer, projection, query, reader, value, writer } = this;
    for (const layer of [bridge, fed, heads, mixer, pointer, projection, query, reader, value, writer]) {
      layer?.prepare(heap);
    }
  }

  finish(gradients: number, weights: WeightGradients): void {
    this.reader?.finish(this.heap, gradients, weights);
    this.writer.finish(this.heap, gradients, weights);
    weights.flush();
  }

  encode(tape: Tape, shown: readonly (readonly number[])[], levels: ArrayLike<number>): Encoding {
    // Longest first, which the reader asks for; `contexts` leads each row to its own.
    const order = shown.map((_, row) => row).sort((a, b) => shown[b]!.length - shown[a]!.length || a - b);
    const contexts = new Int32Array(shown.length);
    for (const [place, row] of order.entries()) contexts[row] = place;
    const lengths = order.map((row) => shown[row]!.length);
    const longest = lengths[0]!;
    const tokens = new Int32Array(shown.length * longest).fill(this.task.padding);
    for (const [place, row] of order.entries()) tokens.set(shown[row]!, place * longest);
    const { last, states } = this.reader
      ? this.reader.encode(tape, tokens, lengths, longest)
      : this.readWithoutOrder(tape, tokens, lengths, longest);
    const pointable = tokens.map((token, at) => {
      const inside = at % longest < lengths[Math.floor(at / longest)]!;
      return inside && this.task.vocabulary[token]!.kind === 'operand' ? token : -1;
    });
    const memory: ContextMemory = {
      states,
      longest,
      lengths: indexColumn(tape, lengths),
      pointable: indexColumn(tape, pointable),
    };
    const first =
      this.bridge?.forward(tape, select(tape, last, indexColumn(tape, contexts), contexts.length)) ??
      zeros(tape, contexts.length, rowBytes(this.hidden));
    this.levelEmbedding?.addTo(tape, first, indexColumn(tape, levelRows(levels, this.levelEmbedding.rows)));
    return { state: tanh(tape, first), memory, contexts };
  }

  /** Every token projected by itself, and their mean: a context whose order cannot be seen. */
  private readWithoutOrder(tape: Tape, tokens: Int32Array, lengths: readonly number[], longest: number) {
    const { embedding } = this;
    const all = Int32Array.from({ length: embedding.rows }, (_, row) => row);
    const table = this.projection!.forward(tape, embedding.rowsOf(tape, indexColumn(tape, all), embedding.rows));
    const places = tokens.map((token, at) => (at % longest < lengths[Math.floor(at / longest)]! ? token : 0));
    const states = select(tape, table, indexColumn(tape, places), places.length);
    const last = meanOfRows(
      tape,
      table,
      lengths.length,
      longest,
      indexColumn(tape, tokens),
      indexColumn(tape, lengths),
    );
    return { states, last };
  }

  advance(tape: Tape, { memory }: Encoding, state: Tensor, input: StepInput): Tensor {
    const { contexts, observation, tokens } = input;
    const sources = [tokens, ...observationColumns(tape, this.fieldRows, observation, state.rows)];
    if (!this.fed) return this.writer.step(tape, state, sources);
    const last = recall(tape, memory!, contexts, tokens, state.rows);
    return this.writer.step(tape, state, sources, this.fed.forward(tape, last));
  }

  evaluate(tape: Tape, { memory }: Encoding, state: Tensor, { contexts, knockOut }: StepInput): Evaluation {
    const { hidden } = this;
    const attention = this.query && attend(tape, memory!, contexts, this.asked(tape, state, knockOut), state, hidden);
    if (attention && typeof knockOut?.attention === 'function') {
      touch(tape, attention.mixed, state.width, hidden, knockOut.attention);
    }
    const z = tanh(tape, this.mixer.forward(tape, attention?.mixed ?? state));
    const logits = this.heads.forward(tape, z);
    if (this.pointer) {
      const pointer = this.pointer.forward(tape, z);
      if (knockOut?.pointer) touch(tape, pointer, 0, hidden, knockOut.pointer);
      point(tape, memory!, contexts, pointer, logits, hidden);
    }
    const values = { tensor: this.value.forward(tape, state), column: 0 };
    return { logits, values, ...(attention && { attention }) };
  }

  /** A query of zeros asks all places alike. */
  private asked(tape: Tape, state: Tensor, knockOut: KnockOut | undefined): Tensor {
    return knockOut?.attention === 'uniform' ? zeros(tape, state.rows, state.width) : this.query!.forward(tape, state);
  }
}

/** Hands out what stands in each row from byte `from` on. */
function touch({ heap }: Tape, { at, rows, width }: Tensor, from: number, size: number, by: Touch): void {
  for (let row = 0; row < rows; row++) by(heap.floats(at + row * width + from, size), row);
}
