// What the choices of a suite's agents cost beyond the least, level by level, beside players without learning.

import { average } from '../evaluation/aggregates.ts';
import { markdownTable } from '../formats/tables.ts';
import { createTask } from '../tasks/table.ts';
import type { Config } from '../training/configSchema.ts';
import { type PlayerRegret, playersRegret } from '../training/players.ts';
import { columnMeans, type Estimated, estimated, type Group, type Stratum } from './analysis.ts';
import type { RunResult } from './collect.ts';

/** Problems of one kind at one level: `traps` of `links=2`. */
interface Place {
  readonly level: string;
  readonly kind: string;
}

/** The interquartile mean over runs at a place. */
export interface RegretEstimate extends Place {
  readonly regret: Estimated;
  /** Of every run. */
  readonly runs: readonly number[];
}

/** `traps, links=2`; the level alone where its problems are of one kind. */
export const placeName = ({ kind, level }: Place): string => (kind === 'all' ? level : `${kind}, ${level}`);

/** Of the runs of a stratum that tell of regret; one that diverged has none. Nothing where none does. */
export function regretsOf({ levels, results }: Stratum): readonly RegretEstimate[] {
  const told = results.flatMap(({ outcome }) =>
    outcome?.levels.every(({ regret }) => regret) ? [outcome.levels] : [],
  );
  if (told.length === 0) return [];
  const places = placesOf(
    levels,
    told.map((run) => run.map(({ regret }) => regret!)),
  );
  const runs = told.map((run) => places.map(({ kind, level }) => run[levels.indexOf(level)]!.regret![kind]!));
  const means = estimated([[runs]], ([drawn]) => columnMeans(drawn!));
  return places.map((place, i) => ({ ...place, regret: means[i]!, runs: runs.map((run) => run[i]!) }));
}

/** Kinds that every run has problems of; `all` only where there is no other. */
function placesOf(levels: readonly string[], runs: readonly (readonly Readonly<Record<string, number>>[])[]): Place[] {
  return levels.flatMap((name, level) => {
    const kinds = Object.keys(runs[0]![level]!).filter((kind) => runs.every((run) => kind in run[level]!));
    const groups = kinds.filter((kind) => kind !== 'all');
    return (groups.length > 0 ? groups : kinds).map((kind) => ({ level: name, kind }));
  });
}

/** A table a stratum, with a line a group and one a player on the same problems; nothing without regret. */
export function regretPage(groups: readonly Group[]): string[] {
  const names = [...new Set(groups.flatMap(({ strata }) => strata.map(({ name }) => name)))];
  const pages = names.flatMap((name) => {
    const rows = groups.flatMap((group) => {
      const stratum = group.strata.find((one) => one.name === name);
      const estimates = stratum ? regretsOf(stratum) : [];
      return stratum && estimates.length > 0 ? [{ group: group.name, stratum, estimates }] : [];
    });
    return rows.length > 0 ? [[`### Regret${names.length > 1 ? ` of ${name}` : ''}`, tableOf(rows)]] : [];
  });
  return pages.flat();
}

interface Row {
  readonly group: string;
  readonly stratum: Stratum;
  readonly estimates: readonly RegretEstimate[];
}

function tableOf(rows: readonly Row[]): string {
  const places = new Map(rows.flatMap(({ estimates }) => estimates).map((place) => [placeName(place), place]));
  const body = rows.map(({ estimates, group }) => [
    group,
    ...[...places.keys()].map((name) => {
      const found = estimates.find((one) => placeName(one) === name);
      return found ? cell(found.regret) : '–';
    }),
  ]);
  // Players see the problem alone: groups whose runs were examined on the same ones have the same players.
  const players = new Map<string, string[]>();
  for (const { stratum } of rows) {
    for (const { levels, name } of playersOf(stratum.results)) {
      const cells = [...places.values()].map(({ kind, level }) => levels[stratum.levels.indexOf(level)]?.[kind]);
      const row = [`*${name}*`, ...cells.map((one) => (one === undefined ? '–' : one.toFixed(3)))];
      players.set(row.join(), row);
    }
  }
  const { name, options } = rows[0]!.stratum.results[0]!.run.config.task;
  const about = createTask(name, options).study!.regret!.about;
  const table = markdownTable(
    ['regret', ...[...places.keys()].map((one) => `>${one}`)],
    [...body, ...players.values()],
  );
  return `${table}\n\n<sub>Regret is ${about}; interquartile means over runs. In italics players without learning on the same problems, in the mean over the seeds of a group; of groups with other seeds there are other lines.</sub>`;
}

const cell = ({ high, low, value }: Estimated): string =>
  `${value.toFixed(3)} ${Number.isFinite(low) ? `[${low.toFixed(3)} – ${high.toFixed(3)}]` : '–'}`;

/** In the mean over the runs that tell of regret. */
function playersOf(results: readonly RunResult[]): PlayerRegret[] {
  const runs = results.filter(({ outcome }) => outcome).map(({ run }) => ofRun(run.config));
  return (runs[0] ?? []).map(({ levels, name }, player) => ({
    name,
    levels: levels.map((kinds, level) =>
      Object.fromEntries(
        Object.keys(kinds).map((kind) => [
          kind,
          average(runs.flatMap((run) => run[player]!.levels[level]![kind] ?? [])),
        ]),
      ),
    ),
  }));
}

const cache = new Map<string, readonly PlayerRegret[]>();

function ofRun(config: Config): readonly PlayerRegret[] {
  const key = JSON.stringify([config.task, config.seed, config.evaluation.testProblems]);
  const found = cache.get(key) ?? playersRegret(config);
  cache.set(key, found);
  return found;
}
