// Probes on the same rows: the features that they read, standardised and penalised once, and the questions put to them.

import type { Random } from '../../core/random.ts';
import type { Features } from '../probes/features.ts';
import { fitProbe, majority, type Probe, predict } from '../probes/logistic.ts';
import type { Source } from './measure.ts';

/** λ of `fitProbe` among which every source chooses for itself. */
export const PENALTIES = [1e-3, 1e-2, 1e-1] as const;

/** Fewest rows that a probe is made from, and that it is tried on. */
export const FEWEST_ROWS = { train: 150, test: 60 } as const;

/** One in so many of the structures for training decides on the penalty. */
const VALIDATED = 4;

/** The agent's own, and the names of what they come to when they are told shuffled labels. */
const SHUFFLED = { state: 'shuffled', summary: 'shuffled summary', memory: 'shuffled memory' } as const;

/** What a probe reads by itself. */
export type Read = Exclude<Source, (typeof SHUFFLED)[keyof typeof SHUFFLED] | 'majority'>;

/** Features of the rows of both parts. */
export interface Parts {
  readonly train: Features;
  readonly test: Features;
}

/** What is asked of a row: any number that names the answer, `undefined` where there is none. */
export type Asked<T> = (row: T) => number | undefined;

/** What was right, by row of those tried on that have an answer. */
export interface Answered {
  readonly rows: readonly number[];
  readonly right: Readonly<Partial<Record<Source, Float64Array>>>;
  /** The probes that decided, by what they read. */
  readonly probes: Readonly<Partial<Record<Read, Probe>>>;
}

export const enough = (train: number, test: number): boolean => train >= FEWEST_ROWS.train && test >= FEWEST_ROWS.test;

export class ProbeSet<T> {
  /** The penalty that each source chose. */
  readonly penalties: Readonly<Partial<Record<Source, number>>>;
  private readonly train: readonly T[];
  private readonly test: readonly T[];
  private readonly features: Readonly<Partial<Record<Read, Parts>>>;
  private readonly random: Random;

  /**
   * @param examples the questions on which penalties are chosen: on a part of the structures for training, which the
   * probes that decide were not made from.
   */
  constructor(
    rows: { readonly train: readonly T[]; readonly test: readonly T[] },
    features: Readonly<Partial<Record<Read, Parts>>>,
    structure: (row: T) => string,
    examples: readonly Asked<T>[],
    random: Random,
  ) {
    this.train = rows.train;
    this.test = rows.test;
    this.features = features;
    this.random = random;
    const names = new Set(this.train.map(structure));
    const aside = new Set([...names].filter((_, i) => i % VALIDATED === 0));
    const validates = this.train.map((row) => aside.has(structure(row)));
    this.penalties = Object.fromEntries(
      Object.entries(features).map(([source, { train }]) => [source, this.penalty(train, examples, validates)]),
    );
  }

  /** Puts a question to a probe for every source; `undefined` with too few rows that have an answer. */
  ask(question: Asked<T>): Answered | undefined {
    const [trainRows, trainLabels] = answered(this.train, question);
    const [testRows, testLabels] = answered(this.test, question);
    if (!enough(trainRows.length, testRows.length)) return undefined;
    const right: Partial<Record<Source, Float64Array>> = {};
    const probes: Partial<Record<Read, Probe>> = {};
    const score = (answers: ArrayLike<number>) =>
      Float64Array.from(testLabels, (label, i) => (answers[i] === label ? 1 : 0));
    const some = (features: Features, rows: readonly number[]) =>
      rows.length === features.rows ? features : features.select(rows);
    const shuffled = this.random.shuffled(trainLabels);
    for (const [source, { test, train }] of Object.entries(this.features) as [Read, Parts][]) {
      const [made, tried] = [some(train, trainRows), some(test, testRows)];
      const options = { penalty: this.penalties[source]! };
      const probe = fitProbe(made, trainLabels, options);
      probes[source] = probe;
      right[source] = score(predict(probe, tried));
      if (source !== 'state' && source !== 'summary' && source !== 'memory') continue;
      right[SHUFFLED[source]] = score(predict(fitProbe(made, shuffled, options), tried));
    }
    const common = majority(trainLabels);
    right.majority = score(testLabels.map(() => common));
    return { rows: testRows, right, probes };
  }

  /** The penalty with the most right answers on structures that were set aside; the largest of equals. */
  private penalty(train: Features, examples: readonly Asked<T>[], validates: readonly boolean[]): number {
    const right = PENALTIES.map(() => 0);
    for (const example of examples) {
      const [rows, labels] = answered(this.train, example);
      const part = (validation: boolean) => [...rows.keys()].filter((i) => validates[rows[i]!] === validation);
      const [own, other] = [part(false), part(true)];
      if (own.length === 0) continue;
      const [made, tried] = [own, other].map((some) => train.select(some.map((i) => rows[i]!)));
      const told = own.map((i) => labels[i]!);
      for (const [i, penalty] of PENALTIES.entries()) {
        const answers = predict(fitProbe(made!, told, { penalty }), tried!);
        right[i]! += other.filter((index, row) => answers[row] === labels[index]).length;
      }
    }
    return PENALTIES[right.lastIndexOf(Math.max(...right))]!;
  }
}

function answered<T>(all: readonly T[], question: Asked<T>): [rows: number[], labels: number[]] {
  const rows: number[] = [];
  const labels: number[] = [];
  for (const [row, one] of all.entries()) {
    const label = question(one);
    if (label === undefined) continue;
    rows.push(row);
    labels.push(label);
  }
  return [rows, labels];
}
