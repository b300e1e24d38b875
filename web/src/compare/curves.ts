// Two histories on one axis.

import type { Ceiling } from 'innerloop';
import { boundsOf } from '../state/bounds.ts';
import { METRICS, type Session } from '../state/session.ts';
import { drawnOf } from '../ui/ceilings.ts';
import type { ChartData, ChartSeries } from '../ui/chart/Chart.tsx';
import { seriesColour } from '../ui/colours.ts';
import { percent } from '../ui/numbers.ts';

/** The first is drawn whole, the second dashed; ceilings are dotted. */
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
  const bounds = sharedBounds(sides, ceilings).flatMap(({ ceiling, letters }) =>
    boundsOf([ceiling]).map(({ about, level, y }) => ({
      y,
      colour: seriesColour(level),
      label: `${letters.length > 1 ? '' : letters[0]}${level + 1}: ${about}, ${percent(y)}`,
    })),
  );
  // Names are drawn while they can be told apart; the table has all of them.
  const lines = bounds.map((line) => (bounds.length > 3 ? { ...line, label: '' } : line));
  return { ...merged(columns), lines };
}

/** A ceiling, and whose it is. */
export interface SharedBound {
  readonly ceiling: Ceiling;
  readonly letters: readonly string[];
}

/** What bounds agents that read, of both sides; of two of the same task once. */
export function sharedBounds(sides: Histories, ceilings: readonly (readonly Ceiling[])[]): readonly SharedBound[] {
  const found = new Map<string, SharedBound>();
  for (const [i, side] of ceilings.entries()) {
    for (const ceiling of drawnOf(sides[i]?.training.peek()?.config.task.name, side)) {
      const key = JSON.stringify(ceiling);
      found.set(key, { ceiling, letters: [...(found.get(key)?.letters ?? []), LETTERS[i]!] });
    }
  }
  return [...found.values()];
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
