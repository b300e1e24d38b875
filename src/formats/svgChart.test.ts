import { expect, test } from 'vitest';
import { InnerloopError } from '../core/errors.ts';
import { niceTicks, spread } from './chartLayout.ts';
import { type LineChart, lineChart } from './svgChart.ts';

const chart = (more: Partial<LineChart> = {}): LineChart => ({
  title: 'Solved',
  xLabel: 'update',
  yLabel: 'share',
  series: [
    {
      name: 'level 0',
      points: [
        [0, 0],
        [100, 1],
      ],
    },
  ],
  ...more,
});

/** The texts of a chart, in order, with their attributes. */
const texts = (svg: string) =>
  [...svg.matchAll(/<text x="([^"]+)" y="([^"]+)"[^>]*>([^<]*)<\/text>/g)].map(([, x, y, words]) => ({
    x: Number(x),
    y: Number(y),
    words: words!,
  }));
const words = (svg: string) => texts(svg).map((each) => each.words);

/** Every element is closed by its own name; no markup is left in texts. */
function assertWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, closing, name, , self] of svg.matchAll(/<(\/?)([a-z]+)((?:\s+[\w-]+="[^"<]*")*)(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!self) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg.replace(/<\/?[a-z]+(\s+[\w-]+="[^"<]*")*\/?>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#39);)/);
}

test('a chart has a title, labels, ticks, lines and their names', () => {
  const svg = lineChart(chart());
  assertWellFormed(svg);
  expect(words(svg)).toEqual([
    ...['Solved', 'share', 'update'],
    ...['0', '0.2', '0.4', '0.6', '0.8', '1'],
    ...['0', '20', '40', '60', '80', '100'],
    'level 0',
  ]);
  // 720 − names (7 × 13 × 0.58 → 53, + 26) = 641; left: '0.2' → 23, + 22 = 45; plot from y 348 up to 52.
  expect(svg).toContain('d="M45 348L641 52"');
  expect(svg).toContain('stroke="#0072B2"');
  expect(svg).toContain('<rect width="720" height="400" fill="#fff"/>');
  expect(lineChart(chart())).toBe(svg);
});

test('texts and colours are escaped', () => {
  const hostile = `<b onload='x'>&"\u0007`;
  const escaped = '&lt;b onload=&#39;x&#39;&gt;&amp;&quot;';
  const svg = lineChart(
    chart({
      ...{ title: hostile, xLabel: hostile, yLabel: hostile },
      series: [{ name: hostile, colour: '"/><script>', points: [[0, 0]], band: [[0, 0, 1]] }],
      references: [{ y: 0.5, label: hostile }],
    }),
  );
  assertWellFormed(svg);
  expect(words(svg).filter((each) => each === escaped)).toHaveLength(5);
  expect(svg).not.toContain('<script');
});

test('names at the same place are moved apart and stay in the picture', () => {
  const series = Array.from({ length: 6 }, (_, i) => ({
    name: `level ${i}`,
    points: [
      [0, 0],
      [9, 1 - i / 1000],
    ] as const,
  }));
  const placed = texts(lineChart(chart({ series }))).filter(({ words }) => words.startsWith('level'));
  const ys = placed.map(({ y }) => y).sort((a, b) => a - b);
  for (let i = 1; i < ys.length; i++) expect(ys[i]! - ys[i - 1]!).toBeGreaterThanOrEqual(17.9);
  expect(ys[0]).toBeGreaterThan(40);
  expect(placed.map(({ y }) => y)).toEqual(ys); // the higher line has the higher name
});

test('values that are not finite break a line; a band goes there and back', () => {
  const points = [
    [0, 0],
    [1, Number.NaN],
    [2, 1],
    [3, 0.5],
  ] as const;
  const svg = lineChart(
    chart({
      series: [
        {
          name: 'a',
          points,
          band: [
            [0, 0, 0.5],
            [3, 0.5, 1],
          ],
        },
      ],
    }),
  );
  expect(svg).toMatch(/d="M[\d. ]+M[\d. ]+L[\d. ]+" fill="none"/);
  expect(svg).toMatch(/d="M[\d. ]+L[\d. ]+L[\d. ]+L[\d. ]+Z" fill="#0072B2" fill-opacity/);
  expect(svg).not.toContain('NaN');
});

test('references are drawn, named, and count for the domain unless one is given', () => {
  const references = [{ y: 1.9, label: 'ceiling' }];
  expect(words(lineChart(chart({ references })))).toEqual(expect.arrayContaining(['2', 'ceiling']));
  expect(words(lineChart(chart({ references, yDomain: [0, 1] })))).not.toContain('ceiling');
});

test('one point, equal values and very long curves are charts too', () => {
  for (const value of [0, 5, -3]) {
    const svg = lineChart(chart({ series: [{ name: 'a', points: [[value, value]] }] }));
    assertWellFormed(svg);
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
  const points = Array.from({ length: 300_000 }, (_, i) => [i, i % 7] as const);
  expect(lineChart(chart({ series: [{ name: 'a', points }] })).includes('>250,000<')).toBe(true);
});

test('what cannot be drawn is said', () => {
  expect(() => lineChart(chart({ series: [] }))).toThrow(InnerloopError);
  expect(() => lineChart(chart({ series: [{ name: 'a', points: [[0, Number.NaN]] }] }))).toThrow(
    'at least one finite point',
  );
  expect(() => lineChart(chart({ yDomain: [1, 1] }))).toThrow(
    'yDomain: expected two finite numbers, the lower first, received [1, 1]',
  );
  expect(() => lineChart(chart({ width: 150 }))).toThrow('received 150 × 400 pixels');
});

test('ticks are round numbers that enclose the range', () => {
  expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks(-0.13, 0.42, 5)).toEqual([-0.2, 0, 0.2, 0.4, 0.6]);
  expect(niceTicks(1, 600, 6)).toEqual([0, 100, 200, 300, 400, 500, 600]);
  expect(niceTicks(0, 3e-7, 3)).toEqual([0, 1e-7, 2e-7, 3e-7]);
  expect(niceTicks(0, 12_345, 3)).toEqual([0, 5000, 10_000, 15_000]);
});

test('spread keeps the order, the gap and the bounds, and moves as little as it can', () => {
  expect(spread([10, 50], 18, 0, 100)).toEqual([10, 50]);
  expect(spread([50, 50], 18, 0, 100)).toEqual([41, 59]);
  expect(spread([52, 50, 10], 18, 0, 100)).toEqual([60, 42, 10]);
  expect(spread([0, 1], 18, 0, 100)).toEqual([0, 18]);
  expect(spread([100, 99, 98], 18, 0, 100)).toEqual([100, 82, 64]);
  expect(spread([5, 5, 5], 18, 0, 20)).toEqual([0, 10, 20]);
  expect(spread([], 18, 0, 20)).toEqual([]);
});
