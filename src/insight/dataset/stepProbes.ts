// All probes of one step: what they read of the episodes that still run, and what was right by episode.

import type { Random } from '../../core/random.ts';
import type { Task } from '../../tasks/task.ts';
import { scaleOf, standardised } from '../probes/features.ts';
import type { Dataset } from './dataset.ts';
import { InputColumns } from './inputs.ts';
import type { Answer, Source } from './measure.ts';
import { type Asked, enough, type Parts, ProbeSet, type Read } from './probeSet.ts';
import type { Recording, States } from './recording.ts';

export type Question = Asked<Recording>;

export class StepProbes {
  /** By row that probes are tried on its episode. */
  private readonly episodes: readonly number[];
  private readonly probes: ProbeSet<Recording> | undefined;

  /** @param examples the questions on which penalties are chosen. */
  constructor(task: Task, dataset: Dataset, step: number, examples: readonly Question[], random: Random) {
    const running = ({ program }: Recording) => program.length > step;
    this.episodes = [...dataset.test.keys()].filter((i) => running(dataset.test[i]!));
    const rows = { train: dataset.train.filter(running), test: this.episodes.map((i) => dataset.test[i]!) };
    if (!enough(rows.train.length, rows.test.length)) return;
    const features = featuresOf(task, rows, step);
    this.probes = new ProbeSet(rows, features, ({ structure }) => structure, examples, random);
  }

  /** Puts a question to a probe for every source. @returns `undefined` with too few episodes that have an answer. */
  ask(question: Question): Answer | undefined {
    const answered = this.probes?.ask(question);
    return answered && { episodes: answered.rows.map((row) => this.episodes[row]!), right: answered.right };
  }

  /** Penalties chosen, by source. */
  get penalties(): Readonly<Partial<Record<Source, number>>> {
    return this.probes?.penalties ?? {};
  }
}

type Rows<T> = { readonly train: readonly T[]; readonly test: readonly T[] };

/** Numbers of both parts on the scale of those for training; nothing where an agent has none. */
export function densely<T>({ test, train }: Rows<T>, vector: (row: T) => Float32Array): Parts | undefined {
  const rows = train.map(vector);
  if (rows[0]!.length === 0) return undefined;
  const scale = scaleOf(rows, rows[0]!.length);
  return { train: standardised(rows, scale), test: standardised(test.map(vector), scale) };
}

function featuresOf(task: Task, rows: Rows<Recording>, step: number): Partial<Record<Read, Parts>> {
  const before = (states: States) => states.steps[step]!;
  const columns = new InputColumns(task);
  const features: Partial<Record<Read, Parts | undefined>> = {
    state: densely(rows, ({ trained }) => before(trained)),
    inputs: { train: columns.learn(rows.train, step), test: columns.of(rows.test, step) },
    untrained: densely(rows, ({ untrained }) => before(untrained)),
    ...(step === 0 && {
      summary: densely(rows, ({ trained }) => trained.summary),
      memory: densely(rows, ({ trained }) => trained.memory),
    }),
  };
  return Object.fromEntries(Object.entries(features).filter(([, parts]) => parts)) as Partial<Record<Read, Parts>>;
}
