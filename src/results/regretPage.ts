// The tables of regret on a suite's page, beside players without learning.

import { average } from '../evaluation/aggregates.ts';
import { markdownTable } from '../formats/tables.ts';
import { createTask } from '../tasks/table.ts';
import type { Config } from '../training/configSchema.ts';
import { type PlayerRegret, playersRegret } from '../training/players.ts';
import type { Group, Stratum } from './analysis.ts';
import type { RunResult } from './collect.ts';
import type { Estimated } from './intervals.ts';
import { placeName } from './regret.ts';

/** A table a stratum, with a line a group and one a player on the same problems; nothing without regret. */
export function regretPage(groups: readonly Group[]): string[] {
  const names = [...new Set(groups.flatMap(({ strata }) => strata.map(({ name }) => name)))];
  const pages = names.flatMap((name) => {
    const rows = groups.flatMap((group) => {
      const stratum = group.strata.find((one) => one.name === name);
      return stratum && stratum.regrets.length > 0 ? [{ group: group.name, stratum }] : [];
    });
    return rows.length > 0 ? [[`### Regret${names.length > 1 ? ` of ${name}` : ''}`, tableOf(rows)]] : [];
  });
  return pages.flat();
}

interface Row {
  readonly group: string;
  readonly stratum: Stratum;
}

function tableOf(rows: readonly Row[]): string {
  const places = new Map(rows.flatMap(({ stratum }) => stratum.regrets).map((place) => [placeName(place), place]));
  const body = rows.map(({ group, stratum }) => [
    group,
    ...[...places.keys()].map((name) => {
      const found = stratum.regrets.find((one) => placeName(one) === name);
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
