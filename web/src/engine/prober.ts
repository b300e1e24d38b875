// Looks into the states of agents: probes, directions, credit. Loaded by the first question of its kind.

import {
  collect,
  creditOf,
  type Dataset,
  directionOf,
  makeReader,
  openSubject,
  type Reader,
  type Subject,
} from 'innerloop';
import type { Known, ProbeQuestions, Tell } from './probing.ts';

/** Few enough to be made while somebody waits. */
const EPISODES = { train: 400, test: 200 };
/** Later tokens are read of too few programs. */
const STEPS = 12;
const OF_GROUP = 2;
/** Steps of the search for the deciding token: a second or so, for one problem. */
const SEARCHED = 20_000;
/** Share of the time that episodes take. */
const PLAYING = 0.15;
/** Agents that are kept: the one on view, and the one before it. */
const KEPT = 2;

interface Looked {
  readonly subject: Subject;
  dataset?: Dataset;
  reader?: Reader;
}

const known = new Map<string, Looked>();

async function look({ bytes, hash }: Known): Promise<Looked> {
  const found = known.get(hash) ?? { subject: (await openSubject(bytes)).subject };
  known.delete(hash);
  known.set(hash, found);
  for (const old of [...known.keys()].slice(0, -KEPT)) known.delete(old);
  return found;
}

function episodesOf(looked: Looked, tell: Tell): Dataset {
  const { subject } = looked;
  looked.dataset ??= collect(subject, subject.random('decode').fold(0), EPISODES, (done, of) =>
    tell((PLAYING * done) / of, 'playing'),
  );
  return looked.dataset;
}

export async function probe(asked: Known, tell: Tell): Promise<ProbeQuestions['probe']['answer']> {
  const looked = await look(asked);
  const dataset = episodesOf(looked, tell);
  looked.reader ??= makeReader(looked.subject, dataset, { steps: STEPS, ofGroup: OF_GROUP }, (done, of, what) =>
    tell(PLAYING + ((1 - PLAYING) * done) / of, what),
  );
  const { read: _, ...found } = looked.reader;
  return found;
}

export const read = ({ episode, hash }: ProbeQuestions['read']['question']): ProbeQuestions['read']['answer'] =>
  known.get(hash)?.reader?.read(episode);

export async function direct(
  { answer, asking, step, ...asked }: ProbeQuestions['direct']['question'],
  tell: Tell,
): Promise<ProbeQuestions['direct']['answer']> {
  const looked = await look(asked);
  return directionOf(looked.subject, episodesOf(looked, tell), step, asking, answer);
}

export async function credit({
  own,
  ...asked
}: ProbeQuestions['credit']['question']): Promise<ProbeQuestions['credit']['answer']> {
  return creditOf((await look(asked)).subject, own, { budget: SEARCHED });
}
