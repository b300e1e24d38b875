// Do causal tests tell where a plan lives? On agents whose workings are known.

import { beforeAll, describe, expect, test } from 'vitest';
import { knockOuts } from '../../src/insight/causal/knockout.ts';
import type { Patch } from '../../src/insight/causal/patches.ts';
import { type Patching, patching } from '../../src/insight/causal/patching.ts';
import { steering } from '../../src/insight/causal/steering.ts';
import { surgery } from '../../src/insight/causal/surgery.ts';
import type { SectionResult } from '../../src/insight/section.ts';
import type { Subject } from '../../src/insight/subject.ts';
import { CLAIMS, judgeClaim } from '../../src/insight/verdict.ts';
import { PLANTED, plantedSubject } from './planted.ts';

const verdicts = ({ criteria }: Pick<SectionResult, 'criteria'>) =>
  Object.fromEntries(criteria.map(({ id, verdict }) => [id, verdict]));

/** Share of all pairs that go on as the donor, or as the host. */
function share({ cells }: Patching, patch: Patch, way: 'donor' | 'host'): number {
  const some = cells.filter((cell) => cell.patch === patch);
  const pairs = some.reduce((sum, cell) => sum + cell.pairs, 0);
  return some.reduce((sum, cell) => sum + cell[way] * cell.pairs, 0) / pairs;
}

type Kind = (typeof PLANTED)[number];
const subjects = {} as Record<Kind, Subject>;
const found = {} as Record<Kind, Patching>;

beforeAll(async () => {
  for (const kind of PLANTED) {
    subjects[kind] = await plantedSubject(kind);
    found[kind] = patching(subjects[kind], { levels: [2, 3], pool: 120, each: 8 });
  }
});

describe('patching', () => {
  test('changes nothing by itself, and everything with state and context together', () => {
    for (const kind of PLANTED) {
      expect(found[kind].pairs).toBeGreaterThan(60);
      expect(share(found[kind], 'none', 'host')).toBe(1);
      expect(share(found[kind], 'both', 'donor')).toBe(1);
    }
  });

  test('finds a plan in the state', () => {
    expect(found.planner.decides).toBe('state');
    expect(share(found.planner, 'state', 'donor')).toBe(1);
    expect(share(found.planner, 'memory', 'host')).toBe(1);
    expect(verdicts(found.planner)).toMatchObject({ 'patch-state': 'met', 'memory-beyond-tokens': 'not met' });
  });

  test('finds a plan in the encoded context', () => {
    expect(found.memory.decides).toBe('memory');
    expect(share(found.memory, 'memory', 'donor')).toBe(1);
    expect(share(found.memory, 'state', 'host')).toBe(1);
    expect(verdicts(found.memory)).toMatchObject({
      'patch-state': 'not met',
      // An untrained network's context decides as often.
      'patch-memory': 'cannot be told',
      'memory-beyond-tokens': 'met',
    });
  });

  test('finds none in an agent that reacts', () => {
    expect(verdicts(found.reactive)).toMatchObject({ 'patch-state': 'not met', 'memory-beyond-tokens': 'not met' });
    expect(share(found.reactive, 'blank memory', 'host')).toBe(1);
    // A state of one token makes it take one token.
    expect(share(found.reactive, 'state', 'donor')).toBeLessThan(0.5);
  });

  test('is the same to the byte for the same seed', () => {
    const again = patching(subjects.planner, { levels: [2, 3], pool: 120, each: 8 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(found.planner));
  });
});

test('the claims tell each apart', () => {
  for (const kind of PLANTED) {
    const inside = CLAIMS.find(({ name }) => name === 'Inside')!;
    const section = { kind: 'causal', criteria: found[kind].criteria };
    expect(judgeClaim(inside, [section]).verdict).toBe(kind === 'reactive' ? 'not met' : 'met');
  }
});

describe('steering', () => {
  const sizes = { levels: [2, 3], training: 120, problems: 40 };

  test('an order that stands in the state is steered, and the answer stays right', () => {
    const { bothOrders, chosen, criteria } = steering(subjects.planner, sizes);
    expect(chosen).toHaveLength(2);
    expect(bothOrders).toBeGreaterThan(0.8);
    expect(verdicts({ criteria })).toEqual({ steerable: 'met', 'order-changes': 'met' });
  });

  test.each(['memory', 'reactive'] as const)('a state without a plan steers nothing: %s', (kind) => {
    const { criteria } = steering(subjects[kind], sizes);
    expect(verdicts({ criteria })).toEqual({ steerable: 'not met', 'order-changes': 'not met' });
    for (const { number } of criteria) expect(number).toBe(0);
  });

  test('where every structure is taken in one order, being right by no direction tells nothing', async () => {
    const { bothOrders, chosen, criteria } = steering(await plantedSubject('memory', { order: 'by structure' }), sizes);
    expect([chosen.length, bothOrders]).toEqual([2, 0]);
    expect(verdicts({ criteria })).toEqual({ steerable: 'cannot be told', 'order-changes': 'not met' });
  });
});

test('what an agent has not cannot be knocked out', () => {
  const sizes = { levels: [3], problems: 48 };
  expect(knockOuts(subjects.planner, sizes)).toMatchObject({ cells: [], criteria: [] });
  const { cells, criteria } = knockOuts(subjects.memory, sizes);
  expect(criteria.map(({ id, verdict }) => [id, verdict])).toEqual([['needs-context', 'met']]);
  const throughout = cells.find(({ step }) => step === null)!;
  expect(throughout.before).toBe(1);
  // Who sees nothing takes the first tokens that the mask allows: right once in a while.
  expect(throughout.after).toBeLessThan(0.1);
  // At its last step the context is hidden from one token alone.
  expect(cells.filter(({ step }) => step !== null).length).toBeGreaterThan(4);
});

test('surgery shows that memory is in use, and that nobody looks at it', () => {
  const { cells, criteria, loop } = surgery(subjects.planner, { levels: [2, 3], problems: 192 });
  expect(loop).toBe('open');
  expect(verdicts({ criteria })).toEqual({ 'memory-in-use': 'met', 'memory-loss-noticed': 'not met' });
  for (const { after, forced, how, noticed } of cells) {
    expect(noticed).toBe(0);
    expect(after).toBe(how === 'when empty' ? 1 : 0);
    expect(forced).toBe(how === 'empty' ? 1 : 0);
  }
});
