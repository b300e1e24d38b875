// Accuracy by how much blank computation came before the program.

import type { GroupShare, ThinkingResult } from '../../thinking.ts';
import type { Figure } from '../html.ts';
import { decimal } from '../words.ts';
import { distinct, linesFigure, pooled } from './parts.ts';

export function thinkingFigures(
  { cells, chosen, trained }: ThinkingResult,
  levels: readonly string[],
): readonly Figure[] {
  const name = (level: number) => levels[level] ?? String(level);
  const table = {
    caption: 'Blank computation',
    header: ['level', '>blanks', '>problems', '>solved', '>solved, moved at random', '>regret', 'of these, regret'],
    rows: cells.map((cell) => [
      name(cell.level),
      String(cell.blanks),
      String(cell.problems),
      decimal(cell.solved),
      decimal(cell.moved),
      decimal(cell.regret),
      regretsOf(cell.groups),
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
    ...thoughtFigures(trained, name),
  ];
}

/** `traps 0.02, others 0.03` */
const regretsOf = (groups: readonly GroupShare[]): string =>
  groups.map(({ name, regret }) => `${name} ${decimal(regret)}`).join(', ') || '–';

type Thoughts = ThinkingResult['trained'];

/** By thoughts that a run was made to take, all levels that were asked about: what it solves and what that costs. */
function thoughtFigures(trained: Thoughts, level: (level: number) => string): Figure[] {
  const mean = (some: Thoughts, value: (cell: Thoughts[number]) => number | null) =>
    some.every((cell) => value(cell) !== null)
      ? pooled(
          some,
          ({ problems }) => problems,
          (cell) => value(cell)!,
        )
      : null;
  const free = (run: string) => trained.filter(({ name, thoughts }) => name === run && thoughts === null);
  const runs = distinct(trained, ({ name }) => name).map((run) => ({
    run,
    taken: mean(free(run), ({ taken }) => taken),
    forced: distinct(
      trained.filter(({ name, thoughts }) => name === run && thoughts !== null),
      ({ thoughts }) => thoughts!,
    ).map((count) => ({
      count,
      cells: trained.filter(({ name, thoughts }) => name === run && thoughts === count),
    })),
  }));
  const furthest = Math.max(0, ...runs.flatMap(({ forced }) => forced.map(({ count }) => count)));
  const lines = (
    value: (cell: Thoughts[number]) => number | null,
    without: (cell: Thoughts[number]) => number | null,
  ) => [
    ...runs.map(({ forced, run }) => ({
      name: run,
      points: forced.map(({ cells, count }) => [count, mean(cells, value)] as const),
    })),
    ...runs.slice(0, 1).map(({ run }) => ({
      name: 'trained without',
      control: true,
      points: [0, furthest].map((count) => [count, mean(free(run), without)] as const),
    })),
  ];
  const used = runs.map(({ run, taken }) => `${run} takes ${decimal(taken)}`).join(', ');
  const caption = `Runs that were trained with a token that does nothing, made to take it so many times, all levels of the table together. Left to themselves ${used} of them in the mean. In grey: the run that was trained without, on the same problems.`;
  const shared = { xLabel: 'thoughts, forced', controls: 'trained without', caption };
  const most = Math.max(0.1, ...trained.flatMap(({ regret, without }) => [regret ?? 0, without?.regret ?? 0]));
  return [
    ...linesFigure({
      ...shared,
      title: 'Trained to think: solved',
      yLabel: 'share solved',
      lines: lines(
        ({ solved }) => solved,
        ({ without }) => without?.solved ?? null,
      ),
      table: {
        caption: 'Trained to think',
        header: [
          'run',
          'level',
          'thoughts',
          '>problems',
          '>thoughts taken',
          '>solved',
          '>regret',
          'of these, regret',
          '>trained without: solved',
          '>regret',
        ],
        rows: trained.map((cell) => [
          cell.name,
          level(cell.level),
          cell.thoughts === null ? 'as it likes' : String(cell.thoughts),
          String(cell.problems),
          ...[cell.taken, cell.solved, cell.regret].map(decimal),
          regretsOf(cell.groups),
          ...[cell.without?.solved, cell.without?.regret].map(decimal),
        ]),
      },
    }),
    ...linesFigure({
      ...shared,
      title: 'Trained to think: regret',
      yLabel: 'cost beyond the least, relative',
      yDomain: [0, most],
      lines: lines(
        ({ regret }) => regret,
        ({ without }) => without?.regret ?? null,
      ),
    }),
  ];
}
