// Curves over the checkpoints of a run.

import { panelGrid } from '../../../formats/svgPanels.ts';
import { PALETTE } from '../../../formats/svgParts.ts';
import type { EmergenceResult } from '../../emergence.ts';
import type { Figure } from '../html.ts';
import { decimal } from '../words.ts';

const CURVES = [
  { name: 'solved', of: 'solved' },
  { name: 'plan readable', of: 'readable' },
  { name: 'state decides', of: 'state' },
  { name: 'context decides', of: 'memory' },
] as const;

export function emergenceFigures({ levels, points }: EmergenceResult): readonly Figure[] {
  if (points.length < 2) return [];
  const xOf = (index: number) => points[index]!.update;
  const line = (values: readonly (number | null)[], colour: string) => ({
    colour,
    points: values.flatMap((value, i) => (value === null ? [] : [[xOf(i), value] as const])),
  });
  const shown = CURVES.filter(({ of }) => points.some((point) => point[of] !== null));
  const colour = (i: number) => PALETTE[i % PALETTE.length]!;
  return [
    {
      svg: panelGrid({
        title: 'Over the training',
        xLabel: 'update',
        yLabel: 'share',
        width: 348,
        panels: [
          {
            title: '',
            lines: shown.map(({ of }, i) =>
              line(
                points.map((point) => point[of]),
                colour(i),
              ),
            ),
          },
        ],
        legend: shown.map(({ name }, i) => ({ name, colour: colour(i) })),
        yDomain: [Math.min(0, ...points.flatMap((point) => shown.map(({ of }) => point[of] ?? 0))), 1],
      }),
      caption:
        'What is solved; what is to come that can be read from the state before the first token; how often another problem’s state, or its encoded context, decides what follows; the last three above their strongest controls. A plan that pays rises with solving, not before it and not without it.',
      table: {
        caption: 'By checkpoint',
        header: ['>update', ...shown.map(({ name }) => `>${name}`)],
        rows: points.map((point) => [
          point.update.toLocaleString('en-US'),
          ...shown.map(({ of }) => decimal(point[of])),
        ]),
      },
    },
    {
      svg: panelGrid({
        title: 'Solved, by level',
        xLabel: 'update',
        yLabel: 'share',
        width: 348,
        panels: [
          {
            title: '',
            lines: levels.map((_, i) =>
              line(
                points.map((point) => point.levels[i]!),
                colour(i),
              ),
            ),
          },
        ],
        legend: levels.map((name, i) => ({ name, colour: colour(i) })),
        yDomain: [0, 1],
      }),
      caption: 'Validation problems solved by each checkpoint, level by level.',
      table: {
        caption: 'Solved by checkpoint',
        header: ['>update', ...levels.map((name) => `>${name}`)],
        rows: points.map((point) => [point.update.toLocaleString('en-US'), ...point.levels.map(decimal)]),
      },
    },
  ];
}
