// What a rollout needs of an agent: an encoder of contexts, a core that takes in token after token, and heads.

import type { Heap } from '../network/heap.ts';
import type { Attended, ContextMemory } from '../network/layers/contextMemory.ts';
import type { PolicyHead, Values } from '../network/layers/policyHead.ts';
import type { Sequences } from '../network/layers/sequences.ts';
import type { Parameters } from '../network/parameters.ts';
import type { Tape, Tensor } from '../network/tape.ts';
import type { WeightGradients } from '../network/weightGradients.ts';

/** Encoded contexts of a batch. */
export interface Encoding {
  /** The state of each row before its first token. */
  readonly state: Tensor;
  /** What later steps may look at. */
  readonly memory?: ContextMemory;
  /** Contexts that programs are written behind. */
  readonly text?: Text;
  /** [rows] which of the memory's contexts a row looks at. */
  readonly contexts: Int32Array;
}

/** Context and program of each row as one sequence, which grows with every step. */
export interface Text {
  readonly sequences: Sequences;
  /** [rows] tokens of the context. */
  readonly read: Int32Array;
  /** [rows] rows of an embedding of levels. */
  readonly levels: Int32Array;
}

/** Writes over one row's vector [hidden]; the view is good during the call only. */
export type Touch = (vector: Float32Array, row: number) => void;

/** What is done to an agent that looks at its context, to see what becomes of it without. */
export interface KnockOut {
  /** All of the context weighs the same; or what attention summed is written over. */
  readonly attention?: 'uniform' | Touch;
  /** What points at operands is written over: zeros point at nothing. */
  readonly pointer?: Touch;
}

/** What the live rows of a step take in. */
export interface StepInput {
  /** Address of int32 [rows]: the tokens just chosen (at first the task's start token). */
  readonly tokens: number;
  /** [rows, fields] what the machine showed after them. */
  readonly observation: Int32Array;
  /** Address of int32 [rows]: which of the memory's contexts a row looks at. */
  readonly contexts: number;
  /** Experiments on the heads; training never has any. */
  readonly knockOut?: KnockOut | undefined;
}

/** What the heads answer. */
export interface Evaluation {
  readonly logits: Tensor;
  readonly values: Values;
  /** Where the agent looked in its context, if it looks. */
  readonly attention?: Pick<Attended, 'shares' | 'stride'>;
}

export interface Agent {
  readonly heap: Heap;
  readonly parameters: Parameters;
  readonly policy: PolicyHead;
  /** Floats of a row's state. */
  readonly hidden: number;
  /** Whether what it knows is the whole sequence so far, and its state only what it made of the last token. */
  readonly sequence: boolean;
  /** Whether the rows of a batch see each other's contexts, so that it cannot be cut. */
  readonly coupled: boolean;
  /** Packs weights and builds tables: once after the parameters change, before any forward pass. */
  prepare(): void;
  /** Turns gradients of derived tables into the parameters'; once per update, on the summed gradient block. */
  finish(gradients: number, weights: WeightGradients): void;
  /**
   * Reads contexts; levels beyond those that the agent was made for count as the highest of them.
   * @param steps how often `advance` will be called at the most.
   */
  encode(tape: Tape, contexts: readonly (readonly number[])[], levels: ArrayLike<number>, steps: number): Encoding;
  /** The next state of each live row. */
  advance(tape: Tape, encoding: Encoding, state: Tensor, input: StepInput): Tensor;
  /** Logits and values of each live row. */
  evaluate(tape: Tape, encoding: Encoding, state: Tensor, input: StepInput): Evaluation;
}
