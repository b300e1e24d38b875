// What the choices of a suite's agents cost beyond the least, level by level.

import type { RunResult } from './collect.ts';
import { columnMeans, type Estimated, estimated } from './intervals.ts';

/** Problems of one kind at one level: `traps` of `links=2`. */
export interface Place {
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

/**
 * Of the runs that tell of regret; one that diverged has none. Nothing where none does.
 *
 * @param levels their names.
 */
export function regretsOf(levels: readonly string[], results: readonly RunResult[]): readonly RegretEstimate[] {
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
