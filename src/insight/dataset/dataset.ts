// The episodes that probes are made from, and those of other structures that they are tried on.

import type { Random } from '../../core/random.ts';
import type { Problem } from '../../tasks/task.ts';
import { structureOf } from '../labels/episodeLabels.ts';
import type { Progress } from '../section.ts';
import type { Subject } from '../subject.ts';
import { type Recording, record } from './recording.ts';

export interface DatasetOptions {
  /** Default: all levels of training. */
  readonly levels?: readonly number[];
  /** Episodes that probes are made from, over all levels; default 2,400. */
  readonly train?: number;
  /** Episodes that probes are tried on, over all levels; default 1,500. */
  readonly test?: number;
}

/** No structure is in both parts. Either part is in random order. */
export interface Dataset {
  readonly levels: readonly number[];
  readonly train: readonly Recording[];
  readonly test: readonly Recording[];
}

/**
 * Plays as many problems of every level. Probes are made from problems of the split that the agent was trained on, and
 * tried on those of its tests: where that holds structures out, neither the probe nor the agent has met them. A
 * structure that both samples have, as on levels that hold nothing out, stays in one of them, by chance.
 */
export function collect(
  subject: Subject,
  random: Random,
  { levels = subject.task.levels.map((_, level) => level), test = 1500, train = 2400 }: DatasetOptions = {},
  progress?: Progress,
): Dataset {
  const parts: { train: Recording[]; test: Recording[] } = { train: [], test: [] };
  for (const [i, level] of levels.entries()) {
    const stream = random.fold(level);
    const draw = (split: 'train' | 'test', count: number, part: number) =>
      subject.problems(level, split, Math.ceil(count / levels.length), stream.fold(part));
    const [own, other] = apart(subject, draw('train', train, 0), draw('test', test, 1), stream.fold(2));
    parts.train.push(...record(subject, own));
    parts.test.push(...record(subject, other));
    progress?.(i + 1, levels.length, 'playing');
  }
  // Two levels may have a structure in common.
  const tested = new Set(parts.test.map(({ structure }) => structure));
  parts.train = parts.train.filter(({ structure }) => !tested.has(structure));
  // In random order, so that the first so many are a sample of all levels.
  return { levels, train: random.fold(levels.length).shuffled(parts.train), test: parts.test };
}

/** Leaves a structure that is in both samples in one. */
function apart(
  { extended }: Subject,
  train: readonly Problem[],
  test: readonly Problem[],
  random: Random,
): [Problem[], Problem[]] {
  const structure = (problem: Problem) => structureOf(extended, problem);
  const inTest = new Set(test.map(structure));
  const shared = [...new Set(train.map(structure))].filter((one) => inTest.has(one)).sort();
  const order = random.shuffled(shared);
  const tested = new Set(order.slice(0, Math.floor(order.length / 2)));
  const trained = new Set(order.slice(Math.floor(order.length / 2)));
  return [
    train.filter((problem) => !tested.has(structure(problem))),
    test.filter((problem) => !trained.has(structure(problem))),
  ];
}
