// A stand-in task for reference data: contexts, programs and returns come from a file, so that the data runs through
// the very path that training takes.

import type { Machine, Problem, StepOutput, Task } from '../tasks/task.ts';

export interface GoldenProblem extends Problem {
  readonly context: readonly number[];
  readonly reward: number;
}

export interface GoldenSizes {
  readonly vocabulary: number;
  readonly levels: number;
  readonly program: number;
  readonly start: number;
}

/** Every episode takes `program` tokens and pays the problem's reward at the last. */
export function goldenTask({ vocabulary, levels, program, start }: GoldenSizes): Task<GoldenProblem> {
  return {
    name: 'golden',
    title: 'Reference data.',
    vocabulary: Array.from({ length: vocabulary }, (_, id) => ({ symbol: `${id}`, kind: 'control' })),
    start,
    levels: Array.from({ length: levels }, (_, level) => ({ name: `${level}`, goal: '' })),
    contextLimit: Number.POSITIVE_INFINITY,
    padding: 0,
    programLimit: program,
    observation: [],
    masked: false,
    sample: () => {
      throw new Error('reference problems come from a file');
    },
    context: (problem) => problem.context,
    machine: (lanes) => new GoldenMachine(lanes, program),
    describe: () => 'reference data',
  };
}

class GoldenMachine implements Machine<GoldenProblem> {
  private problems: readonly GoldenProblem[] = [];
  private taken: number[];
  private readonly program: number;

  constructor(lanes: number, program: number) {
    this.taken = new Array<number>(lanes).fill(0);
    this.program = program;
  }

  reset(problems: readonly GoldenProblem[]): void {
    this.problems = problems;
    this.taken.fill(0);
  }

  step(lanes: Int32Array, _actions: Int32Array, out: StepOutput): void {
    for (const [row, lane] of lanes.entries()) {
      const last = ++this.taken[lane]! === this.program;
      out.reward[row] = last ? this.problems[lane]!.reward : 0;
      out.discount[row] = last ? 0 : 1;
    }
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
