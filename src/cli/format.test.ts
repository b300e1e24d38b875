import { expect, test } from 'vitest';
import { bar, count, duration, percent, plural, table, width } from './format.ts';

test('a share is never rounded to certainty', () => {
  expect([0, 0.0001, 0.5, 0.9949, 0.9999, 1].map(percent)).toEqual([
    '0.0 %',
    '0.1 %',
    '50.0 %',
    '99.5 %',
    '99.9 %',
    '100.0 %',
  ]);
});

test('times in the unit that people would use', () => {
  expect([0.04, 9.94, 9.96, 59.4, 61, 3599, 3600, 7500].map(duration)).toEqual([
    '0.0 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 1 s',
    '59 min 59 s',
    '1 h 00 min',
    '2 h 05 min',
  ]);
  expect(duration(Number.POSITIVE_INFINITY)).toBe('–');
});

test('counts and bars', () => {
  expect([count(1234567.6), plural(1, 'update'), plural(2000, 'update')]).toEqual([
    '1,234,568',
    '1 update',
    '2,000 updates',
  ]);
  expect([bar(0, 4), bar(0.5, 4), bar(1, 4), bar(2, 4)]).toEqual(['░░░░', '██░░', '████', '████']);
});

test('columns are as wide as they look, and set to the right on request', () => {
  const green = '\u001b[32mok\u001b[39m';
  expect(width(green)).toBe(2);
  expect(
    table(
      ['a', '>n', ''],
      [
        ['x', '1', green],
        ['yyy', '100', ''],
      ],
    ),
  ).toBe(`a      n\nx      1  ${green}\nyyy  100`);
});
