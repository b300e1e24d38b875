// The curves of a training as a picture and as a table.

import { type Ceiling, type EvaluationEvent, lineChart, type UpdateEvent } from 'innerloop';
import { boundsOf } from '../state/bounds.ts';
import { player, session } from '../state/store.ts';
import { type Moment, nameOf } from './moment.ts';

/** Share solved by level over updates, ceilings drawn in: a whole SVG document. */
export async function curvesAsSvg({ training }: Pick<Moment, 'training'>): Promise<string> {
  const { config, task } = training;
  const ceilings = await player.ask('ceilings', { config, split: 'validation' }).catch((): readonly Ceiling[] => []);
  const { evaluations } = session;
  const x = evaluations.x();
  return lineChart({
    title: nameOf(training),
    xLabel: 'update',
    yLabel: 'problems solved, on fresh problems',
    yDomain: [0, 1],
    series: task.levels.map(({ name }, level) => {
      const y = evaluations.y(level);
      return { name, points: x.map((update, i) => [update, y[i] ?? Number.NaN] as const) };
    }),
    references: boundsOf(ceilings).map(({ about, level, y }) => ({
      y,
      label: `${task.levels[level]!.name}: ${about}`,
    })),
  });
}

/** What an update tells, in the order of the table. */
const COLUMNS = [
  ...(['update', 'episodes', 'seconds', 'reward', 'rewardSpread', 'tokens'] as const),
  ...(['entropy', 'policyLoss', 'valueLoss', 'gradientNorm'] as const),
];

/** Every update a line, with its evaluation where there was one; RFC 4180, numbers in full. */
export async function curvesAsCsv({ checkpoint, training }: Moment): Promise<string> {
  const updates = parsed<UpdateEvent>(await session.logs.metrics.text(checkpoint.update));
  const evaluations = parsed<EvaluationEvent>(await session.logs.evaluations.text(checkpoint.update));
  const solved = new Map(evaluations.map(({ levels, update }) => [update, levels.map((level) => level.solved)]));
  const names = training.task.levels.map(({ name }) => name);
  const byLevel = ['lanes', 'solved exploring', 'solved'].flatMap((what) => names.map((name) => `${what}: ${name}`));
  const rows = updates.map((event) => [
    ...COLUMNS.map((column) => event[column]),
    ...event.lanes,
    ...event.solved,
    ...(solved.get(event.update) ?? names.map(() => null)),
  ]);
  return [[...COLUMNS, ...byLevel], ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const parsed = <T>(lines: string): readonly T[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

function cell(value: string | number | null): string {
  if (value === null) return '';
  return typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
}
