// A suite's results as comma-separated values: every run, every estimate, every curve.

import { csv } from '../formats/tables.ts';
import { commandOf } from '../training/command.ts';
import { levelNames, type PartAnalysis, scoreOf } from './analysis.ts';
import type { RunResult } from './collect.ts';
import type { Estimated } from './intervals.ts';
import type { DrawnCurve } from './learningFigure.ts';

/** A line a run. */
export function runsCsv(results: readonly RunResult[]): string {
  const header = ['part', 'entry', 'group', 'stratum', 'seed', 'status', 'score', 'updates', 'episodes', 'seconds'];
  return csv(
    [...header, 'hash', 'command', 'reason'],
    results.map((result) => {
      const { outcome, reason = '', run, status } = result;
      const { config, entry, group, part, seed, stratum } = run;
      return [
        ...[part.name, entry.name, group, stratum, seed, status, status === 'missing' ? null : scoreOf(result, part)],
        ...[outcome?.updates ?? null, outcome?.episodes ?? null, outcome?.seconds ?? null, outcome?.hash ?? ''],
        ...[commandOf(config), reason],
      ];
    }),
  );
}

/** A line a run and level, on the test split. */
export function levelsCsv(results: readonly RunResult[]): string {
  return csv(
    ['part', 'entry', 'seed', 'level', 'problems', 'solved', 'low', 'high', 'reward', 'tokens'],
    results.flatMap(({ outcome, run: { entry, part, seed } }) =>
      (outcome?.levels ?? []).map(({ interval, level, problems, reward, solved, tokens }) => [
        ...[part.name, entry.name, seed, level, problems, solved, interval.low, interval.high, reward, tokens],
      ]),
    ),
  );
}

/** A line a run, level and kind of problem; undefined where no task counts regret. */
export function regretCsv(results: readonly RunResult[]): string | undefined {
  const rows = results.flatMap(({ outcome, run: { config, entry, part, seed } }) => {
    const names = levelNames(config.task);
    return (outcome?.levels ?? []).flatMap(({ level, regret = {} }) =>
      Object.entries(regret).map(([kind, value]) => [part.name, entry.name, seed, names[level]!, kind, value]),
    );
  });
  return rows.length > 0 ? csv(['part', 'entry', 'seed', 'level', 'problems', 'regret'], rows) : undefined;
}

type Row = (string | number | null)[];

/** A line a statistic of a group. */
export function estimatesCsv(parts: readonly PartAnalysis[]): string {
  const numbers = ({ high, low, value }: Estimated): Row => [value, low, high];
  return csv(
    ['part', 'group', 'stratum', 'statistic', 'at', 'value', 'low', 'high'],
    parts.flatMap(({ groups, improvements, part, thresholds }) => [
      ...groups.flatMap(({ name, statistics, strata }): Row[] => [
        ...(statistics
          ? [
              [part.name, name, '', 'interquartile mean', '', ...numbers(statistics.iqm)],
              [part.name, name, '', 'mean', '', ...numbers(statistics.mean)],
              [part.name, name, '', 'median', '', ...numbers(statistics.median)],
              [part.name, name, '', 'optimality gap', '', ...numbers(statistics.gap)],
              ...statistics.profile.map(
                (one, i): Row => [part.name, name, '', 'profile', thresholds[i]!, ...numbers(one)],
              ),
            ]
          : []),
        ...strata.flatMap((stratum) =>
          stratum.perLevel.map(
            (one, level): Row => [part.name, name, stratum.name, 'level', stratum.levels[level]!, ...numbers(one)],
          ),
        ),
        ...strata.flatMap((stratum) =>
          stratum.regrets.map(
            ({ kind, level, regret }): Row => [
              ...[part.name, name, stratum.name, 'regret', `${kind} of ${level}`],
              ...numbers(regret),
            ],
          ),
        ),
      ]),
      ...improvements.map(
        ({ group, over, probability }): Row => [part.name, group, '', 'P(X > Y)', over, ...numbers(probability)],
      ),
    ]),
  );
}

/** A line a place of a learning curve, on the validation split. */
export function curvesCsv(curves: readonly { readonly part: string; readonly curve: DrawnCurve }[]): string {
  return csv(
    ['part', 'group', 'stratum', 'level', 'axis', 'at', 'value', 'low', 'high'],
    curves.flatMap(({ curve: { axis, group, level, points, stratum }, part }) =>
      points.map(({ high, low, value, x }) => [
        ...[part, group, stratum.name, stratum.levels[level]!, axis],
        ...[x, value, low, high].map((number) => Number(number.toPrecision(6))),
      ]),
    ),
  );
}
