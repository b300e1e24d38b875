import { expect, test } from 'vitest';
import { matrixChart } from './svgMatrix.ts';

const chart = {
  title: 'A & B',
  xLabel: 'ahead',
  yLabel: 'step',
  columns: ['0', '1'],
  rows: ['0', '1'],
  values: [
    [0.9, 0.123],
    [-0.5, null],
  ],
};
const words = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test('cells have their number in hundredths, and a colour that grows with it', () => {
  const svg = matrixChart(chart);
  expect(words(svg)).toEqual(['A &amp; B', 'step', 'ahead', '0', '1', '0', '90', '12', '1', '−50', '·']);
  expect(svg).toMatch(/fill="#0072B2" fill-opacity="0.9"\/>\n<text [^>]*fill="white"[^>]*>90</);
  expect(svg).toMatch(/fill="#0072B2" fill-opacity="0.12"\/>\n<text [^>]*>12</);
  expect(svg).toContain('fill="#D55E00" fill-opacity="0.5"');
  expect(matrixChart({ ...chart, full: 0.1 })).not.toMatch(/fill-opacity="[2-9]/);
});

test('narrow cells go without numbers; no cell at all is a chart too', () => {
  expect(words(matrixChart({ ...chart, width: 50 }))).not.toContain('90');
  expect(matrixChart({ ...chart, columns: [], rows: [], values: [] })).not.toMatch(/NaN|Infinity/);
});
