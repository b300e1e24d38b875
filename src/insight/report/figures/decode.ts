// What probes read, step by step and token by token.

import { dumbbellChart } from '../../../formats/svgDumbbells.ts';
import { matrixChart } from '../../../formats/svgMatrix.ts';
import type { Measure } from '../../dataset/measure.ts';
import type { DecodedLabel, DecodedLevel, DecodedPlaces, DecodeResult } from '../../decode.ts';
import type { Figure, Table } from '../html.ts';
import { decimal, range } from '../words.ts';
import { linesFigure, matrixFigure, WIDTH } from './parts.ts';

const MEASURED = ['>read', 'best control', '>it has', '>above it', '>95 %', '>rows'];

const measured = ({ accuracy, control, interval, rows, selectivity, source }: Measure): string[] => [
  decimal(accuracy[source]),
  control,
  decimal(accuracy[control]),
  decimal(selectivity),
  range(interval),
  String(rows),
];

export function decodeFigures({ ahead, labels, levels, places }: DecodeResult): readonly Figure[] {
  const highest = levels.findLast((level) => level.ahead.length > 0);
  return [
    ...matrices(ahead, 'all levels'),
    ...(highest && levels.length > 1
      ? [
          ...matrixFigure({
            title: `Above the best control, ${highest.name}`,
            ...AXES,
            cells: cellsOf(highest.ahead, ({ selectivity }) => selectivity),
            caption: `The same on episodes of the highest level, ${highest.name}, alone.`,
            table: aheadTable(highest.ahead, highest.name),
          }),
        ]
      : []),
    ...beforeFigure(
      levels,
      'laterTokens',
      'Tokens after the first',
      'The share of a program’s tokens, without the first one, that can be read before the first is chosen',
    ),
    ...beforeFigure(
      levels,
      'inContext',
      'Tokens after the first, in the encoded context',
      'The same, read from the mean of the encoded context instead of the state',
    ),
    ...beforeFigure(
      levels,
      'whole',
      'The whole program',
      'The share of programs of which every token can be read before the first is chosen',
    ),
    ...formedFigure(levels),
    ...labelFigure(labels, 'plan', 'What is still to come', 'What the task asks of the plan'),
    ...labelFigure(labels, 'state', 'What stands where', 'What the task asks of the machine’s state'),
    ...labelFigure(labels, 'value', 'Values', 'What the task asks of the value that the machine has worked out'),
    ...places.map((place) => placesFigure(place, levels)),
  ];
}

const AXES = { xLabel: 'tokens ahead', yLabel: 'before token' };

type Cells = DecodeResult['ahead'];

const cellsOf = (cells: Cells, value: (cell: Cells[number]) => number) =>
  cells.map((cell) => ({ row: cell.step, column: cell.ahead, value: value(cell) }));

const aheadTable = (cells: Cells, of: string): Table => ({
  caption: `Tokens ahead, ${of}`,
  header: ['>before token', '>ahead', ...MEASURED],
  rows: cells.map((cell) => [String(cell.step), String(cell.ahead), ...measured(cell)]),
});

function matrices(cells: Cells, of: string): Figure[] {
  const table = aheadTable(cells, of);
  return [
    ...matrixFigure({
      title: `Above the best control, ${of}`,
      ...AXES,
      cells: cellsOf(cells, ({ selectivity }) => selectivity),
      caption:
        'Selectivity in hundredths: how much more often a probe is right about the token so many steps ahead than the best control is. Column 0 is the token about to be chosen; row 0 comes before the first.',
      table,
    }),
    ...matrixFigure({
      title: `Right from the state, ${of}`,
      ...AXES,
      cells: cellsOf(cells, ({ accuracy }) => accuracy.state ?? 0),
      caption: 'Accuracy in hundredths of the probe that reads the state. By itself it says little: see the control.',
      table,
    }),
    ...matrixFigure({
      title: `Right from the best control, ${of}`,
      ...AXES,
      cells: cellsOf(cells, ({ accuracy, control }) => accuracy[control] ?? 0),
      caption: `Accuracy in hundredths of the best of: a probe on the inputs alone, before the first token also on any two of them; an untrained network’s state, before the first token its summary and encoded context too; ${memoryless(cells)}; shuffled labels; the commonest answer.`,
      table,
    }),
  ];
}

/** Nobody should think that a control was beaten which nobody gave. */
const memoryless = (cells: Cells): string =>
  cells.some(({ accuracy }) => accuracy.memoryless !== undefined)
    ? 'an agent trained without memory'
    : 'no agent trained without memory, for none was given (--memoryless)';

function beforeFigure(
  levels: readonly DecodedLevel[],
  part: 'laterTokens' | 'inContext' | 'whole',
  title: string,
  about: string,
): Figure[] {
  const known = levels.flatMap(({ before, name }) => {
    const found = before?.[part];
    return found ? [{ name, found }] : [];
  });
  if (known.length === 0) return [];
  return [
    {
      svg: dumbbellChart({
        title: `${title}, read before it`,
        xLabel: 'share read right',
        names: { value: part === 'inContext' ? 'encoded context' : 'state', control: 'best control' },
        width: WIDTH,
        rows: known.map(({ found, name }) => ({
          name,
          value: found.accuracy[found.source] ?? null,
          interval: found.accuracyInterval,
          control: found.accuracy[found.control] ?? null,
        })),
      }),
      caption: `${about}, by level.`,
      table: {
        caption: title,
        header: ['level', ...MEASURED],
        rows: known.map(({ found, name }) => [name, ...measured(found)]),
      },
    },
  ];
}

/** How long before its turn every token of the program is first there. */
function formedFigure(levels: readonly DecodedLevel[]): Figure[] {
  const known = levels.filter(({ formed }) => formed.some(({ step }) => step !== null));
  if (known.length === 0) return [];
  const last = Math.max(...known.flatMap(({ formed }) => formed.map(({ token }) => token)));
  const tokens = Array.from({ length: last + 1 }, (_, token) => token);
  const leads = known.map(({ formed }) =>
    tokens.map((token) => {
      const step = formed.find((one) => one.token === token)?.step ?? null;
      return step === null ? null : token - step;
    }),
  );
  return [
    {
      svg: matrixChart({
        title: 'When each token is formed',
        xLabel: 'token of the program',
        yLabel: 'level',
        columns: tokens.map(String),
        rows: known.map(({ name }) => name),
        values: leads,
        full: Math.max(1, ...leads.flat().map((lead) => lead ?? 0)),
        write: String,
        width: WIDTH,
      }),
      caption:
        'How many steps ahead of its turn a token of the program can be read better than from any control, from there on at every step (95 % intervals above 0); a dot: not even at its turn.',
      table: {
        caption: 'First step from which on a token’s 95 % interval lies above 0',
        header: ['level', ...tokens.map((token) => `>${token}`)],
        rows: known.map(({ formed, name }) => [
          name,
          ...tokens.map((token) => String(formed.find((one) => one.token === token)?.step ?? '–')),
        ]),
      },
    },
  ];
}

function labelFigure(
  labels: readonly DecodedLabel[],
  kind: DecodedLabel['kind'],
  title: string,
  about: string,
): Figure[] {
  const some = labels.filter((label) => label.kind === kind && label.cells.length > 0);
  const highest = Math.max(0.5, ...some.flatMap(({ cells }) => cells.map(({ selectivity }) => selectivity)));
  const lowest = Math.min(0, ...some.flatMap(({ cells }) => cells.map(({ selectivity }) => selectivity)));
  return linesFigure({
    title,
    xLabel: 'before token',
    yLabel: 'above the best control',
    yDomain: [lowest, highest],
    lines: some.map(({ cells, name }) => ({
      name,
      points: cells.map(({ selectivity, step }) => [step, selectivity] as const),
    })),
    caption: `${about}, read from the state before every token: accuracy above the best control.`,
    table: {
      caption: title,
      header: ['what', '>before token', ...MEASURED],
      rows: some.flatMap(({ cells, name }) => cells.map((cell) => [name, String(cell.step), ...measured(cell)])),
    },
  });
}

function placesFigure({ all, levels, name }: DecodedPlaces, known: readonly DecodedLevel[]): Figure {
  const rows = [
    ...levels.map((found) => ({ level: known.find(({ level }) => level === found.level)?.name ?? '', found })),
    { level: 'all levels', found: all },
  ];
  return {
    svg: dumbbellChart({
      title: name.charAt(0).toUpperCase() + name.slice(1),
      xLabel: 'share read right',
      names: { value: 'encoded token', control: 'best control' },
      width: WIDTH,
      rows: rows.map(({ found, level }) => ({
        name: level,
        value: found.accuracy.state ?? null,
        interval: found.accuracyInterval,
        control: found.accuracy[found.control] ?? null,
      })),
    }),
    caption: 'Read from each place of the encoded context by itself, before the program begins.',
    table: {
      caption: name,
      header: ['level', ...MEASURED],
      rows: rows.map(({ found, level }) => [level, ...measured(found)]),
    },
  };
}
