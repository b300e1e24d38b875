// What the checkpoints of a run are compared by: a small share of what a report asks of its agent.

import { ownPrograms } from './causal/pairs.ts';
import { type PatchOptions, patching } from './causal/patching.ts';
import { collect, type DatasetOptions } from './dataset/dataset.ts';
import { measure } from './dataset/measure.ts';
import { tokenQuestions } from './dataset/questions.ts';
import { Resamples } from './dataset/resamples.ts';
import { StepProbes } from './dataset/stepProbes.ts';
import type { EmergencePoint } from './emergence.ts';
import type { Subject } from './subject.ts';

export interface PointOptions {
  /** Problems of each level that are played for the share solved. */
  readonly problems: number;
  /** Episodes for probes. */
  readonly probes: Pick<DatasetOptions, 'train' | 'test'>;
  readonly patching: PatchOptions;
}

/** Tokens after the first that are read before it, at the most. */
const FARTHEST = 8;

/** Measures the agent that `subject` has at the moment, on the same problems whenever it is called. */
export function measurePoint(subject: Subject, update: number, options: PointOptions): EmergencePoint {
  const levels = solvedByLevel(subject, options.problems);
  const { criteria } = patching(subject, options.patching);
  const aboveControl = (id: string) => criteria.find((one) => one.id === id)?.selectivity?.number ?? null;
  return {
    update,
    solved: levels.reduce((sum, share) => sum + share, 0) / levels.length,
    levels,
    readable: readable(subject, options.probes),
    state: aboveControl('patch-state'),
    memory: aboveControl('patch-memory'),
  };
}

/** Streams of the section. */
const [SOLVED, PROBES] = [0, 1];

function solvedByLevel(subject: Subject, count: number): number[] {
  const random = subject.random('emergence').fold(SOLVED);
  return subject.task.levels.map((_, level) => {
    const problems = subject.problems(level, 'validation', count, random.fold(level));
    return ownPrograms(subject.playback(), problems).filter(({ solved }) => solved).length / problems.length;
  });
}

/** Selectivity of the tokens after the first, read before it; `null` where too few programs have any. */
function readable(subject: Subject, options: PointOptions['probes']): number | null {
  const random = subject.random('emergence').fold(PROBES);
  const dataset = collect(subject, random.fold(0), options);
  const token = tokenQuestions(dataset.train).at;
  const probes = new StepProbes(subject.extended, dataset, 0, [token(1)], random.fold(1));
  const answers = Array.from({ length: FARTHEST }, (_, i) => probes.ask(token(i + 1)) ?? []).flat();
  const names = dataset.test.map(({ structure }) => structure);
  return measure(answers, names, new Resamples(names, random.fold(2)))?.selectivity ?? null;
}
