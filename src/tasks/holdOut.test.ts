import { expect, test } from 'vitest';
import { fnv1a, splitOfHash } from './holdOut.ts';

test('FNV-1a of the published vectors', () => {
  expect(fnv1a('')).toBe(0x811c9dc5);
  expect(fnv1a('a')).toBe(0xe40c292c);
  expect(fnv1a('foobar')).toBe(0xbf9cf968);
});

test('multiples of five are held out, in turn for validation and for test', () => {
  const splits = Array.from({ length: 20 }, (_, hash) => splitOfHash(hash));
  expect(splits.flatMap((split, hash) => (split === 'train' ? [] : [[hash, split]]))).toEqual([
    [0, 'validation'],
    [5, 'test'],
    [10, 'validation'],
    [15, 'test'],
  ]);
});
