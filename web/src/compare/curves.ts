// Two histories on one axis.

import type { Ceiling } from 'innerloop';
import { boundsOf } from '../state/bounds.ts';
import { METRICS, type Session } from '../state/session.ts';
import type { ChartData, ChartSeries } from '../ui/chart/Chart.tsx';
import { seriesColour } from '../ui/colours.ts';

/** The first is drawn whole, the second dashed. */
export const LETTERS = ['A', 'B'] as const;
const DASHES = [undefined, [6, 4]] as const;

type Histories = readonly [Session, Session];

const levelsOf = (side: Session) => side.training.value?.task.levels ?? [];

export const solvedSeries = (sides: Histories, names: readonly string[]): readonly ChartSeries[] =>
  sides.flatMap((side, i) =>
    levelsOf(side).map(({ name }, level) => ({
      label: `${LETTERS[i]} ${names[i]}, ${name}`,
      colour: seriesColour(level),
      tag: `${LETTERS[i]}${level + 1}`,
      ...(DASHES[i] && { dash: DASHES[i] }),
    })),
  );

export const rewardSeries = (names: readonly string[]): readonly ChartSeries[] =>
  names.map((name, i) => ({
    label: `${LETTERS[i]} ${name}`,
    colour: seriesColour(i),
    tag: LETTERS[i]!,
    ...(DASHES[i] && { dash: DASHES[i] }),
  }));

/** What evaluations found, with the bounds of both sides that are no promise of everything. */
export function solvedData(sides: Histories, ceilings: readonly (readonly Ceiling[])[]): ChartData {
  const columns = sides.map((side) => ({
    x: side.evaluations.x(),
    y: levelsOf(side).map((_, level) => side.evaluations.y(level)),
  }));
  const bounds = ceilings.flatMap((side, i) =>
    boundsOf(side).map(({ about, level, y }) => ({
      y,
      colour: seriesColour(level),
      label: `${LETTERS[i]}${level + 1}: ${about}`,
    })),
  );
  // Names are drawn while they can be told apart; the table has all of them.
  const lines = bounds.map((line) => (bounds.length > 3 ? { ...line, label: '' } : line));
  return { ...merged(columns), lines };
}

export function rewardData(sides: Histories): ChartData {
  const reward = METRICS.indexOf('reward');
  return merged(sides.map(({ updates }) => ({ x: updates.x(), y: [updates.y(reward)] })));
}

type Column = readonly (number | null)[];

/** On the axis of all points of both; what one of them does not have is left open. */
function merged(all: readonly { readonly x: readonly number[]; readonly y: readonly Column[] }[]): ChartData {
  const x = [...new Set(all.flatMap((one) => one.x))].sort((a, b) => a - b);
  const place = new Map(x.map((update, i) => [update, i]));
  const y = all.flatMap((one) =>
    one.y.map((column) => {
      const spread: (number | null)[] = new Array(x.length).fill(null);
      for (const [i, update] of one.x.entries()) spread[place.get(update)!] = column[i] ?? null;
      return spread;
    }),
  );
  return { x, y };
}
