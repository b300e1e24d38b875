// All probes of one step: what they read of the episodes that still run, and what was right by episode.

import type { Random } from '../../core/random.ts';
import type { Task } from '../../tasks/task.ts';
import { type Scale, scaleOf, standardised } from '../probes/features.ts';
import { likeliest, type Told } from '../probes/logistic.ts';
import type { Dataset } from './dataset.ts';
import { InputColumns } from './inputs.ts';
import type { Answer, Source } from './measure.ts';
import { type Asked, enough, type Parts, ProbeSet, type Read } from './probeSet.ts';
import type { Recording, States } from './recording.ts';

export type Question = Asked<Recording>;

/** What a probe of an episode reads: enough of a recording to be one. */
export type Readable = Pick<Recording, 'labels' | 'problem' | 'program' | 'shown'> & {
  readonly trained: Pick<States, 'steps'>;
};

/** What was right, and the probes of state and inputs for other episodes. */
export interface Fitted {
  readonly answer: Answer;
  read(episode: Readable): { readonly state: Told; readonly inputs: Told };
}

export class StepProbes {
  /** By row that probes are tried on its episode. */
  private readonly episodes: readonly number[];
  private readonly probes: ProbeSet<Recording> | undefined;
  private readonly columns: InputColumns;
  private readonly scale: Scale | undefined;
  private readonly step: number;

  /** @param examples the questions on which penalties are chosen. */
  constructor(task: Task, dataset: Dataset, step: number, examples: readonly Question[], random: Random) {
    this.step = step;
    this.columns = new InputColumns(task);
    const running = ({ program }: Recording) => program.length > step;
    this.episodes = [...dataset.test.keys()].filter((i) => running(dataset.test[i]!));
    const rows = { train: dataset.train.filter(running), test: this.episodes.map((i) => dataset.test[i]!) };
    if (!enough(rows.train.length, rows.test.length)) return;
    const features = featuresOf(task, this.columns, rows, step);
    const states = rows.train.map(({ trained }) => trained.steps[step]!);
    this.scale = scaleOf(states, states[0]!.length);
    this.probes = new ProbeSet(rows, features, ({ structure }) => structure, examples, random);
  }

  /** As `ProbeSet.ask`, of episodes. */
  ask(question: Question): Answer | undefined {
    const answered = this.probes?.ask(question);
    return answered && { episodes: answered.rows.map((row) => this.episodes[row]!), right: answered.right };
  }

  /** As `ask`, and keeps the probes. */
  fit(question: Question): Fitted | undefined {
    const { columns, scale, step } = this;
    const answered = this.probes?.ask(question);
    const { state, inputs } = answered?.probes ?? {};
    if (!answered || !scale || !state || !inputs) return undefined;
    return {
      answer: { episodes: answered.rows.map((row) => this.episodes[row]!), right: answered.right },
      read: (episode) => ({
        state: likeliest(state, standardised([episode.trained.steps[step]!], scale)),
        inputs: likeliest(inputs, columns.of([episode], step)),
      }),
    };
  }

  /** Penalties chosen, by source. */
  get penalties(): Readonly<Partial<Record<Source, number>>> {
    return this.probes?.penalties ?? {};
  }
}

const NOTHING = new Float32Array(0);

type Rows<T> = { readonly train: readonly T[]; readonly test: readonly T[] };

/** Numbers of both parts on the scale of those for training; nothing where an agent has none. */
export function densely<T>({ test, train }: Rows<T>, vector: (row: T) => Float32Array): Parts | undefined {
  const rows = train.map(vector);
  if (rows[0]!.length === 0) return undefined;
  const scale = scaleOf(rows, rows[0]!.length);
  return { train: standardised(rows, scale), test: standardised(test.map(vector), scale) };
}

function featuresOf(
  task: Task,
  columns: InputColumns,
  rows: Rows<Recording>,
  step: number,
): Partial<Record<Read, Parts>> {
  const read = (from: InputColumns): Parts => ({ train: from.learn(rows.train, step), test: from.of(rows.test, step) });
  const before = (states: States) => states.steps[step]!;
  const features: Partial<Record<Read, Parts | undefined>> = {
    state: densely(rows, ({ trained }) => before(trained)),
    inputs: read(columns),
    untrained: densely(rows, ({ untrained }) => before(untrained)),
    memoryless: densely(rows, ({ memoryless }) => (memoryless ? before(memoryless) : NOTHING)),
    ...(step === 0 && {
      'inputs together': read(new InputColumns(task, true)),
      summary: densely(rows, ({ trained }) => trained.summary),
      memory: densely(rows, ({ trained }) => trained.memory),
      'untrained summary': densely(rows, ({ untrained }) => untrained.summary),
      'untrained memory': densely(rows, ({ untrained }) => untrained.memory),
    }),
  };
  return Object.fromEntries(Object.entries(features).filter(([, parts]) => parts)) as Partial<Record<Read, Parts>>;
}
