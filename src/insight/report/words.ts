// Numbers and verdicts as people read them.

import type { Interval } from '../../evaluation/statistics.ts';
import type { Criterion, Verdict } from '../section.ts';

/** `0.62`, `−0.08`; `–` where nothing was measured. */
export const decimal = (value: number | null | undefined): string =>
  value === null || value === undefined
    ? '–'
    : value
        .toFixed(2)
        .replace(/^-(0\.00)$/, '$1')
        .replace('-', '−');

/** `0.55 to 0.68` */
export const range = (interval: Interval | null | undefined): string =>
  interval ? `${decimal(interval.low)} to ${decimal(interval.high)}` : '–';

/** `✓ met`: told by more than a colour. */
export const MARKS: Readonly<Record<Verdict, string>> = { met: '✓', 'not met': '✗', 'cannot be told': '?' };

/** `decodable-ahead` as `Decodable ahead`, `needs--` as `Needs -`. */
export const nameOf = ({ id }: Pick<Criterion, 'id'>): string => {
  const words = id.replace(/^needs-/, 'needs ').replaceAll(/-(?=[a-z])/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const CRITERIA_HEADER = ['criterion', 'verdict', '>number', 'strongest control', '>above it, 95 %'];

/** Criteria that nothing was measured for, by why. */
export function unmeasured(criteria: readonly Criterion[]): string {
  const reasons = new Map<string, string[]>();
  for (const { id, number, why = '' } of criteria) {
    if (number === null) reasons.set(why, [...(reasons.get(why) ?? []), id]);
  }
  return [...reasons].map(([why, ids]) => `${ids.join(', ')}: ${why}`).join('; ');
}

/** A criterion as a row under `CRITERIA_HEADER`. */
export const criterionRow = ({ control, id, interval, number, selectivity, verdict }: Criterion): string[] => [
  id,
  `${MARKS[verdict]} ${verdict}`,
  `${decimal(number)}${interval && !selectivity ? ` (${range(interval)})` : ''}`,
  control.number === null ? '–' : `${control.name} ${decimal(control.number)}`,
  selectivity ? `${decimal(selectivity.number)} (${range(selectivity.interval)})` : '–',
];

/** One sentence with all the numbers of a criterion. */
export function numbersOf({ control, interval, number, selectivity, why }: Criterion): string {
  if (number === null) return why ?? '';
  const own = `${decimal(number)}${interval ? ` (${range(interval)})` : ''}`;
  const other = control.number === null ? '' : `; ${control.name} ${decimal(control.number)}`;
  const above = selectivity ? `; above it ${decimal(selectivity.number)} (${range(selectivity.interval)})` : '';
  return `${own}${other}${above}${why ? `; ${why}` : ''}`;
}
