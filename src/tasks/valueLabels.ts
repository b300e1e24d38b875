// Labels of a whole number that a machine holds: does an agent that never sees it know it?

import type { Label } from './labels.ts';

const SIZES = [10, 100, 1000] as const;
const MODULI = [2, 3, 5] as const;

interface Reader extends Label {
  read(value: number): number;
}

const reader = (name: string, values: readonly string[], read: (value: number) => number): Reader => ({
  name: `${name} of the value held`,
  kind: 'value',
  values,
  read,
});

const READERS: readonly Reader[] = [
  reader('sign', ['negative', 'zero', 'positive'], (value) => 1 + Math.sign(value)),
  reader(
    'size',
    ['below 10', 'below 100', 'below 1000', '1000 or more'],
    (value) => SIZES.filter((size) => Math.abs(value) >= size).length,
  ),
  ...MODULI.map((m) =>
    reader(
      `residue modulo ${m}`,
      Array.from({ length: m }, (_, rest) => String(rest)),
      (value) => ((value % m) + m) % m,
    ),
  ),
];

export const VALUE_LABELS: readonly Label[] = READERS.map(({ read: _, ...label }) => label);

/** [labels, steps] of `VALUE_LABELS`. @param values [steps] held before each token; `undefined` for none. */
export const valueLabels = (values: readonly (number | undefined)[]): number[][] =>
  READERS.map(({ read }) => values.map((value) => (Number.isSafeInteger(value) ? read(value!) : -1)));
