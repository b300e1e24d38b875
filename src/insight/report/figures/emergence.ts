// Curves over the checkpoints of a run.

import type { EmergenceResult } from '../../emergence.ts';
import type { Figure } from '../html.ts';
import { decimal, range } from '../words.ts';
import { linesFigure } from './parts.ts';

const CURVES = [
  { name: 'solved', of: 'solved' },
  { name: 'plan readable', of: 'readable' },
  { name: 'state decides', of: 'state' },
  { name: 'context decides', of: 'memory' },
] as const;

export function emergenceFigures({ levels, points }: EmergenceResult): readonly Figure[] {
  const update = ({ update }: EmergenceResult['points'][number]) => update.toLocaleString('en-US');
  const axes = { xLabel: 'update', yLabel: 'share' };
  return [
    ...linesFigure({
      ...axes,
      title: 'Over the training',
      lines: CURVES.map(({ name, of }) => ({
        name,
        points: points.map((point) => [point.update, point[of]] as const),
        band: points.flatMap(({ intervals, update }) => {
          const interval = intervals[of];
          return interval ? [[update, interval.low, interval.high] as const] : [];
        }),
      })),
      caption:
        'What is solved; what is to come that can be read from the state before the first token; how often another problem’s state, or its encoded context, decides what follows; the last three above their strongest controls. Bands are 95 % intervals over structures. A plan that pays rises with solving, not before it and not without it.',
      table: {
        caption: 'By checkpoint',
        header: ['>update', ...CURVES.flatMap(({ name }) => [`>${name}`, '>95 %'])],
        rows: points.map((point) => [
          update(point),
          ...CURVES.flatMap(({ of }) => [decimal(point[of]), range(point.intervals[of])]),
        ]),
      },
    }),
    ...linesFigure({
      ...axes,
      title: 'Solved, by level',
      lines: levels.map((name, level) => ({
        name,
        points: points.map((point) => [point.update, point.levels[level]!] as const),
      })),
      caption: 'Validation problems solved by each checkpoint, level by level.',
      table: {
        caption: 'Solved by checkpoint',
        header: ['>update', ...levels.map((name) => `>${name}`)],
        rows: points.map((point) => [update(point), ...point.levels.map(decimal)]),
      },
    }),
  ];
}
