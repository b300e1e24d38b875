import { expect, test } from 'vitest';
import { jsonErrorAt, placeIn } from './jsonPosition.ts';

test('JSON has no error', () => {
  for (const text of [' {"a": [1, -2.5e+3, "x\\n\\u00e9"], "b": {}, "c": [], "d": null}\n', '0', 'true']) {
    expect(jsonErrorAt(text)).toBeUndefined();
    JSON.parse(text);
  }
});

test.each([
  ['', 0],
  ['{"a": calculator}', 6],
  ['{"a": tru}', 6],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['{a: 1}', 1],
  ['[1, 2', 5],
  ['[1 2]', 3],
  ['{"a": 01}', 7],
  ['{"a": "x\ny"}', 6],
  ['{} x', 3],
])('%j stops being JSON at %i', (text, index) => {
  expect(jsonErrorAt(text)).toBe(index);
  expect(() => JSON.parse(text)).toThrow();
});

test('an index as line and column', () => {
  expect(placeIn('ab\ncd', 0)).toBe('line 1, column 1');
  expect(placeIn('ab\ncd', 4)).toBe('line 2, column 2');
});
