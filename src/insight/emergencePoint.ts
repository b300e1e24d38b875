// What the checkpoints of a run are compared by: a small share of what a report asks of its agent.

import { ownPrograms } from './causal/pairs.ts';
import { type PatchOptions, patching } from './causal/patching.ts';
import { collect, type DatasetOptions } from './dataset/dataset.ts';
import { type Measure, measure } from './dataset/measure.ts';
import { tokenQuestions } from './dataset/questions.ts';
import { Resamples } from './dataset/resamples.ts';
import { StepProbes } from './dataset/stepProbes.ts';
import type { EmergencePoint } from './emergence.ts';
import { structureOf } from './labels/episodeLabels.ts';
import type { Subject } from './subject.ts';
import { estimate, type Trial } from './trials.ts';

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
  const aboveControl = (id: string) => criteria.find((one) => one.id === id)?.selectivity;
  const solved = estimate(levels.flat(), subject.random('emergence').fold(INTERVAL))!;
  const [read, state, memory] = [
    readable(subject, options.probes),
    aboveControl('patch-state'),
    aboveControl('memory-beyond-tokens'),
  ];
  return {
    update,
    solved: solved.number,
    levels: levels.map((some) => some.reduce((sum, { number }) => sum + number, 0) / some.length),
    readable: read?.selectivity ?? null,
    state: state?.number ?? null,
    memory: memory?.number ?? null,
    intervals: {
      solved: solved.interval,
      readable: read?.interval ?? null,
      state: state?.interval ?? null,
      memory: memory?.interval ?? null,
    },
  };
}

/** Streams of the section. */
const [SOLVED, PROBES, INTERVAL] = [0, 1, 2];

/** Of each level `count` problems, so that all levels count alike. */
function solvedByLevel(subject: Subject, count: number): Trial[][] {
  const random = subject.random('emergence').fold(SOLVED);
  return subject.task.levels.map((_, level) => {
    const problems = subject.problems(level, 'validation', count, random.fold(level));
    return ownPrograms(subject.playback(), problems).map(({ problem, solved }) => ({
      structure: structureOf(subject.extended, problem),
      number: Number(solved),
      control: 0,
    }));
  });
}

/** Of the tokens after the first, read before it; nothing where too few programs have any. */
function readable(subject: Subject, options: PointOptions['probes']): Measure | undefined {
  const random = subject.random('emergence').fold(PROBES);
  const dataset = collect(subject, random.fold(0), options);
  const token = tokenQuestions(dataset.train).at;
  const probes = new StepProbes(subject.extended, dataset, 0, [token(1)], random.fold(1));
  const answers = Array.from({ length: FARTHEST }, (_, i) => probes.ask(token(i + 1)) ?? []).flat();
  const names = dataset.test.map(({ structure }) => structure);
  return measure(answers, names, new Resamples(names, random.fold(2)));
}
