import { expect, test } from 'vitest';
import { rowsOf } from './words.ts';

const SERIES = [
  { label: 'faint', colour: '', silent: true },
  { label: 'evaluated', colour: '' },
  { label: 'other', colour: '' },
];
const column = (length: number, of: (i: number) => number | null) => Array.from({ length }, (_, i) => of(i));

test('rows stand where something is told, the first and the last of them, and none twice', () => {
  const x = column(600, (i) => i + 1) as number[];
  const evaluated = column(600, (i) => (i % 10 === 9 ? i : null));
  const rows = rowsOf(SERIES, { x, y: [x, evaluated, column(600, () => null)] });
  expect(rows).toHaveLength(12);
  expect([rows[0], rows.at(-1)]).toEqual([9, 599]);
  expect(new Set(rows).size).toBe(12);
  for (const row of rows) expect(evaluated[row]).not.toBeNull();
});

test('of few points each is a row; of none there is none', () => {
  const y = [
    [0, 0, 0],
    [1, null, null],
    [null, null, 2],
  ];
  expect(rowsOf(SERIES, { x: [1, 2, 3], y })).toEqual([0, 2]);
  expect(rowsOf(SERIES, { x: [1], y: [[0], [1], [1]] })).toEqual([0]);
  expect(rowsOf(SERIES, { x: [1, 2], y: [[0, 0], [null, null], []] })).toEqual([]);
  expect(rowsOf(SERIES, { x: [], y: [[], [], []] })).toEqual([]);
});

test('where shares are drawn on top of each other, what is said of them counts', () => {
  expect(rowsOf(SERIES, { x: [1, 2], y: [[], [1, 1], [1, 1]], said: [[], [null, 1], [null, 0]] })).toEqual([1]);
});
