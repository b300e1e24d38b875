import { describe, expect, test } from 'vitest';
import type { Criterion, Verdict } from './section.ts';
import { CLAIMS, type Claim, judgeClaim, summarise } from './verdict.ts';

const criterion = (id: string, verdict: Verdict | 'unmeasured'): Criterion => {
  const asked = { id, question: '?', control: { name: 'none', number: 0 }, rule: 'a rule' };
  return verdict === 'unmeasured'
    ? { ...asked, number: null, interval: null, verdict: 'cannot be told' }
    : { ...asked, number: 0.5, interval: { low: 0.4, high: 0.6 }, verdict };
};
const says = {
  met: 'It plans',
  'not met': 'It is not shown to plan',
  'cannot be told': 'Whether it plans cannot be told',
};
const both: Claim = { name: 'Planning', needs: [['a'], ['b']], says };
const either: Claim = { name: 'Planning', needs: [['a', 'b']], says };
const judged = (claim: Claim, ...verdicts: readonly (Verdict | 'unmeasured')[]) =>
  judgeClaim(claim, [{ kind: 'decode', criteria: verdicts.map((verdict, i) => criterion('ab'[i]!, verdict)) }]);

describe('a claim', () => {
  test.each([
    [['met', 'met'], 'met', [], []],
    [['met', 'not met'], 'not met', ['b'], []],
    [['cannot be told', 'not met'], 'not met', ['b'], ['a']],
    [['met', 'cannot be told'], 'cannot be told', [], ['b']],
    [['met', 'unmeasured'], 'cannot be told', [], ['b']],
    [['met'], 'cannot be told', [], ['b']],
    [[], 'cannot be told', [], ['a', 'b']],
  ] as const)('that needs both of %s is %s', (verdicts, verdict, against, open) => {
    expect(judged(both, ...verdicts)).toMatchObject({ verdict, against, open });
  });

  test.each([
    [['not met', 'met'], 'met', ['b']],
    [['unmeasured', 'met'], 'met', ['b']],
    [['unmeasured', 'not met'], 'not met', ['b']],
    [['not met', 'not met'], 'not met', ['a', 'b']],
    [['not met', 'cannot be told'], 'cannot be told', ['b']],
    [['unmeasured', 'unmeasured'], 'cannot be told', ['a', 'b']],
  ] as const)('that needs one of %s is %s', (verdicts, verdict, decided) => {
    const found = judged(either, ...verdicts);
    expect(found.verdict).toBe(verdict);
    expect([...found.by, ...found.against, ...found.open]).toEqual(decided);
  });
});

test('a claim may rest on every criterion of a section, however many those are', () => {
  const every: Claim = { ...both, needs: { eachOf: 'decode' } };
  expect(judged(every, 'met', 'met')).toMatchObject({ verdict: 'met', by: ['a', 'b'] });
  expect(judged(every, 'met', 'not met')).toMatchObject({ verdict: 'not met', against: ['b'] });
  expect(judged(every)).toMatchObject({ verdict: 'cannot be told', open: ['decode'] });
});

test('the summary says what the verdicts do', () => {
  const told = (...verdicts: readonly Verdict[]) => summarise([judged(both, ...verdicts)]);
  expect(told('met', 'met')).toBe('It plans.');
  expect(told('not met', 'not met')).toBe('It is not shown to plan.');
  expect(told('met', 'cannot be told')).toBe('Whether it plans cannot be told.');
});

test('no sentence of a claim that is not met is one of a claim that is', () => {
  for (const claim of CLAIMS) {
    expect(claim.says['not met']).toMatch(/^That .* is not borne out$/);
    expect(claim.says['cannot be told']).toMatch(/^Whether .* cannot be told$/);
    expect(new Set(Object.values(claim.says)).size).toBe(3);
  }
});
