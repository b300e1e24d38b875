// What of the list is shown, in which order, and what is compared: read from the page's address and written there. What
// is not understood is left out, and said.

import { computed } from '@preact/signals';
import { extra, keep } from '../state/store.ts';

export const FACETS = ['task', 'preset', 'algorithm', 'seed', 'status'] as const;
export type Facet = (typeof FACETS)[number];
export const RANGES = ['accuracy', 'speed'] as const;
export type RangeName = (typeof RANGES)[number];
export const SORTS = ['name', ...FACETS, ...RANGES, 'started'] as const;
export type SortName = (typeof SORTS)[number];

export interface Range {
  readonly low?: number;
  readonly high?: number;
}

export interface Query {
  readonly text: string;
  readonly facets: Readonly<Partial<Record<Facet, readonly string[]>>>;
  readonly ranges: Readonly<Partial<Record<RangeName, Range>>>;
  readonly sort: { readonly by: SortName; readonly descending: boolean };
}

const NEWEST: Query['sort'] = { by: 'started', descending: true };
/** Numbers are more telling from the top, names from the beginning. */
const DESCENDING: readonly SortName[] = ['accuracy', 'speed', 'started'];

/** `task:calculator|recall;accuracy:0.9..`: these marks have a meaning between values, and are escaped in them. */
const escaped = (value: string): string =>
  value.replace(/[%|;:,]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`);

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the address says, and its parts that are not understood. */
export function readQuery({ find = '', only = '', sort }: Readonly<Record<string, string>>): {
  readonly query: Query;
  readonly bad: readonly string[];
} {
  const bad: string[] = [];
  const facets: Partial<Record<Facet, readonly string[]>> = {};
  const ranges: Partial<Record<RangeName, Range>> = {};
  for (const part of only.split(';').filter((one) => one !== '')) {
    const [name = '', values = ''] = part.split(':');
    const facet = FACETS.find((one) => one === name);
    const range = RANGES.find((one) => one === name);
    const read = range && readRange(values);
    if (facet) facets[facet] = values.split('|').map(unescaped);
    else if (range && read) ranges[range] = read;
    else bad.push(part);
  }
  const [, by, descending] = /^(\w+?)(-?)$/.exec(sort ?? '') ?? [];
  const known = SORTS.find((one) => one === by);
  if (sort !== undefined && !known) bad.push(sort);
  return {
    query: { text: find, facets, ranges, sort: known ? { by: known, descending: descending === '-' } : NEWEST },
    bad,
  };
}

function readRange(text: string): Range | undefined {
  const [, low = '', high = ''] = /^([\d.]*)\.\.([\d.]*)$/.exec(text) ?? [];
  const range = { ...(low !== '' && { low: Number(low) }), ...(high !== '' && { high: Number(high) }) };
  const values = Object.values(range);
  return values.length > 0 && values.every(Number.isFinite) ? range : undefined;
}

export function writeQuery({ facets, ranges, sort, text }: Query): Readonly<Record<string, string | undefined>> {
  const parts = [
    ...FACETS.flatMap((name) => (facets[name]?.length ? [`${name}:${facets[name].map(escaped).join('|')}`] : [])),
    ...RANGES.flatMap((name) => {
      const { high = '', low = '' } = ranges[name] ?? {};
      return low === '' && high === '' ? [] : [`${name}:${low}..${high}`];
    }),
  ];
  const usual = sort.by === NEWEST.by && sort.descending === NEWEST.descending;
  return {
    find: text || undefined,
    only: parts.join(';') || undefined,
    sort: usual ? undefined : `${sort.by}${sort.descending ? '-' : ''}`,
  };
}

const read = computed(() => readQuery(extra.value));
export const query = computed(() => read.value.query);
export const notUnderstood = computed(() => read.value.bad);

const change = (changes: Partial<Query>): void => keep(writeQuery({ ...query.peek(), ...changes }));

export const setText = (text: string): void => change({ text });

export function toggleValue(facet: Facet, value: string): void {
  const { facets } = query.peek();
  const present = facets[facet] ?? [];
  const values = present.includes(value) ? present.filter((other) => other !== value) : [...present, value];
  setFacet(facet, values);
}

export const setFacet = (facet: Facet, values: readonly string[]): void =>
  change({ facets: { ...query.peek().facets, [facet]: values } });

export const setRange = (name: RangeName, range: Range): void =>
  change({ ranges: { ...query.peek().ranges, [name]: range } });

/** Sorts by that column; by the one that is sorted by already, the other way round. */
export function sortBy(by: SortName): void {
  const { sort } = query.peek();
  change({ sort: { by, descending: sort.by === by ? !sort.descending : DESCENDING.includes(by) } });
}

/** Everything is shown again; the order stays. */
export const showAll = (): void => change({ text: '', facets: {}, ranges: {} });

export const isFiltered = computed(() => {
  const { find, only } = writeQuery(query.value);
  return find !== undefined || only !== undefined;
});
