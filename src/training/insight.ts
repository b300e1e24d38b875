// A whole insight report on a trained agent: opens it, asks every section, judges the claims. Runs in a page too.

import { InnerloopError } from '../core/errors.ts';
import { Random } from '../core/random.ts';
import { collect, type Dataset } from '../insight/dataset/dataset.ts';
import { type EmergencePoint, emergence } from '../insight/emergence.ts';
import { measurePoint } from '../insight/emergencePoint.ts';
import { type DataFiles, dataFiles } from '../insight/report/data.ts';
import { FORMAT, type InsightReport } from '../insight/report/report.ts';
import type { SectionResult } from '../insight/section.ts';
import { ASKED } from '../insight/sections.ts';
import { QUICK, type Sizes, WHOLE } from '../insight/sizes.ts';
import { SECTIONS, type SectionName } from '../insight/subject.ts';
import type { Thinker } from '../insight/thinking.ts';
import { CLAIM_RULE, CLAIMS, judgeClaim, summarise } from '../insight/verdict.ts';
import type { Task } from '../tasks/task.ts';
import { readCheckpoint, restoreParameters } from './checkpoint.ts';
import { type OpenedSubject, openSubject, sameProblems } from './openSubject.ts';

export interface InsightOptions {
  /** The caller's own task, where the checkpoint is of one. */
  readonly task?: Task;
  /** What errors call the bytes: their path, usually. */
  readonly name?: string;
  /** Earlier checkpoints of the same run, in their order, read one after the other: what `emergence` looks at. */
  readonly history?: readonly (() => Uint8Array)[];
  /** Default: all. */
  readonly sections?: readonly SectionName[];
  /** Fewer problems and checkpoints: a first look, with wide intervals. Default false. */
  readonly quick?: boolean;
  /** Decides all that is left to chance; default the training's own. */
  readonly seed?: number;
  /** A checkpoint of an agent that was trained on the same problems without memory: one more control on memory. */
  readonly memoryless?: Uint8Array;
  /** Checkpoints of agents that were trained on the same problems with thoughts, shown beside this one's. */
  readonly thinkers?: readonly Uint8Array[];
  /** Told now and then: the share that is done, and what is being done in a few words. */
  readonly progress?: (done: number, what: string) => void;
}

export interface Insight {
  readonly report: InsightReport;
  readonly data: DataFiles;
}

/** Seconds that a checkpoint, and the data, take of the flagship; as `Section.weight`. */
const WEIGHTS = { checkpoint: 2, data: 1 };

/**
 * Asks with controls whether a trained agent plans, remembers and needs its tools. The same bytes, history and options
 * give the same answer to the byte.
 *
 * @throws InnerloopError when the bytes are not a whole, finite checkpoint of a known task, or `memoryless` or one of the
 * `thinkers` is not of the same one.
 */
export async function insight(checkpoint: Uint8Array, options: InsightOptions = {}): Promise<Insight> {
  const opened = await openSubject(checkpoint, options);
  const { config, hash, progress, subject } = opened;
  const sizes = options.quick ? QUICK : WHOLE;
  const wanted = SECTIONS.filter((section) => options.sections?.includes(section) ?? true);
  const asked = ASKED.filter(({ name }) => wanted.includes(name));
  const emerges = wanted.includes('emergence');
  const history = emerges ? chosen(options.history ?? [], sizes.emergence.checkpoints - 2) : [];
  const total =
    asked.reduce((sum, { weight }) => sum + weight, 0) +
    (emerges ? (history.length + 2) * WEIGHTS.checkpoint : 0) +
    WEIGHTS.data;
  let before = 0;
  const tell = (share: number, what: string) => options.progress?.(Math.min(1, (before + share) / total), what);

  const thinkers = wanted.includes('thinking') ? await openThinkers(opened, options) : [];
  const results = new Map<SectionName, SectionResult>();
  let dataset: Dataset | undefined;
  for (const { ask, name, weight } of asked) {
    tell(0, name);
    await turn();
    const answer = ask(subject, { ...sizes, thinking: { ...sizes.thinking, trained: thinkers } }, (done, of, what) =>
      tell((weight * done) / of, `${name}: ${what}`),
    );
    results.set(name, answer.result);
    dataset ??= answer.dataset;
    before += weight;
  }
  tell(0, 'states and labels');
  await turn();
  const random = subject.random('decode').fold(DATA);
  dataset ??= collect(subject, random.fold(0), sizes.decode);
  const data = dataFiles(subject, dataset, random.fold(1));
  before += WEIGHTS.data;
  if (emerges) {
    const points: EmergencePoint[] = [];
    tell(0, 'emergence: before the first update');
    for await (const point of overCheckpoints(opened, checkpoint, history, sizes)) {
      points.push(point);
      before += WEIGHTS.checkpoint;
      tell(0, `emergence: after update ${point.update}`);
    }
    const names = subject.task.levels.map(({ name }) => name);
    results.set('emergence', emergence(points, names, subject.random('emergence').fold(CURVES)));
  }

  const sections = wanted.flatMap((section) => results.get(section) ?? []);
  const claims = CLAIMS.map((claim) => judgeClaim(claim, sections));
  const { task } = subject;
  const report: InsightReport = {
    format: FORMAT,
    agent: {
      task: task.name,
      title: task.title,
      preset: config.preset,
      seed: config.seed,
      update: progress.update,
      hash,
      levels: subject.extended.levels.map(({ name }) => name),
    },
    seed: subject.seed,
    quick: options.quick === true,
    rule: CLAIM_RULE,
    claims,
    summary: summarise(claims),
    sections,
  };
  return { report, data };
}

/**
 * The agent itself, which counts where it was trained with thoughts, and others; beside all others the agent itself where
 * it was trained without.
 */
async function openThinkers(
  { config, subject }: OpenedSubject,
  { task, thinkers = [] }: Pick<InsightOptions, 'task' | 'thinkers'>,
): Promise<readonly Thinker[]> {
  const own = { name: `${config.preset}, seed ${config.seed}`, subject };
  const thinks = mayThink(subject.task);
  const others: Thinker[] = [];
  for (const bytes of thinkers) {
    const other = await openSubject(bytes, { seed: subject.seed, ...(task && { task }) });
    const name = `${other.config.preset}, seed ${other.config.seed}`;
    if (!sameProblems(other.subject.task, subject.task) || !mayThink(other.subject.task)) {
      throw new InnerloopError({
        kind: 'invalid',
        what: 'thinkers',
        expected: `agents of ${subject.task.name} with the same levels, trained with thoughts`,
        received: `${other.subject.task.name}, preset ${other.config.preset}`,
      });
    }
    others.push({ name, subject: other.subject, ...(!thinks && { without: subject }) });
  }
  return thinks ? [own, ...others] : others;
}

const mayThink = ({ thoughts }: Task): boolean => thoughts !== undefined && thoughts.most > 0;

/** Streams of a section beside those that it uses itself. */
const [DATA, CURVES] = [1_000_000, 1_000_000];

/** Lets a page draw, and a signal come through. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** At most `count` of `all`, the first and the last among them, evenly between. */
function chosen<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]!);
}

/**
 * The agent before its first update, at every checkpoint of `history`, and at `checkpoint`: one
 * network into which the parameters are put one after the other.
 */
async function* overCheckpoints(
  { config, subject }: OpenedSubject,
  checkpoint: Uint8Array,
  history: readonly (() => Uint8Array)[],
  sizes: Sizes,
): AsyncGenerator<EmergencePoint, void> {
  const { network } = subject;
  const measure = async (update: number) => {
    network.prepare();
    await turn();
    return measurePoint(subject, update, sizes.emergence);
  };
  network.parameters.initialise(Random.stream(config.seed, 'initialisation'));
  yield await measure(0);
  for (const bytes of [...history, () => checkpoint]) {
    const read = readCheckpoint(bytes());
    restoreParameters(read, network.parameters);
    yield await measure(read.progress.update);
  }
}
