// The categorical policy over a row's legal tokens, and the losses' gradient on its logits.

import { assert } from '../../core/assert.ts';
import type { Heap } from '../heap.ts';
import type { Tape, Tensor } from '../tape.ts';

/** What the kernels add to the logit of an illegal token. */
const MASKED = -1e30;

/** How tokens are chosen. `forced` takes those already standing in the column. */
export type Choice =
  | { readonly kind: 'sample'; readonly key: readonly [number, number]; readonly lanes: number; readonly step: number }
  | { readonly kind: 'greedy' }
  | { readonly kind: 'forced'; readonly tokens: ArrayLike<number> };

/** The rows' values: column `column` of a tensor whose other columns are 0 or, where it is the logits', other logits. */
export interface Values {
  readonly tensor: Tensor;
  readonly column: number;
}

/** One step of a batch of rows. Addresses of columns [rows], but for `logits`. */
export interface PolicyStep {
  /** Masked logits. */
  readonly logits: Tensor;
  readonly values: Values;
  readonly normaliser: number;
  readonly entropy: number;
  readonly chosen: number;
  readonly logProb: number;
  /** Loss gradients, to be set before the tape runs back; see `LossGradient`. */
  loss: LossGradient | undefined;
}

/**
 * The loss Σ_rows −weight·log π(chosen) + ∂value·v, − `entropyWeight`·H, + `uniformWeight`·mean over the legal tokens of
 * −log π (the divergence from the uniform policy, up to a constant).
 */
export interface LossGradient {
  /** Address of float [rows]. */
  readonly weight: number;
  /** Address of float [rows]. */
  readonly dvalue: number;
  readonly entropyWeight: number;
  readonly uniformWeight: number;
}

export class PolicyHead {
  readonly vocabulary: number;
  /** Where an agent that keeps its value beside the logits puts it: the first column that no mask touches. */
  readonly valueColumn: number;
  /** A mask row under which every token is legal. */
  private readonly unmasked: number;
  private readonly maskFloats: number;

  constructor(heap: Heap, vocabulary: number) {
    this.vocabulary = vocabulary;
    this.maskFloats = Math.ceil(vocabulary / 4) * 4;
    this.valueColumn = this.maskFloats;
    this.unmasked = heap.allocate(this.maskFloats * 4);
    heap.floats(this.unmasked, this.maskFloats).fill(MASKED, vocabulary);
  }

  /**
   * Masks the logits in place, chooses, and records the way back.
   * @param legal [rows, vocabulary] 1 where a token is legal; all are when absent.
   */
  step(
    tape: Tape,
    { logits, values }: { logits: Tensor; values: Values },
    choice: Choice,
    legal?: Uint8Array,
  ): PolicyStep {
    const { kernels } = tape.heap;
    const { rows, width, at } = logits;
    const n = this.vocabulary;
    const mask = legal ? this.mask(tape, legal, rows) : this.unmasked;
    const maskStride = legal ? this.maskFloats * 4 : 0;
    const [normaliser, entropy] = [tape.column(rows), tape.column(rows)];
    const [chosen, logProb] = [tape.column(rows), tape.column(rows)];
    kernels.policyForward(rows, n, at, width, mask, maskStride, normaliser, entropy);
    switch (choice.kind) {
      case 'sample': {
        const [key0, key1] = choice.key;
        kernels.policySample(rows, n, at, width, normaliser, key0, key1, choice.lanes, choice.step, chosen);
        break;
      }
      case 'greedy':
        kernels.policyGreedy(rows, n, at, width, chosen);
        break;
      case 'forced':
        tape.heap.integers(chosen, rows).set(choice.tokens);
        break;
      default:
        choice satisfies never;
    }
    kernels.policyLogProb(rows, at, width, normaliser, chosen, logProb);
    const step: PolicyStep = { logits, values, normaliser, entropy, chosen, logProb, loss: undefined };
    tape.record(() => {
      assert(step.loss !== undefined, 'a policy step runs back without a loss');
      const { weight, dvalue, entropyWeight, uniformWeight } = step.loss;
      const { column, tensor } = values;
      kernels.policyBackward(
        ...([rows, n, at, width, mask, maskStride, normaliser, entropy, chosen] as const),
        ...([weight, tensor.at + column * 4, tensor.width, dvalue, entropyWeight, uniformWeight] as const),
      );
      logits.gradient = at;
      tensor.gradient = tensor.at;
    });
    return step;
  }

  private mask(tape: Tape, legal: Uint8Array, rows: number): number {
    const stride = this.maskFloats;
    const at = tape.arena.allocate(rows * stride * 4);
    const mask = tape.heap.floats(at, rows * stride);
    for (let row = 0, from = 0, to = 0; row < rows; row++) {
      for (const end = to + this.vocabulary; to < end; to++) mask[to] = legal[from++] === 1 ? 0 : MASKED;
      for (const end = (row + 1) * stride; to < end; to++) mask[to] = MASKED;
    }
    return at;
  }
}
