// Learning curves of a stratum: at each level the interquartile mean over its runs, against episodes or seconds.

import { bootstrap } from '../evaluation/bootstrap.ts';
import { evaluated, present, type Stratum } from './analysis.ts';
import type { RunResult } from './collect.ts';
import { bootstrapStream, columnMeans, type Estimated } from './intervals.ts';
import type { Part } from './suite.ts';

export type Axis = 'episodes' | 'seconds';

/** Of one level. */
export interface Curve {
  readonly level: number;
  readonly points: readonly (Estimated & { readonly x: number })[];
}

/** Places along the axis, at the most. */
const PLACES = 60;
/** Fewer than for a table: nobody reads a third digit off a picture. */
const RESAMPLES = 1000;

/** From the first place where all runs have been evaluated to the last evaluation of any. */
export function curvesOf(stratum: Stratum, part: Part, axis: Axis): Curve[] {
  const runs = present(stratum).filter(evaluated);
  if (runs.length === 0) return [];
  const xs = places(runs, axis);
  const { levels } = stratum;
  // A run is a row of all places of all levels, so that a resample draws whole runs.
  const rows = runs.map((result) => levels.flatMap((_, level) => xs.map((x) => valueAt(result, part, axis, level, x))));
  const middle = columnMeans(rows);
  // Of one run there is none.
  const intervals =
    rows.length < 2
      ? middle.map(() => ({ low: Number.NaN, high: Number.NaN }))
      : bootstrap([[rows]], ([drawn]) => columnMeans(drawn!), { random: bootstrapStream(), resamples: RESAMPLES });
  return levels.map((_, level) => ({
    level,
    points: xs.map((x, i) => {
      const column = level * xs.length + i;
      return { x, value: middle[column]!, ...intervals[column]! };
    }),
  }));
}

function places(runs: readonly RunResult[], axis: Axis): number[] {
  const from = Math.max(...runs.map(({ evaluations }) => evaluations[0]![axis]));
  const to = Math.max(from, ...runs.map(({ evaluations }) => evaluations.at(-1)![axis]));
  if (axis === 'seconds') {
    return Array.from({ length: PLACES }, (_, i) => from + ((to - from) * i) / (PLACES - 1));
  }
  const all = [...new Set(runs.flatMap(({ evaluations }) => evaluations.map((one) => one[axis])))].sort(
    (a, b) => a - b,
  );
  const every = Math.ceil(all.length / PLACES);
  return all.filter((_, i) => i % every === 0 || i === all.length - 1);
}

/** At its last evaluation so far; a run that has ended stays where it was, and one that diverged is the worst from then. */
function valueAt({ evaluations, status }: RunResult, part: Part, axis: Axis, level: number, x: number): number {
  const last = evaluations.at(-1)!;
  if (status === 'diverged' && x > last[axis]) return part.worst;
  const at = evaluations.findLast((one) => one[axis] <= x) ?? evaluations[0]!;
  return at.levels[level]?.[part.measure] ?? part.worst;
}
