// Runs the sections of a report on one agent.

import { knockOuts } from './causal/knockout.ts';
import { patching } from './causal/patching.ts';
import { surgery } from './causal/surgery.ts';
import type { EmergencePoint } from './emergence.ts';
import type { Criterion, Progress, SectionResult } from './section.ts';
import type { Sizes } from './sizes.ts';
import type { SectionName, Subject } from './subject.ts';

/** A part of a section: about `weight` of a report's time. */
export interface Step {
  readonly section: SectionName;
  readonly weight: number;
  run(subject: Subject, progress: Progress): SectionResult;
}

/** Everything but `emergence`, which needs more than one agent. */
export const stepsOf = (sizes: Sizes): readonly Step[] => [
  { section: 'causal', weight: 20, run: (subject, progress) => patching(subject, sizes.patching, progress) },
  { section: 'causal', weight: 3, run: (subject, progress) => surgery(subject, sizes.surgery, progress) },
  { section: 'causal', weight: 10, run: (subject, progress) => knockOuts(subject, sizes.knockOuts, progress) },
];

/** What `emergence` measures of the agent that `subject` has at the moment. */
export function measurePoint(subject: Subject, update: number, sizes: Sizes['emergence']): EmergencePoint {
  const { task } = subject;
  const random = subject.random('emergence');
  const levels = task.levels.map((_, level) => {
    const problems = subject.problems(level, 'validation', sizes.problems, random.fold(level));
    const { lanes } = subject.playback();
    let solved = 0;
    for (let from = 0; from < problems.length; from += lanes) {
      const played = subject.playback().play(problems.slice(from, from + lanes), { choice: { kind: 'greedy' } });
      solved += played.filter((one) => one.solved).length;
    }
    return solved / problems.length;
  });
  const patched = patching(subject, sizes.patching).criteria;
  return {
    update,
    solved: levels.reduce((sum, share) => sum + share, 0) / levels.length,
    levels,
    readable: null,
    state: aboveControl(patched, 'patch-state'),
    memory: aboveControl(patched, 'patch-memory'),
  };
}

const aboveControl = (criteria: readonly Criterion[], id: string): number | null =>
  criteria.find((one) => one.id === id)?.selectivity?.number ?? null;
