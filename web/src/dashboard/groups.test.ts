import type { RunDetail, RunSummary } from 'innerloop';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Group, Member } from './groups.ts';

// The page's state looks at the address and the browser when it is loaded.
beforeAll(() => vi.stubGlobal('document', { querySelector: () => null }));

const member = (name: string, seed: number | null, update: number, notices: readonly string[] = []): Member => ({
  run: { name, seed, update } as RunSummary,
  loaded: { detail: { notices } as unknown as RunDetail },
});
const group = (members: readonly Member[]): Group => ({
  ...{ key: '', tag: 'A', label: '', config: new Map(), members, repeats: [] },
});
const names = (members: readonly Member[]) => members.map(({ run }) => run.name);

test('a seed counts once, by the run of it that came furthest', async () => {
  const { oneForEachSeed, seedsOf } = await import('./groups.ts');
  const runs = [
    member('a', 0, 600),
    member('b', 1, 600),
    member('c', 2, 100),
    member('d', 2, 600),
    member('e', 2, 600),
  ];
  const counted = oneForEachSeed(group(runs));
  expect(names(counted.members)).toEqual(['a', 'b', 'd']);
  expect(names(counted.repeats)).toEqual(['c', 'e']);
  expect(seedsOf(counted)).toBe('seeds 0–2');
});

test('of two that came as far, a whole one counts before a damaged one', async () => {
  const { oneForEachSeed } = await import('./groups.ts');
  const counted = oneForEachSeed(group([member('a', 0, 600, ['2 lines are left out']), member('b', 0, 600)]));
  expect(names(counted.members)).toEqual(['b']);
});

test('runs that do not tell their seed are all counted', async () => {
  const { oneForEachSeed } = await import('./groups.ts');
  const counted = oneForEachSeed(group([member('a', null, 1), member('b', null, 1)]));
  expect(names(counted.members)).toEqual(['a', 'b']);
  expect(counted.repeats).toEqual([]);
});
