// What a request wants of a run's metrics, and the rows that answer it.

import type { RunMetrics } from '../formats/runApi.ts';
import type { Columns } from './columns.ts';
import { lowerBound, m4 } from './m4.ts';
import { Refusal } from './refusal.ts';

export interface MetricsQuery {
  /** All when absent. `solved` stands for `solved.0`, `solved.1` … */
  readonly fields: readonly string[] | undefined;
  /** Updates, both included. */
  readonly from: number;
  readonly to: number;
  /** For each field, at the most. */
  readonly points: number;
}

const POINTS = { usual: 1000, least: 4, most: 100_000 };
/** As many digits as a picture or a table needs, and no integer that a training counts to has more. */
const DIGITS = 12;

/** @throws Refusal 400 on what is not understood. */
export function parseQuery(query: URLSearchParams): MetricsQuery {
  return {
    fields: parseFields(query),
    from: integer(query, 'from', 0, 0, Number.MAX_SAFE_INTEGER),
    to: integer(query, 'to', Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER),
    points: integer(query, 'points', POINTS.usual, POINTS.least, POINTS.most),
  };
}

function parseFields(query: URLSearchParams): readonly string[] | undefined {
  const fields = query
    .get('fields')
    ?.split(',')
    .filter((field) => field !== '');
  return fields && fields.length > 0 ? fields : undefined;
}

/** An integer of the query, `usual` when it does not stand there. @throws Refusal 400. */
function integer(query: URLSearchParams, name: string, usual: number, low: number, high: number): number {
  const text = query.get(name);
  if (text === null || text === '') return usual;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new Refusal(400, `${name}: expected an integer from ${low} to ${high}, received '${text.slice(0, 40)}'`);
}

export function answer(columns: Columns, query: MetricsQuery): RunMetrics {
  const fields = chosenFields(columns, query.fields);
  const update = columns.column('update') ?? new Float64Array(0);
  const begin = lowerBound(update, query.from, 0, columns.rows);
  const end = lowerBound(update, query.to + 1, begin, columns.rows);
  const downsampled = end - begin > query.points;
  const rows = downsampled
    ? m4(update, series(columns, fields.slice(1)), begin, end, Math.floor(query.points / POINTS.least))
    : Int32Array.from({ length: end - begin }, (_, i) => begin + i);
  const notice = damage(columns);
  return {
    ...{ fields, rows: read(columns, fields, rows), total: end - begin, downsampled, available: columns.names },
    ...(notice === undefined ? {} : { notice }),
  };
}

/** `update`, then those of `wanted` that there are. */
function chosenFields({ names }: Columns, wanted: readonly string[] | undefined): readonly string[] {
  const chosen = wanted?.flatMap((field) => names.filter((name) => name === field || name.startsWith(`${field}.`)));
  return ['update', ...new Set(chosen ?? names)].filter((name, i) => i === 0 || name !== 'update');
}

/** The values of `fields` at `rows`. */
function read(columns: Columns, fields: readonly string[], rows: Int32Array): RunMetrics['rows'] {
  return series(columns, fields).map((values) => Array.from(rows, (row) => rounded(values[row]!)));
}

function rounded(value: number): number | null {
  if (Number.isNaN(value)) return null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
}

/** The field is missing only where there is no row at all. */
const series = (columns: Columns, fields: readonly string[]): Float64Array[] =>
  fields.map((field) => columns.column(field) ?? new Float64Array(0));

function damage({ damaged, firstDamaged }: Columns): string | undefined {
  if (damaged === 0) return undefined;
  const lines = damaged === 1 ? '1 line is' : `${damaged} lines are`;
  return `${lines} left out: no JSON with an update above the one before it; the first is line ${firstDamaged}`;
}
