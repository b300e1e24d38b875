// What is to come, read from an agent's state by linear probes: how far ahead at every step, and how much of the program
// stands before its first token (after Alain & Bengio 2017, arXiv:1610.01644; controls and selectivity after Hewitt &
// Liang 2019, arXiv:1909.03368; plans of recurrent agents after Bush et al. 2025, arXiv:2504.01871).

import type { LabelKind } from '../tasks/labels.ts';
import { collect, type Dataset, type DatasetOptions } from './dataset/dataset.ts';
import { type Answer, type Measure, measure, type Source, within } from './dataset/measure.ts';
import { askPlaces } from './dataset/placeProbes.ts';
import { EXAMPLES, labelQuestion, tokenQuestions } from './dataset/questions.ts';
import { Resamples } from './dataset/resamples.ts';
import { StepProbes } from './dataset/stepProbes.ts';
import { decodeCriteria } from './decodeCriteria.ts';
import { labelsOf } from './labels/episodeLabels.ts';
import type { Progress, SectionResult } from './section.ts';
import type { Subject } from './subject.ts';

/** Farthest look-ahead of a matrix; before the first token all are asked for. */
export const FARTHEST = 8;

/** One square of a matrix: the token `ahead` steps on, read before token `step`; 0 is the token about to be chosen. */
export interface AheadCell extends Measure {
  readonly step: number;
  readonly ahead: number;
}

/** A label read before token `step`. */
export interface LabelCell extends Measure {
  readonly step: number;
}

export interface DecodedLabel {
  /** A label, or a group of them. */
  readonly name: string;
  readonly kind: LabelKind;
  /** What the answers are called; of a group those of its first label. */
  readonly values: readonly string[];
  readonly cells: readonly LabelCell[];
}

export interface DecodedLevel {
  readonly level: number;
  readonly name: string;
  /** Episodes that probes are tried on, and their share that solves its problem. */
  readonly episodes: number;
  readonly solved: number;
  /** The matrix of this level's episodes, by the probes of all levels. */
  readonly ahead: readonly AheadCell[];
  /** What of the program stands before its first token; absent where too few episodes could be read. */
  readonly before?: {
    /** Mean share of a program's tokens that is read right. */
    readonly tokens: Measure;
    /** The same without the first token, which is about to be chosen. */
    readonly laterTokens: Measure;
    /** The same, read from the mean of the encoded context, where the agent keeps one. */
    readonly inContext?: Measure;
    /** Share of the programs of which all is read right. */
    readonly whole: Measure;
  };
  /**
   * By token of the program the first step from which on to its turn its selectivity's 95 % interval lies above 0; `null`
   * where it does not even then.
   */
  readonly formed: readonly { readonly token: number; readonly step: number | null }[];
}

/** What encoded tokens tell of their part in the program, before it begins. */
export interface DecodedPlaces {
  readonly name: string;
  readonly values: readonly string[];
  /** Over all levels; a place counts once. `state` is the encoded token. */
  readonly all: Measure;
  readonly levels: readonly (Measure & { readonly level: number })[];
}

export interface DecodeResult extends SectionResult {
  readonly kind: 'decode';
  /** Episodes that the probes were made from and tried on, and the structures of these; no structure is in both. */
  readonly episodes: { readonly train: number; readonly test: number; readonly structures: number };
  /** The matrix over all levels. */
  readonly ahead: readonly AheadCell[];
  readonly levels: readonly DecodedLevel[];
  readonly labels: readonly DecodedLabel[];
  /** Empty for agents that keep no encoded context, and for tasks that tell nothing of its places. */
  readonly places: readonly DecodedPlaces[];
  /** By step the penalty that every source chose. */
  readonly penalties: readonly { readonly [source in Source]?: number }[];
}

export interface DecodeOptions extends DatasetOptions {
  /** Labels beside the tokens, too; default true. */
  readonly labels?: boolean;
  /** Steps that are asked about, from before the first token on; default all. */
  readonly steps?: number;
}

/** Share of the time that episodes take. */
const PLAYING = 0.1;

/** The section, and the episodes behind it. */
export interface Decoded {
  readonly result: DecodeResult;
  readonly dataset: Dataset;
}

/** Asks §2.1 and §2.2 of a subject: two thousand fits or so of the flagship. */
export function decode(subject: Subject, options: DecodeOptions = {}, progress?: Progress): Decoded {
  const random = subject.random('decode');
  const part =
    (from: number, to: number): Progress =>
    (done, total, what) =>
      progress?.(from + ((to - from) * done) / total, 1, what);
  const dataset = collect(subject, random.fold(0), options, part(0, PLAYING));
  return { dataset, result: decodeDataset(subject, dataset, options, part(PLAYING, 1)) };
}

/** The same of episodes at hand. */
export function decodeDataset(
  subject: Pick<Subject, 'extended' | 'random'>,
  dataset: Dataset,
  { labels = true, steps = Infinity }: Pick<DecodeOptions, 'labels' | 'steps'> = {},
  progress?: Progress,
): DecodeResult {
  const { extended: task } = subject;
  const random = subject.random('decode');
  const { levels, test, train } = dataset;
  const names = test.map(({ structure }) => structure);
  const resamples = new Resamples(names, random.fold(1));
  const answers = ask(subject, dataset, { labels: labels ? labelsOf(task).length : 0, steps }, progress);
  const ofLevel = (level: number) => (episode: number) => test[episode]!.problem.level === level;
  const measured = (some: readonly Answer[], source?: Measure['source']) => measure(some, names, resamples, source);

  const ahead = answers.tokens.flatMap(({ ahead, answer, step }) => {
    const all = ahead <= FARTHEST ? measured([answer]) : undefined;
    return all ? [{ step, ahead, ...all }] : [];
  });
  const decodedLevels = levels.map((level): DecodedLevel => {
    const own = answers.tokens.flatMap(({ answer, ...at }) => {
      const part = within(answer, ofLevel(level));
      const all = measured([part]);
      return all ? [{ ...at, part, all }] : [];
    });
    const episodes = [...test.keys()].filter(ofLevel(level));
    const first = new Map(own.filter(({ step }) => step === 0).map(({ ahead, part }) => [ahead, part]));
    const share = (from: number, whole: boolean) => measured([shareRead(dataset, episodes, first, from, whole)]);
    const [tokens, laterTokens, whole] = [share(0, false), share(1, false), share(0, true)];
    const inContext = measured([shareRead(dataset, episodes, first, 1, false)], 'memory');
    const longest = Math.max(-1, ...own.map(({ ahead, step }) => step + ahead));
    return {
      level,
      name: task.levels[level]!.name,
      episodes: episodes.length,
      solved: episodes.length === 0 ? 0 : episodes.filter((i) => test[i]!.solved).length / episodes.length,
      ahead: own.flatMap(({ ahead, all, step }) => (ahead <= FARTHEST ? [{ step, ahead, ...all }] : [])),
      ...(tokens &&
        laterTokens &&
        whole && { before: { tokens, laterTokens, whole, ...(inContext && { inContext }) } }),
      formed: Array.from({ length: longest + 1 }, (_, token) => {
        const read = own.filter(({ ahead, step }) => step + ahead === token).toSorted((a, b) => b.step - a.step);
        const lost = read.findIndex(({ all }) => (all.interval?.low ?? 0) <= 0);
        return { token, step: (lost < 0 ? read : read.slice(0, lost)).at(-1)?.step ?? null };
      }),
    };
  });
  const parts = {
    kind: 'decode',
    episodes: { train: train.length, test: test.length, structures: resamples.structures.length },
    ahead,
    levels: decodedLevels,
    labels: groups(labelsOf(task)).map(({ indices, kind, name, values }) => {
      const cells = answers.penalties.flatMap((_, step) => {
        const some = answers.labels.filter((one) => one.step === step && indices.includes(one.label));
        const all = measured(some.map(({ answer }) => answer));
        return all ? [{ step, ...all }] : [];
      });
      return { name, kind, values, cells };
    }),
    places: (labels ? (task.labels?.places ?? []) : []).flatMap(({ name, values }, i): DecodedPlaces[] => {
      const answer = askPlaces(task, dataset, i, random.fold(3).fold(i));
      const all = answer && measured([answer]);
      if (!all) return [];
      const parts = levels.flatMap((level) => {
        const own = measured([within(answer, ofLevel(level))]);
        return own ? [{ level, ...own }] : [];
      });
      return [{ name, values, all, levels: parts }];
    }),
    penalties: answers.penalties,
  } as const;
  const pooled = (farthest: number) =>
    measured(answers.tokens.flatMap((one) => (one.ahead >= 1 && one.ahead <= farthest ? [one.answer] : [])));
  const values = measured(
    answers.labels.flatMap(({ answer, label }) => (labelsOf(task)[label]!.kind === 'value' ? [answer] : [])),
  );
  return { ...parts, criteria: decodeCriteria(parts, { ahead: pooled(FARTHEST), values }) };
}

interface Answers {
  readonly tokens: readonly { readonly step: number; readonly ahead: number; readonly answer: Answer }[];
  readonly labels: readonly { readonly step: number; readonly label: number; readonly answer: Answer }[];
  readonly penalties: readonly { readonly [source in Source]?: number }[];
}

/** Makes all probes, step by step, until too few episodes still run. */
function ask(
  subject: Pick<Subject, 'extended' | 'random'>,
  dataset: Dataset,
  { labels, steps }: { readonly labels: number; readonly steps: number },
  progress: Progress | undefined,
): Answers {
  const random = subject.random('decode').fold(2);
  const token = tokenQuestions(dataset.train).at;
  const longest = Math.max(0, ...dataset.train.map(({ program }) => program.length));
  const last = Math.min(longest, steps);
  const answers: { [part in keyof Answers]: Answers[part][number][] } = { tokens: [], labels: [], penalties: [] };
  for (let step = 0; step < last; step++) {
    progress?.(step, last, 'probing');
    const examples = EXAMPLES.map((ahead) => token(step + ahead));
    const probes = new StepProbes(subject.extended, dataset, step, examples, random.fold(step));
    const farthest = step === 0 ? longest : FARTHEST;
    const before = answers.tokens.length;
    for (let ahead = 0; ahead <= farthest; ahead++) {
      const answer = probes.ask(token(step + ahead));
      if (answer) answers.tokens.push({ step, ahead, answer });
    }
    if (answers.tokens.length === before) break;
    for (let label = 0; label < labels; label++) {
      const answer = probes.ask(labelQuestion(label, step));
      if (answer) answers.labels.push({ step, label, answer });
    }
    answers.penalties.push(probes.penalties);
  }
  progress?.(last, last, 'probed');
  return answers;
}

/**
 * Of each episode the share of its tokens from `from` on that was read right before the first, or whether all were. A
 * token that too few programs reach for a probe counts as read wrong, by every source.
 */
function shareRead(
  { test }: Dataset,
  episodes: readonly number[],
  first: ReadonlyMap<number, Answer>,
  from: number,
  whole: boolean,
): Answer {
  const some = episodes.filter((episode) => test[episode]!.program.length > from);
  const sources = Object.keys(first.get(0)?.right ?? {}) as Source[];
  const rows = new Map([...first].map(([token, { episodes }]) => [token, new Map(episodes.map((e, row) => [e, row]))]));
  const share = (source: Source, episode: number): number => {
    const { length } = test[episode]!.program;
    let right = 0;
    for (let token = from; token < length; token++) {
      const row = rows.get(token)?.get(episode);
      if (row !== undefined) right += first.get(token)!.right[source]![row]!;
    }
    return whole ? Number(right === length - from) : right / (length - from);
  };
  const right = sources.map((source) => [source, Float64Array.from(some, (episode) => share(source, episode))]);
  return { episodes: sources.length === 0 ? [] : some, right: Object.fromEntries(right) };
}

/** Labels and groups of them, in the order in which they come. */
function groups(labels: ReturnType<typeof labelsOf>) {
  const byName = new Map<string, number[]>();
  for (const [i, { group, name }] of labels.entries()) {
    byName.set(group ?? name, [...(byName.get(group ?? name) ?? []), i]);
  }
  return [...byName].map(([name, indices]) => {
    const { kind, values } = labels[indices[0]!]!;
    return { name, kind, values, indices };
  });
}
