// Probes that are kept: made from some episodes of an agent, measured with every control, and then read of any other
// episode, token by token, with what a probe of its inputs alone says beside them.

import type { Label } from '../tasks/labels.ts';
import { type Problem, stepOutput, type Task } from '../tasks/task.ts';
import { directionsOf } from './causal/directions.ts';
import { norm, randomAlike } from './causal/vectors.ts';
import type { Dataset } from './dataset/dataset.ts';
import { type Measure, measure } from './dataset/measure.ts';
import { FEWEST_ROWS } from './dataset/probeSet.ts';
import { labelQuestion, tokenQuestions } from './dataset/questions.ts';
import { Resamples } from './dataset/resamples.ts';
import { type Fitted, type Question, type Readable, StepProbes } from './dataset/stepProbes.ts';
import { type AheadCell, FARTHEST, type LabelCell } from './decode.ts';
import { labelEpisode, labelsOf } from './labels/episodeLabels.ts';
import type { Progress } from './section.ts';
import type { Subject } from './subject.ts';

/** The look-ahead on which penalties are chosen. */
const EXAMPLE = 1;

/** What is asked before a token: which one comes `ahead` steps on (0: the next), or a label of the task by its name. */
export type Asking = { readonly ahead: number } | { readonly label: string };

/** An answer, and how sure the probe is of it, from 0 to 1. */
export interface Guess {
  readonly answer: string;
  readonly probability: number;
}

/** A question put to the state before a token, and to the inputs alone: context, and tokens so far. */
export interface Reading {
  readonly asking: Asking;
  readonly state: Guess;
  readonly inputs: Guess;
  /** What was so in this episode; absent where there is no answer: no token so far ahead. */
  readonly truth?: string;
}

export interface ReadEpisode {
  readonly problem: Problem;
  /** Token ids. */
  readonly program: readonly number[];
  /** [steps][hidden] before every token. */
  readonly states: readonly Float32Array[];
}

export interface Reader {
  /** Episodes that the probes were made from and tried on, and the structures of these; no structure is in both. */
  readonly episodes: { readonly train: number; readonly test: number; readonly structures: number };
  /** The matrix of look-ahead over all levels. */
  readonly ahead: readonly AheadCell[];
  /** The same of the labels that are read. */
  readonly labels: readonly (Pick<Label, 'kind' | 'name' | 'values'> & { readonly cells: readonly LabelCell[] })[];
  /** By step and asking the answers that are given often enough, and not too often, for a direction. */
  readonly directions: readonly {
    readonly step: number;
    readonly asking: Asking;
    readonly answers: readonly string[];
  }[];
  /** What tokens are called: answers to what comes. */
  readonly tokens: readonly string[];
  /** [steps] what can be read before each token; empty where too few episodes got so far. */
  read(episode: ReadEpisode): readonly (readonly Reading[])[];
}

export interface ReaderOptions {
  /** Steps that are read at the most; default all. */
  readonly steps?: number;
  /** Labels of at most so many of a group are read; default all. */
  readonly ofGroup?: number;
}

/**
 * Makes the probes of `decode`, and keeps them. Penalties are chosen on one question a step.
 * @param dataset of `collect`.
 */
export function makeReader(
  { extended: task, random: chance }: Pick<Subject, 'extended' | 'random'>,
  dataset: Dataset,
  options: ReaderOptions = {},
  progress?: Progress,
): Reader {
  const random = chance('decode');
  const { test, train } = dataset;
  const structures = test.map(({ structure }) => structure);
  const resamples = new Resamples(structures, random.fold(1));
  const { at, names } = tokenQuestions(train);
  const all = labelsOf(task);
  const { ofGroup = Infinity, steps = Infinity } = options;
  const before = ({ group }: Label, i: number) => all.slice(0, i).filter((other) => other.group === group).length;
  const labels = all.filter((label, i) => label.group === undefined || before(label, i) < ofGroup);
  const longest = Math.min(steps, Math.max(0, ...train.map(({ program }) => program.length)));
  const kept: { readonly asking: Asking; readonly question: Question; readonly fitted: Fitted }[][] = [];
  for (let step = 0; step < longest; step++) {
    progress?.(step, longest, 'probing');
    const probes = new StepProbes(task, dataset, step, [at(step + EXAMPLE)], random.fold(2).fold(step));
    const asked = [
      ...Array.from({ length: FARTHEST + 1 }, (_, ahead) => ({ asking: { ahead }, question: at(step + ahead) })),
      ...labels.map((label) => ({ asking: { label: label.name }, question: labelQuestion(all.indexOf(label), step) })),
    ];
    const found = asked.flatMap(({ asking, question }) => {
      const fitted = probes.fit(question);
      return fitted ? [{ asking, question, fitted }] : [];
    });
    if (found.length === 0) break;
    kept.push(found);
  }
  progress?.(longest, longest, 'probed');
  const cells = kept.flatMap((found, step) =>
    found.flatMap(({ asking, fitted }) => {
      const measured: Measure | undefined = measure([fitted.answer], structures, resamples);
      return measured ? [{ asking, cell: { step, ...measured } }] : [];
    }),
  );
  const worded = (asking: Asking, answer: number): string =>
    ('ahead' in asking ? names[answer] : labels.find(({ name }) => name === asking.label)!.values[answer]) ??
    'something new';
  return {
    episodes: { train: train.length, test: test.length, structures: resamples.structures.length },
    ahead: cells.flatMap(({ asking, cell }) => ('ahead' in asking ? [{ ahead: asking.ahead, ...cell }] : [])),
    labels: labels.map(({ kind, name, values }) => ({
      kind,
      name,
      values,
      cells: cells.flatMap(({ asking, cell }) => ('label' in asking && asking.label === name ? [cell] : [])),
    })),
    directions: kept.flatMap((found, step) =>
      found.flatMap(({ asking }) => {
        const answers = answersOf(task, dataset, step, asking).map(({ answer }) => answer);
        const enough = [...new Set(answers)].filter((answer) => {
          const so = answers.filter((other) => other === answer).length;
          return answers.length >= FEWEST_ROWS.train && Math.min(so, answers.length - so) >= FEWEST;
        });
        return enough.length > 0 ? [{ step, asking, answers: enough.sort() }] : [];
      }),
    ),
    tokens: names,
    read(episode) {
      const readable = readableOf(task, episode);
      return episode.states.map((_, step) =>
        (kept[step] ?? []).map(({ asking, fitted, question }): Reading => {
          const { inputs, state } = fitted.read(readable);
          const guess = ({ label, probability }: typeof state) => ({ answer: worded(asking, label), probability });
          // The question itself tells what is so; of a token that no probe knows, its name.
          const truth = question(readable as Parameters<Question>[0]);
          const name = 'ahead' in asking ? readable.labels.tokens[step + asking.ahead] : undefined;
          const said = truth === undefined ? undefined : (name ?? worded(asking, truth));
          return { asking, state: guess(state), inputs: guess(inputs), ...(said !== undefined && { truth: said }) };
        }),
      );
    },
  };
}

/** What a probe needs of an episode, with what the machine showed on the way. */
function readableOf(task: Task, { problem, program, states }: ReadEpisode): Readable {
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([problem], out);
  const shown = program.map((token) => {
    const before = out.observation.slice(0, task.observation.length);
    machine.step(Int32Array.of(0), Int32Array.of(token), out);
    return before;
  });
  return { problem, program, labels: labelEpisode(task, problem, program), shown, trained: { steps: states } };
}

export interface SteeringDirection {
  /** [hidden] of length 1: towards states of which the answer is so. */
  readonly direction: Float32Array;
  /** Another one, drawn at random: the control. */
  readonly random: Float32Array;
  /** Standard deviation of the states along `direction`: what a strength of 1 stands for. */
  readonly deviation: number;
  /** Episodes of which the answer is so, and of which it is not. */
  readonly episodes: readonly [so: number, not: number];
}

/**
 * The direction of a probe that tells apart, before token `step`, the states with one answer from all others.
 * @param answer as `Reading` words it.
 * @returns `undefined` where too few episodes get so far, or too few have either answer.
 */
export function directionOf(
  { extended: task, random: chance }: Pick<Subject, 'extended' | 'random'>,
  dataset: Dataset,
  step: number,
  asking: Asking,
  answer: string,
): SteeringDirection | undefined {
  const told = answersOf(task, dataset, step, asking).map((one) => ({
    state: one.state,
    kind: one.answer === answer ? (1 as const) : (0 as const),
  }));
  const so = told.filter(({ kind }) => kind === 1).length;
  if (told.length < FEWEST_ROWS.train || Math.min(so, told.length - so) < FEWEST) return undefined;
  const states = told.map(({ state }) => state);
  const direction = Float32Array.from(
    directionsOf(
      states,
      told.map(({ kind }) => kind),
    ).probe,
  );
  if (norm(direction) === 0) return undefined;
  const along = states.map((state) => state.reduce((sum, x, i) => sum + x * direction[i]!, 0));
  const mean = along.reduce((sum, x) => sum + x, 0) / along.length;
  return {
    direction,
    random: randomAlike(direction, chance('causal').fold(STREAM).fold(step)),
    deviation: Math.sqrt(along.reduce((sum, x) => sum + (x - mean) ** 2, 0) / along.length),
    episodes: [so, told.length - so],
  };
}

/** What is so before token `step` of every episode that gets there. All count: nothing is measured on them. */
function answersOf(
  task: Task,
  { test, train }: Dataset,
  step: number,
  asking: Asking,
): { readonly state: Float32Array; readonly answer: string }[] {
  const all = labelsOf(task);
  const label = 'label' in asking ? all.findIndex(({ name }) => name === asking.label) : -1;
  return [...train, ...test].flatMap(({ labels, program, trained }) => {
    if (program.length <= step) return [];
    const answer =
      'ahead' in asking ? labels.tokens[step + asking.ahead] : all[label]?.values[labels.values[label]![step]!];
    return answer === undefined ? [] : [{ state: trained.steps[step]!, answer }];
  });
}

/** Fewest episodes of either kind that a direction is made from. */
const FEWEST = 10;
/** Beside the streams of the section's own tests. */
const STREAM = 1_000_001;
