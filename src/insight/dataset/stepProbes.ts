// All probes of one step: the features that they read, standardised and penalised once, and the questions put to them.

import type { Random } from '../../core/random.ts';
import type { Task } from '../../tasks/task.ts';
import { type Features, scaleOf, standardised } from '../probes/features.ts';
import { fitProbe, majority, predict } from '../probes/logistic.ts';
import type { Dataset } from './dataset.ts';
import { InputColumns } from './inputs.ts';
import type { Answer, Source } from './measure.ts';
import type { Recording, States } from './recording.ts';

/** λ of `fitProbe` among which every source chooses for itself at every step. */
export const PENALTIES = [1e-3, 1e-2, 1e-1] as const;

/** Fewest rows that a probe is made from, and that it is tried on. */
export const FEWEST_ROWS = { train: 150, test: 60 } as const;

/** One in so many of the rows for training decides on the penalty. */
const VALIDATED = 4;

/** Features of the rows of both parts, and the penalty that suits them. */
interface Read {
  readonly train: Features;
  readonly test: Features;
  readonly penalty: number;
}

/** What is asked of an episode: any number that names the answer, `undefined` where there is none. */
export type Question = (recording: Recording) => number | undefined;

type Fitted = Exclude<Source, 'shuffled' | 'majority'>;

export class StepProbes {
  private readonly train: readonly Recording[];
  private readonly test: readonly Recording[];
  /** By row of `test` its episode. */
  private readonly episodes: readonly number[];
  private readonly reads: Partial<Record<Fitted, Read>>;
  private readonly random: Random;

  /**
   * @param examples the questions on which penalties are chosen: on a part of the structures for training, which the
   * probes that decide were not made from.
   */
  constructor(task: Task, { test, train }: Dataset, step: number, examples: readonly Question[], random: Random) {
    const running = ({ program }: Recording) => program.length > step;
    this.random = random;
    this.train = train.filter(running);
    this.episodes = [...test.keys()].filter((i) => running(test[i]!));
    this.test = this.episodes.map((i) => test[i]!);
    this.reads = this.enough(this.train.length, this.test.length) ? this.read(task, step, examples) : {};
  }

  /** Puts a question to a probe for every source. @returns `undefined` with too few rows that have an answer. */
  ask(question: Question): Answer | undefined {
    const [trainRows, trainLabels] = answered(this.train, question);
    const [testRows, testLabels] = answered(this.test, question);
    if (!this.enough(trainRows.length, testRows.length)) return undefined;
    const right: Partial<Record<Source, Float64Array>> = {};
    const score = (answers: ArrayLike<number>) =>
      Float64Array.from(testLabels, (label, i) => (answers[i] === label ? 1 : 0));
    const all = <T>(rows: readonly number[], of: readonly T[]) => rows.length === of.length;
    for (const [source, { penalty, test, train }] of Object.entries(this.reads) as [Fitted, Read][]) {
      const made = all(trainRows, this.train) ? train : train.select(trainRows);
      const tried = all(testRows, this.test) ? test : test.select(testRows);
      right[source] = score(predict(fitProbe(made, trainLabels, { penalty }), tried));
      if (source !== 'state') continue;
      const shuffled = this.random.shuffled(trainLabels);
      right.shuffled = score(predict(fitProbe(made, shuffled, { penalty }), tried));
    }
    const common = majority(trainLabels);
    right.majority = score(testLabels.map(() => common));
    return { episodes: testRows.map((row) => this.episodes[row]!), right };
  }

  private enough(train: number, test: number): boolean {
    return train >= FEWEST_ROWS.train && test >= FEWEST_ROWS.test;
  }

  private read(task: Task, step: number, examples: readonly Question[]): Partial<Record<Fitted, Read>> {
    const dense = (vector: (recording: Recording) => Float32Array): Read | undefined => {
      const rows = this.train.map(vector);
      if (rows[0]!.length === 0) return undefined;
      const scale = scaleOf(rows, rows[0]!.length);
      return this.penalised(standardised(rows, scale), standardised(this.test.map(vector), scale), examples);
    };
    const before = (states: States) => states.steps[step]!;
    const columns = new InputColumns(task);
    const inputs = columns.learn(this.train, step);
    const reads: Partial<Record<Fitted, Read | undefined>> = {
      state: dense(({ trained }) => before(trained)),
      inputs: this.penalised(inputs, columns.of(this.test, step), examples),
      untrained: dense(({ untrained }) => before(untrained)),
      ...(step === 0 && {
        summary: dense(({ trained }) => trained.summary),
        memory: dense(({ trained }) => trained.memory),
      }),
    };
    return Object.fromEntries(Object.entries(reads).filter(([, read]) => read)) as Partial<Record<Fitted, Read>>;
  }

  /** Chooses the penalty with the most right answers on structures that were set aside; the largest of equals. */
  private penalised(train: Features, test: Features, examples: readonly Question[]): Read {
    const names = [...new Set(this.train.map(({ structure }) => structure))];
    const aside = new Set(names.filter((_, i) => i % VALIDATED === 0));
    const right = PENALTIES.map(() => 0);
    for (const example of examples) {
      const [rows, labels] = answered(this.train, example);
      const part = (validation: boolean) =>
        [...rows.keys()].filter((i) => aside.has(this.train[rows[i]!]!.structure) === validation);
      const [own, other] = [part(false), part(true)];
      if (own.length === 0) continue;
      const [made, tried] = [own, other].map((some) => train.select(some.map((i) => rows[i]!)));
      const told = own.map((i) => labels[i]!);
      for (const [i, penalty] of PENALTIES.entries()) {
        const answers = predict(fitProbe(made!, told, { penalty }), tried!);
        right[i]! += other.filter((index, row) => answers[row] === labels[index]).length;
      }
    }
    return { train, test, penalty: PENALTIES[right.lastIndexOf(Math.max(...right))]! };
  }

  /** Penalties chosen, by source. */
  get penalties(): Partial<Record<Source, number>> {
    return Object.fromEntries(Object.entries(this.reads).map(([source, { penalty }]) => [source, penalty]));
  }
}

function answered(recordings: readonly Recording[], question: Question): [rows: number[], labels: number[]] {
  const rows: number[] = [];
  const labels: number[] = [];
  for (const [row, recording] of recordings.entries()) {
    const label = question(recording);
    if (label === undefined) continue;
    rows.push(row);
    labels.push(label);
  }
  return [rows, labels];
}
