// Three questions that a touch answers, each put to the program on view.

import type { AgentFacts, Shown, Touch } from '../engine/playing.ts';
import { keepsSomething } from '../stage/machineModel.ts';

export interface Experiment {
  readonly question: string;
  /** What is done, or why it cannot be. */
  readonly touch: Touch | string;
}

/** @param other number of a problem of the same level that is not the one on view. */
export function experimentsOn(agent: AgentFacts, { run }: Shown, other: number): Experiment[] {
  const { unable } = agent;
  const full = run.steps.findIndex(({ before }) => keepsSomething(before));
  const middle = Math.max(1, Math.floor(run.steps.length / 2));
  const memory = (): Experiment['touch'] => {
    if (unable.memory !== undefined) return unable.memory;
    if (full < 0) return 'The memory stays empty in this program.';
    return { kind: 'memory', step: full, how: 'empty' };
  };
  const short = run.steps.length < 2 ? 'This program is too short to be stopped in the middle.' : undefined;
  return [
    { question: 'Is the memory in use?', touch: memory() },
    {
      question: 'Is the plan in the state?',
      touch: unable.state ??
        short ?? { kind: 'state', step: middle, how: 'swap', problem: { level: run.level, index: other } },
    },
    {
      question: 'Does it need to see its problem?',
      touch: unable.context ?? { kind: 'context', step: 0, how: 'hide' },
    },
  ];
}
