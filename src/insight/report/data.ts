// The states and labels behind a report, for an analysis of one's own: tensors, and what their numbers stand for.

import type { Random } from '../../core/random.ts';
import { type Tensor, writeSafetensors } from '../../formats/safetensors.ts';
import { symbols } from '../../tasks/task.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Recording } from '../dataset/recording.ts';
import { labelsOf } from '../labels/episodeLabels.ts';
import type { Subject } from '../subject.ts';

/** Both files together are no larger. */
export const MOST_BYTES = 24_000_000;

export interface DataFiles {
  /** `data.safetensors`. */
  readonly tensors: Uint8Array;
  /** `data.json`. */
  readonly about: string;
}

/**
 * The episodes as probes see them: a row for every token, with the agent's state before it, the untrained network's, and
 * labels; and a row for every episode. Beyond `MOST_BYTES` episodes are left out, in the order of `random`.
 */
export function dataFiles(subject: Subject, { test, train }: Dataset, random: Random): DataFiles {
  const parts = [...train.map((one) => ({ one, test: 0 })), ...test.map((one) => ({ one, test: 1 }))];
  for (let kept: readonly Part[] = random.shuffled(parts); ; kept = kept.slice(0, Math.floor(kept.length * 0.8))) {
    const files = filesOf(subject, kept);
    if (kept.length < 2 || files.tensors.length + files.about.length <= MOST_BYTES) return files;
  }
}

interface Part {
  readonly one: Recording;
  readonly test: number;
}

function filesOf({ extended, network }: Subject, parts: readonly Part[]): DataFiles {
  const structures = [...new Set(parts.map(({ one }) => one.structure))];
  const indexOf = new Map(structures.map((structure, i) => [structure, i]));
  const rows = parts.flatMap(({ one }, episode) => one.program.map((token, step) => ({ episode, one, step, token })));
  const labels = labelsOf(extended);
  const called = [...new Set(rows.map(({ one, step }) => one.labels.tokens[step]!))];
  const numberOf = new Map(called.map((name, i) => [name, i]));
  const tensors = new Map<string, Tensor>();
  for (const name of ['trained', 'untrained'] as const) {
    const [states, summaries, memories] = [`step.${name}.state`, `episode.${name}.summary`, `episode.${name}.memory`];
    const vectors: readonly (readonly [string, readonly Float32Array[]])[] = [
      [states, rows.map(({ one, step }) => one[name].steps[step]!)],
      [summaries, parts.map(({ one }) => one[name].summary)],
      [memories, parts.map(({ one }) => one[name].memory)],
    ];
    for (const [key, all] of vectors) {
      // An agent may have none.
      if (all[0] && all[0].length > 0) tensors.set(key, stacked(all));
    }
  }
  const columns: Readonly<Record<string, readonly number[]>> = {
    'step.episode': rows.map(({ episode }) => episode),
    'step.step': rows.map(({ step }) => step),
    'step.token': rows.map(({ token }) => token),
    'step.called': rows.map(({ one, step }) => numberOf.get(one.labels.tokens[step]!)!),
    ...Object.fromEntries(
      labels.map(({ name }, i) => [`step.label.${name}`, rows.map(({ one, step }) => one.labels.values[i]![step]!)]),
    ),
    'episode.test': parts.map(({ test }) => test),
    'episode.level': parts.map(({ one }) => one.problem.level),
    'episode.structure': parts.map(({ one }) => indexOf.get(one.structure)!),
    'episode.solved': parts.map(({ one }) => Number(one.solved)),
  };
  for (const [key, column] of Object.entries(columns)) {
    tensors.set(key, { dtype: 'I32', shape: [column.length], data: Int32Array.from(column) });
  }
  const about = {
    about:
      'Rows of step.* are tokens in the order of episodes: states before the token, called the name by which probes ask for it, labels as indices into their values (−1: none). Rows of episode.* are episodes: summary is the state that a program begins with, memory the mean of the encoded context; test is 0 for episodes that probes are made from and 1 for those that they are tried on, which share no structure.',
    hidden: network.hidden,
    vocabulary: extended.vocabulary.map(({ symbol }) => symbol),
    called,
    levels: extended.levels.map(({ name }) => name),
    labels: labels.map(({ kind, name, values }) => ({ name, kind, values })),
    structures,
    episodes: parts.map(({ one }) => ({
      problem: extended.describe(one.problem),
      context: symbols(extended, extended.context(one.problem)),
    })),
  };
  return { tensors: writeSafetensors(tensors, {}), about: `${JSON.stringify(about)}\n` };
}

function stacked(all: readonly Float32Array[]): Tensor {
  const width = all[0]!.length;
  const data = new Float32Array(all.length * width);
  for (const [i, values] of all.entries()) data.set(values, i * width);
  return { dtype: 'F32', shape: [all.length, width], data };
}
