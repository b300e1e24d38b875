// A graph's title says what is asked; other problems keep their own words.

import { expect, test } from 'vitest';
import { titleOf } from './titles.ts';

test('start, goal, links and the price of the cheapest way, where links are sure', () => {
  expect(titleOf('A>B 3, B>C 2, A>C 9: A>C')).toBe('A → C, 3 links, cheapest 5');
  expect(titleOf('A>B 3: A>B')).toBe('A → B, 1 link, cheapest 3');
  expect(titleOf('A>B 3 25%, B>C 2: A>C')).toBe('A → C, 2 links');
  expect(titleOf('A>B 3: B>A')).toBe('B → A, 1 link');
  for (const text of ['3·4 + 5 = 17', 'x1 * (x0 - x2)', '1 1 4 6 = 18', 'a: b']) expect(titleOf(text)).toBe(text);
});
