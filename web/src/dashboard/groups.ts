// The selected runs by their configuration: those that differ in nothing but the seed are one group.

import { computed } from '@preact/signals';
import type { RunSummary } from 'innerloop';
import { extra, keep } from '../state/store.ts';
import { damageOf, type Loaded, loadedOf, version } from './loader.ts';
import { selectedRuns } from './selection.ts';
import { compare, settingsOf } from './settings.ts';

export interface Member {
  readonly run: RunSummary;
  readonly loaded: Loaded;
}

export interface Group {
  readonly key: string;
  /** A letter, so that curves are told apart by more than their colour. */
  readonly tag: string;
  readonly label: string;
  readonly config: ReadonlyMap<string, string>;
  /** By themselves, or one for each seed. */
  readonly members: readonly Member[];
  /** Runs of a seed that one of the members has: they tell the same once more. */
  readonly repeats: readonly Member[];
}

/** Differences that a label names. */
const NAMED = 3;

/** Whether each run is drawn by itself. */
export const apart = computed(() => extra.value.seeds === 'apart');
export const setApart = (to: boolean): void => keep({ seeds: to ? 'apart' : undefined });

/** Runs that are there and have a configuration. */
export const members = computed((): readonly Member[] => {
  version.value;
  return selectedRuns.value.flatMap((run) => {
    const loaded = loadedOf(run.name);
    return loaded?.detail?.config ? [{ run, loaded }] : [];
  });
});

export const byConfiguration = computed(() =>
  labelled(grouped(members.value, ({ loaded }) => configurationOf(loaded)).map(oneForEachSeed)),
);

export const groups = computed(() =>
  apart.value
    ? grouped(members.value, ({ run }) => run.name).map((group) => ({ ...group, label: group.key }))
    : byConfiguration.value,
);

const configurationOf = ({ detail }: Loaded): string => JSON.stringify([...settingsOf(detail!.config)]);

/**
 * A seed counts once, by the run of it that came furthest, a whole one before a damaged one: the same training again
 * tells of no other seed.
 */
export function oneForEachSeed(group: Group): Group {
  const furthest = new Map<unknown, Member>();
  for (const member of group.members) {
    // Where a run does not tell its seed, nobody knows that it is a repetition.
    const seed = member.run.seed ?? member;
    const known = furthest.get(seed);
    if (!known || isBetter(member, known)) furthest.set(seed, member);
  }
  const counted = new Set(furthest.values());
  return {
    ...group,
    members: group.members.filter((member) => counted.has(member)),
    repeats: group.members.filter((member) => !counted.has(member)),
  };
}

const isBetter = (a: Member, b: Member): boolean =>
  a.run.update === b.run.update ? damageOf(a.loaded).length < damageOf(b.loaded).length : a.run.update > b.run.update;

const tagOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : tagOf(Math.floor(index / 26) - 1) + tagOf(index % 26);

function grouped(all: readonly Member[], keyOf: (member: Member) => string): readonly Group[] {
  const found = gather(all, keyOf);
  return [...found].map(([key, of], i) => ({
    key,
    tag: tagOf(i),
    label: '',
    config: settingsOf(of[0]!.loaded.detail!.config),
    members: of,
    repeats: [],
  }));
}

function gather<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const kin = found.get(key);
    if (kin) kin.push(one);
    else found.set(key, [one]);
  }
  return found;
}

/** Named by task and preset, and where that is not enough by what else they differ in. */
function labelled(all: readonly Group[]): readonly Group[] {
  const plain = ({ members: [first] }: Group): string => `${first!.run.task} · ${first!.run.preset}`;
  const alike = gather(all, plain);
  return all.map((group) => {
    const name = plain(group);
    const kin = alike.get(name)!;
    if (kin.length === 1) return { ...group, label: name };
    const own = kin.indexOf(group);
    const settings = compare(kin.map(({ config }) => config)).filter(({ differs }) => differs);
    const parts = settings.map(({ path, values }) => `${path} ${values[own] ?? 'none'}`);
    const more = parts.length > NAMED ? [`${parts.length - NAMED} more`] : [];
    return { ...group, label: [name, ...parts.slice(0, NAMED), ...more].join(', ') };
  });
}

/** `seeds 0–4` or `seeds 1, 7`. */
export function seedsOf({ members: all }: Group): string {
  const seeds = all.map(({ run }) => run.seed ?? -1).sort((a, b) => a - b);
  const [first, last] = [seeds[0]!, seeds.at(-1)!];
  if (seeds.length === 1) return `seed ${first}`;
  const whole = seeds.length > 2 && last - first === seeds.length - 1 && new Set(seeds).size === seeds.length;
  return `seeds ${whole ? `${first}–${last}` : seeds.join(', ')}`;
}
