// The runs that are shown, in their order, and how many there are of each kind.

import { computed } from '@preact/signals';
import type { RunSummary } from 'innerloop';
import { FACETS, type Facet, type Query, query, RANGES, type RangeName, type SortName } from './query.ts';
import { allRuns } from './server.ts';

/** How the list is sorted by status. */
const RANKS: Readonly<Record<RunSummary['status'], number>> = {
  running: 0,
  finished: 1,
  interrupted: 2,
  failed: 3,
  malformed: 4,
};

const facetOf = (run: RunSummary, facet: Facet): string =>
  facet === 'seed' ? (run.seed === null ? '' : String(run.seed)) : run[facet];

const measureOf = (run: RunSummary, name: RangeName): number | null =>
  name === 'accuracy' ? run.accuracy : run.episodesPerSecond;

export interface Found {
  readonly runs: readonly RunSummary[];
  /** By facet: each value and how many runs it would show beside the other filters, as they stand. */
  readonly counts: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
}

/** In one pass: a run counts for a facet where nothing but that facet itself hides it. */
export function find(runs: readonly RunSummary[], { facets, ranges, sort, text }: Query): Found {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = FACETS.map((facet) => (facets[facet]?.length ? new Set(facets[facet]) : undefined));
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map<string, number>()])) as {
    [F in Facet]: Map<string, number>;
  };
  const shown: RunSummary[] = [];
  for (const run of runs) {
    if (!RANGES.every((name) => within(measureOf(run, name), ranges[name]))) continue;
    if (words.length > 0 && !matches(run, words)) continue;
    let hiding = 0;
    let hidden: Facet | undefined;
    for (const [i, facet] of FACETS.entries()) {
      if (!wanted[i] || wanted[i].has(facetOf(run, facet))) continue;
      hiding++;
      hidden = facet;
    }
    if (hiding === 0) shown.push(run);
    if (hiding > 1) continue;
    for (const facet of hidden ? [hidden] : FACETS) {
      const value = facetOf(run, facet);
      if (value !== '') counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    }
  }
  return { runs: sorted(shown, sort), counts };
}

function within(value: number | null, range: { readonly low?: number; readonly high?: number } | undefined): boolean {
  if (range?.low === undefined && range?.high === undefined) return true;
  return value !== null && value >= (range.low ?? -Infinity) && value <= (range.high ?? Infinity);
}

function matches(run: RunSummary, words: readonly string[]): boolean {
  const { agent, algorithm, curriculum, name, preset, reason = '', seed, status, task } = run;
  const text = `${name} ${task} ${preset} ${algorithm} ${curriculum} ${agent} seed${seed} ${status} ${reason}`;
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

function sorted(runs: RunSummary[], { by, descending }: Query['sort']): readonly RunSummary[] {
  const sign = descending ? -1 : 1;
  const keys = new Map(runs.map((run) => [run, keyOf(run, by)]));
  return runs.sort((a, b) => {
    const [x, y] = [keys.get(a)!, keys.get(b)!];
    // What is not known is last either way.
    if (x === '' || y === '') return x === y ? byName(a, b) : x === '' ? 1 : -1;
    return x === y ? byName(a, b) : (x < y ? -1 : 1) * sign;
  });
}

function keyOf(run: RunSummary, by: SortName): string | number {
  switch (by) {
    case 'name':
      return natural(run.name);
    case 'status':
      return RANKS[run.status];
    case 'seed':
      return run.seed ?? '';
    case 'accuracy':
    case 'speed':
      return measureOf(run, by) ?? '';
    case 'started':
      return run.started;
    default:
      return run[by];
  }
}

const byName = (a: RunSummary, b: RunSummary): number => (natural(a.name) < natural(b.name) ? -1 : 1);

const naturals = new Map<string, string>();

/** Numbers in names by their size: `seed2` before `seed10`. Comparing by locale takes ten times as long. */
function natural(name: string): string {
  let key = naturals.get(name);
  if (key === undefined) {
    key = name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(16, '0'));
    naturals.set(name, key);
  }
  return key;
}

export const found = computed(() => find(allRuns.value, query.value));
