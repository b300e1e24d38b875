import { expect, test } from 'vitest';
import { intervalChart } from './svgIntervals.ts';
import { type PanelGrid, panelGrid } from './svgPanels.ts';
import { csv, markdownTable } from './tables.ts';

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words!);

const grid = (more: Partial<PanelGrid> = {}): PanelGrid => ({
  ...{ title: 'Curves', xLabel: 'episodes', yLabel: 'solved, %', yDomain: [0, 100] },
  legend: [
    { name: 'add', colour: '#0072B2' },
    { name: 'at most: <no memory>', colour: '#656d76', dash: '4 4' },
  ],
  panels: ['a', 'b', 'c', 'd'].map((title) => ({
    title,
    lines: [
      {
        colour: '#0072B2',
        points: [
          [0, 0],
          [1000, 100],
        ],
        band: [
          [0, 0, 10],
          [1000, 90, 100],
        ],
      },
    ],
    references: [{ y: 19, colour: '#0072B2' }],
  })),
  ...more,
});

test('panels stand in rows of three on the same axes, under one legend', () => {
  const svg = panelGrid(grid());
  expect(texts(svg)).toEqual(
    expect.arrayContaining(['Curves', 'a', 'd', 'add', 'at most: &lt;no memory&gt;', 'episodes']),
  );
  const places = [...svg.matchAll(/<g transform="translate\(([\d.]+) ([\d.]+)\)">/g)].map(([, x, y]) => [x, y]);
  expect(places).toHaveLength(4);
  expect(new Set(places.slice(0, 3).map(([, y]) => y)).size).toBe(1);
  expect(places[3]![0]).toBe(places[0]![0]);
  // 1000 at the right edge and 100 at the top, in every panel.
  expect(svg.match(/d="M0 190L[\d.]+ 0" fill="none"/g)).toHaveLength(4);
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1 + 4);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(panelGrid(grid())).toBe(svg);
});

test('what has nothing to show is still a picture', () => {
  const empty = panelGrid(grid({ panels: [{ title: 'none', lines: [] }], legend: [], yDomain: [0, 1] }));
  expect(empty).not.toMatch(/NaN|Infinity/);
  expect(intervalChart({ title: 'T', xLabel: 'x', rows: [] })).not.toMatch(/NaN|Infinity/);
});

test('an estimate has a bar from low to high, a stroke at its value and a dot for every run', () => {
  const rows = [
    { name: 'a & b', value: 50, low: 25, high: 75, points: [20, 50, 80] },
    { name: 'none', value: Number.NaN, low: Number.NaN, high: Number.NaN },
  ];
  const svg = intervalChart({
    title: 'T',
    xLabel: 'solved, %',
    rows,
    xDomain: [0, 100],
    references: [{ x: 50, label: 'half' }],
  });
  expect(texts(svg)).toEqual(expect.arrayContaining(['a &amp; b', 'none', 'half', '0', '100']));
  expect(svg.match(/<circle/g)).toHaveLength(3);
  const [, x, width] = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="12"/.exec(svg)!;
  const [, centre] = /<path d="M([\d.]+) [\d.]+v18"/.exec(svg)!;
  expect(Number(x) + Number(width) / 2).toBeCloseTo(Number(centre), 1);
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test('tables escape what would end a cell', () => {
  expect(markdownTable(['a', '>b'], [['x|y', '1']])).toBe('| a | b |\n| --- | ---: |\n| x\\|y | 1 |');
  expect(
    csv(
      ['a', 'b'],
      [
        ['x,"y"', 1.5],
        [null, Number.NaN],
      ],
    ),
  ).toBe('a,b\n"x,""y""",1.5\n,\n');
});
