import { expect, test } from 'vitest';
import { dumbbellChart } from './svgDumbbells.ts';

const row = { name: 'a', note: '✓ met', value: 0.5, interval: { low: 0.4, high: 0.6 }, control: 0.25 };
const chart = (rows: readonly (typeof row | { name: string; value: null; interval: null; control: null })[]) =>
  dumbbellChart({ title: 'T', xLabel: 'share', names: { value: 'agent', control: 'control' }, rows, width: 428 });

test('a dot, its interval, a ring and the way between them', () => {
  // 14 to 414 are 0 to 1.
  const svg = chart([row]);
  expect(svg).toContain('<circle cx="214" cy="92" r="5" fill="#0072B2"/>');
  expect(svg).toContain('<circle cx="114" cy="92" r="4.5" fill="none"');
  expect(svg).toContain('<path d="M114 92H214"');
  expect(svg).toContain('<rect x="174" y="86" width="80"');
  expect(svg).toMatch(/>✓ met<\/text>/);
});

test('what was not measured leaves its row empty; what lies beyond 0 and 1 widens the axis', () => {
  const empty = chart([{ name: 'b', value: null, interval: null, control: null }]);
  expect(empty.match(/<circle/g)).toHaveLength(2);
  expect(empty).not.toMatch(/NaN|null|undefined/);
  expect(chart([{ ...row, control: -0.4 }])).toMatch(/>−0.5<\/text>/);
});
