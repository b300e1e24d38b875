// Accuracy by how much blank computation came before the program.

import type { ThinkingResult } from '../../thinking.ts';
import type { Figure } from '../html.ts';
import { decimal } from '../words.ts';
import { distinct, linesFigure } from './parts.ts';

export function thinkingFigures(
  { cells, chosen, trained }: ThinkingResult,
  levels: readonly string[],
): readonly Figure[] {
  const name = (level: number) => levels[level] ?? String(level);
  const table = {
    caption: 'Blank computation',
    header: ['level', '>blanks', '>problems', '>solved', '>solved, moved at random', '>regret'],
    rows: cells.map((cell) => [
      name(cell.level),
      String(cell.blanks),
      String(cell.problems),
      decimal(cell.solved),
      decimal(cell.moved),
      decimal(cell.regret),
    ]),
  };
  const byLevel = <T>(value: (cell: ThinkingResult['cells'][number]) => T) =>
    distinct(cells, ({ level }) => level).map((level) => ({
      name: name(level),
      points: cells.filter((cell) => cell.level === level).map((cell) => [cell.blanks, value(cell)] as const),
    }));
  const most = Math.max(0.1, ...cells.map(({ regret }) => regret ?? 0));
  return [
    ...linesFigure({
      title: 'Solved, by blanks',
      xLabel: 'blank tokens before the program',
      yLabel: 'share',
      controls: 'moved at random',
      lines: [
        ...byLevel(({ solved }) => solved),
        ...byLevel(({ moved }) => moved).map((line) => ({
          ...line,
          name: `${line.name}, moved at random`,
          control: true,
        })),
      ],
      caption: `The start token is taken in so many times more before the program. In grey: the state moved at random, as far as the blanks moved it. Validation problems chose ${chosen}.`,
      table,
    }),
    ...linesFigure({
      title: 'Regret, by blanks',
      xLabel: 'blank tokens before the program',
      yLabel: 'cost beyond the least, relative',
      yDomain: [0, most],
      lines: byLevel(({ regret }) => regret),
      caption: 'The same by the price of the answers, where the task has one.',
      table,
    }),
    ...linesFigure({
      title: 'Trained to think',
      xLabel: 'level',
      yLabel: 'share solved',
      lines: distinct(trained, runOf).map((run) => ({
        name: run,
        points: trained.filter((cell) => runOf(cell) === run).map((cell) => [cell.level, cell.solved] as const),
      })),
      caption: 'Runs that were trained with a token that does nothing, made to take it so many times.',
      table: {
        caption: 'Trained to think',
        header: ['run', 'level', '>problems', '>solved', '>regret', '>thoughts taken'],
        rows: trained.map((cell) => [
          runOf(cell),
          name(cell.level),
          String(cell.problems),
          ...[cell.solved, cell.regret, cell.taken].map(decimal),
        ]),
      },
    }),
  ];
}

const runOf = ({ name, thoughts }: ThinkingResult['trained'][number]): string =>
  `${name}, ${thoughts === null ? 'as it likes' : `${thoughts} thoughts`}`;
