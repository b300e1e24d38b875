// Every tool taken away, beside what could be solved without it.

import { dumbbellChart } from '../../../formats/svgDumbbells.ts';
import type { ToolsResult } from '../../tools.ts';
import type { Figure } from '../html.ts';
import { decimal } from '../words.ts';
import { distinct, pooled, WIDTH } from './parts.ts';

export function toolFigures({ cells, unused }: ToolsResult, levels: readonly string[]): readonly Figure[] {
  if (cells.length === 0) return [];
  const names = distinct(cells, ({ without }) => without);
  const of = (name: string, share: (cell: ToolsResult['cells'][number]) => number) =>
    pooled(
      cells.filter(({ without }) => without === name),
      ({ problems }) => problems,
      share,
    );
  const chart = (
    title: string,
    control: string,
    share: (cell: ToolsResult['cells'][number]) => number,
    some: readonly string[],
  ) =>
    dumbbellChart({
      title,
      xLabel: 'share solved, all levels',
      names: { value: 'with it', control },
      width: WIDTH,
      rows: some.map((name) => ({
        name: `without ${name}`,
        value: of(name, ({ solved }) => solved),
        interval: null,
        control: of(name, share),
      })),
    });
  const exact = names.filter((name) => cells.every(({ ceiling, without }) => without !== name || ceiling !== null));
  const table = {
    caption: 'Without each tool',
    header: [
      'without',
      'level',
      '>problems',
      '>solved',
      '>this agent without',
      '>an agent trained without',
      '>anyone without',
      'ceiling from',
    ],
    rows: cells.map((cell) => [
      cell.without,
      levels[cell.level] ?? String(cell.level),
      String(cell.problems),
      ...[cell.solved, cell.left, cell.trained, cell.ceiling].map(decimal),
      cell.source,
    ]),
  };
  const idle = unused.length > 0 ? ` None of its programs used ${unused.join(', ')}.` : '';
  return [
    ...(exact.length > 0
      ? [
          {
            svg: chart('What cannot be solved without', 'anyone without', ({ ceiling }) => ceiling ?? 0, exact),
            caption: `The share that the agent solves, and the exact share that some program without the tool solves. What lies between was solved by the tool.${idle}`,
            table,
          },
        ]
      : []),
    {
      svg: chart('What this agent cannot do without', 'this agent without', ({ left }) => left, names),
      caption:
        'The same beside what the agent itself solves when the tool is taken away, for which it was not trained.',
      table,
    },
  ];
}
