// Three questions that a touch answers, each put to the program on view.

import type { AgentFacts, Shown, Touch } from '../engine/playing.ts';
import { keepsSomething } from '../stage/machineModel.ts';
import type { Donor } from './donors.ts';

export interface Experiment {
  readonly question: string;
  /** What is done, or why it cannot be. */
  readonly touch: Touch | string;
}

/** @param donor whose state is put into the program; nothing while none is known yet. */
export function experimentsOn(agent: AgentFacts, { run }: Shown, donor: Donor | 'none' | undefined): Experiment[] {
  const { unable } = agent;
  const full = run.steps.findIndex(({ before }) => keepsSomething(before));
  const memory = (): Experiment['touch'] => {
    if (unable.memory !== undefined) return unable.memory;
    if (full < 0) return 'The memory stays empty in this program.';
    return { kind: 'memory', step: full, how: 'empty' };
  };
  const plan = (): Experiment['touch'] => {
    if (unable.state !== undefined) return unable.state;
    if (donor === undefined) return 'Problems with another program are being looked for.';
    if (donor === 'none') return 'Every problem that was tried has this program: another’s state can tell nothing.';
    return { kind: 'state', step: donor.step, how: 'swap', problem: donor.problem };
  };
  return [
    { question: 'Is the memory in use?', touch: memory() },
    { question: 'Is the plan in the state?', touch: plan() },
    {
      question: 'Does it need to see its problem?',
      touch: unable.context ?? { kind: 'context', step: 0, how: 'hide' },
    },
  ];
}

/** A token worth beginning at: the first with something in memory, else one in the middle. */
export function firstPlace({ run: { steps } }: Shown): number {
  const full = steps.findIndex(({ before }) => keepsSomething(before));
  return full >= 0 ? full : Math.floor(steps.length / 2);
}
