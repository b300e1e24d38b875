// What a context encoder leaves for the steps of a program to look at, and the ways of looking: attention (Luong et al.
// 2015, dot product, scaled as in Vaswani et al. 2017), pointing at symbols (Vinyals et al. 2015; See et al. 2017), and
// the state of the symbol just chosen.

import type { Tape, Tensor } from '../tape.ts';

/** Encoded contexts, one after the other, each with room for the longest. */
export interface ContextMemory {
  /** [contexts · longest, width]; positions beyond a context's length hold nothing and are never read. */
  readonly states: Tensor;
  readonly longest: number;
  /** Address of int32 [contexts]. */
  readonly lengths: number;
  /** Address of int32 [contexts, longest]: the token at a position if it can be pointed at, else −1. */
  readonly pointable: number;
}

const strideOf = ({ longest, states }: ContextMemory): number => longest * states.width;

/** 1/√d. */
const scaleOf = (size: number): number => 1 / Math.sqrt(size);

/** What attention came to. */
export interface Attended {
  /** [state ; summed context] */
  readonly mixed: Tensor;
  /** Address of float [rows, `stride` bytes]: the share of each position of the context. */
  readonly shares: number;
  readonly stride: number;
}

/**
 * The context summed by softmax(q·H / √d), in the right half of [query's source ; context]: the left is `state`.
 * @param index address of int32 [rows]: which context a row looks at.
 */
export function attend(
  tape: Tape,
  memory: ContextMemory,
  index: number,
  query: Tensor,
  state: Tensor,
  size: number,
): Attended {
  const { kernels } = tape.heap;
  const { lengths, states } = memory;
  const { rows, width } = query;
  const stride = strideOf(memory);
  const ldShares = Math.ceil(memory.longest / 4) * 16;
  const shares = tape.arena.allocate(rows * ldShares);
  const y = tape.tensor(rows, state.width + width);
  kernels.moveRows(rows, state.width, state.at, state.width, 0, y.at, y.width, 0, false);
  const scale = scaleOf(size);
  const summed = y.at + state.width;
  kernels.attendForward(
    ...([rows, width, query.at, index, states.at, stride, lengths, scale, shares, ldShares, summed, y.width] as const),
  );
  tape.record(() => {
    if (y.gradient === 0) return;
    const dstate = tape.gradientOf(state);
    kernels.moveRows(rows, state.width, y.gradient, y.width, 0, dstate.at, state.width, 0, dstate.accumulate);
    const dquery = tape.gradientOf(query).at;
    const dstates = tape.zeroedGradientOf(states);
    const dsummed = y.gradient + state.width;
    kernels.attendBackward(
      ...([rows, width, query.at, index, states.at, stride, lengths, scale, shares, ldShares] as const),
      ...([tape.arena.allocate(ldShares), dsummed, y.width, dquery, dstates] as const),
    );
  });
  return { mixed: y, shares, stride: ldShares };
}

/** Adds u·H_j / √d, in place, to the logit of the symbol at every position j that can be pointed at. */
export function point(
  tape: Tape,
  memory: ContextMemory,
  index: number,
  pointer: Tensor,
  logits: Tensor,
  size: number,
): void {
  const { kernels } = tape.heap;
  const { lengths, longest, pointable, states } = memory;
  const { rows, width } = pointer;
  const stride = strideOf(memory);
  const scale = scaleOf(size);
  kernels.pointForward(
    ...([rows, width, pointer.at, index, states.at, stride, lengths, pointable, longest, scale] as const),
    ...([logits.at, logits.width] as const),
  );
  tape.record(() => {
    if (logits.gradient === 0) return;
    const dpointer = tape.gradientOf(pointer).at;
    const dstates = tape.zeroedGradientOf(states);
    kernels.pointBackward(
      ...([rows, width, pointer.at, index, states.at, stride, lengths, pointable, longest, scale] as const),
      ...([logits.gradient, logits.width, dpointer, dstates] as const),
    );
  });
}

/** The encoded state of each row's token, or the mean where it stands in several places, or 0 where in none. */
export function recall(tape: Tape, memory: ContextMemory, index: number, tokens: number, rows: number): Tensor {
  const { kernels } = tape.heap;
  const { lengths, longest, pointable, states } = memory;
  const { width } = states;
  const stride = strideOf(memory);
  const y = tape.tensor(rows, width);
  kernels.recallForward(rows, width, tokens, index, states.at, stride, lengths, pointable, longest, y.at);
  tape.record(() => {
    if (y.gradient === 0) return;
    const dstates = tape.zeroedGradientOf(states);
    kernels.recallBackward(rows, width, tokens, index, dstates, stride, lengths, pointable, longest, y.gradient);
  });
  return y;
}
