// Probes of single places: what an encoded token tells of its part in the program, before that begins. It is where a
// plan can stand that no summary of the context holds.

import type { Random } from '../../core/random.ts';
import type { Task } from '../../tasks/task.ts';
import { SparseFeatures } from '../probes/features.ts';
import type { Dataset } from './dataset.ts';
import type { Answer } from './measure.ts';
import { enough, ProbeSet } from './probeSet.ts';
import type { Recording, States } from './recording.ts';
import { densely } from './stepProbes.ts';

/** Places that probes are made from and tried on, of as many episodes, at the most. */
const MOST = { train: 4000, test: 4000 } as const;

/** A place of an episode's context that has an answer. */
interface Place {
  readonly episode: number;
  readonly recording: Recording;
  readonly at: number;
  readonly answer: number;
}

/** @param label index among the task's labels of places. @returns `undefined` with too few places, or nothing encoded. */
export function askPlaces(task: Task, dataset: Dataset, label: number, random: Random): Answer | undefined {
  const places = (recordings: readonly Recording[], most: number, stream: Random): Place[] => {
    const all = recordings.flatMap((recording, episode) =>
      (recording.labels.places[label] ?? []).flatMap((answer, at) =>
        answer < 0 ? [] : [{ episode, recording, at, answer }],
      ),
    );
    return stream.shuffled(all).slice(0, most);
  };
  const rows = {
    train: places(dataset.train, MOST.train, random.fold(0)),
    test: places(dataset.test, MOST.test, random.fold(1)),
  };
  if (!enough(rows.train.length, rows.test.length)) return undefined;
  const encoded = (states: States, { at }: Place) => states.encoded[at] ?? new Float32Array(0);
  const state = densely(rows, (place) => encoded(place.recording.trained, place));
  const untrained = densely(rows, (place) => encoded(place.recording.untrained, place));
  if (!state || !untrained) return undefined;
  const names = new Map<string, number>();
  for (const place of rows.train) {
    for (const name of around(task, place)) if (!names.has(name)) names.set(name, names.size);
  }
  const inputs = (some: readonly Place[]) =>
    SparseFeatures.of(
      some.map((place) => around(task, place).flatMap((name) => names.get(name) ?? [])),
      names.size + 1,
    );
  const features = { state, untrained, inputs: { train: inputs(rows.train), test: inputs(rows.test) } };
  const structure = ({ recording }: Place) => recording.structure;
  const answer = ({ answer }: Place) => answer;
  const answered = new ProbeSet(rows, features, structure, [answer], random.fold(2)).ask(answer);
  return answered && { episodes: answered.rows.map((row) => rows.test[row]!.episode), right: answered.right };
}

/**
 * The inputs as seen from a place: level, place and length; every token of the context by its distance, what kind of
 * token it is, and that together with the kind of the next.
 */
function around(task: Task, { at, recording: { problem } }: Place): string[] {
  const context = task.context(problem);
  const kinds = context.map((token) => {
    const { kind, symbol } = task.vocabulary[token]!;
    return kind === 'operand' ? kind : symbol;
  });
  return [
    `level ${problem.level}`,
    `place ${at}`,
    `after ${context.length - at}`,
    ...context.map((token, place) => `token ${place - at} ${token}`),
    ...kinds.map((kind, place) => `kind ${place - at} ${kind}`),
    ...kinds.map((kind, place) => `pair ${place - at} ${kind} ${kinds[place + 1] ?? 'end'}`),
  ];
}
