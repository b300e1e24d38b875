// A stand-in task for reference data: contexts, masks, rewards and hindsight's examples come from a file, so that the
// data runs through the very path that training takes.

import type { Machine, Problem, SolvedExample, StepOutput, Task } from '../tasks/task.ts';

export interface GoldenProblem extends Problem {
  readonly context: readonly number[];
  /** What each token pays; the episode ends with the last. */
  readonly rewards: readonly number[];
  /** By token: 1 where a symbol may be chosen, `vocabulary` of them a token. */
  readonly legal?: ArrayLike<number>;
  readonly example?: SolvedExample<GoldenProblem>;
}

export interface GoldenSizes {
  readonly vocabulary: number;
  readonly levels: number;
  /** Longest context; no limit when absent. */
  readonly context?: number;
  /** Longest program. */
  readonly program: number;
  readonly start: number;
  readonly padding?: number;
  /** By token: 1 where it is an operand; none is when absent. */
  readonly operands?: ArrayLike<number>;
  /** Whether problems have masks. */
  readonly masked?: boolean;
}

export function goldenTask(sizes: GoldenSizes): Task<GoldenProblem> {
  const { vocabulary, levels, operands, program, start, padding = 0, masked = false } = sizes;
  const contextLimit = sizes.context ?? Number.POSITIVE_INFINITY;
  return {
    name: 'golden',
    title: 'Reference data.',
    vocabulary: Array.from({ length: vocabulary }, (_, id) => ({
      symbol: `${id}`,
      kind: operands?.[id] === 1 ? 'operand' : 'control',
    })),
    start,
    levels: Array.from({ length: levels }, (_, level) => ({ name: `${level}`, goal: '' })),
    contextLimit,
    padding,
    programLimit: program,
    observation: [],
    masked,
    sample: () => {
      throw new Error('reference problems come from a file');
    },
    context: (problem) => problem.context,
    machine: (lanes) => new GoldenMachine(lanes, vocabulary),
    describe: () => 'reference data',
    hindsight: (problem) => problem.example,
  };
}

class GoldenMachine implements Machine<GoldenProblem> {
  private problems: readonly GoldenProblem[] = [];
  private taken: number[];
  private readonly vocabulary: number;

  constructor(lanes: number, vocabulary: number) {
    this.taken = new Array<number>(lanes).fill(0);
    this.vocabulary = vocabulary;
  }

  reset(problems: readonly GoldenProblem[], out: StepOutput): void {
    this.problems = problems;
    this.taken.fill(0);
    for (const lane of problems.keys()) this.show(lane, lane, out);
  }

  step(lanes: Int32Array, _actions: Int32Array, out: StepOutput): void {
    for (const [row, lane] of lanes.entries()) {
      const { rewards } = this.problems[lane]!;
      out.reward[row] = rewards[this.taken[lane]!++]!;
      out.discount[row] = this.taken[lane] === rewards.length ? 0 : 1;
      this.show(lane, row, out);
    }
  }

  /** What may be chosen next in `lane`. */
  private show(lane: number, row: number, out: StepOutput): void {
    const { legal } = this.problems[lane]!;
    if (!legal) return;
    const { vocabulary } = this;
    const at = this.taken[lane]! * vocabulary;
    for (let token = 0; token < vocabulary; token++) out.legal[row * vocabulary + token] = legal[at + token] ?? 0;
  }

  solved(): boolean {
    return false;
  }

  describe(): [] {
    return [];
  }

  save(): unknown {
    return [...this.taken];
  }

  restore(state: unknown): void {
    this.taken = [...(state as number[])];
  }
}
