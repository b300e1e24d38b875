import { describe, expect, test } from 'vitest';
import type { Criterion, Verdict } from './section.ts';
import { type Claim, judgeClaim, summarise } from './verdict.ts';

const criterion = (id: string, verdict: Verdict): Criterion => ({
  ...{ id, question: '?', number: 0.5, interval: { low: 0.4, high: 0.6 }, control: { name: 'none', number: 0 } },
  ...{ verdict, rule: 'a rule' },
});
const claim: Claim = {
  name: 'Planning',
  needs: ['a', 'b'],
  says: { met: 'It plans', 'not met': 'It is not shown to plan', 'cannot be told': 'Whether it plans cannot be told' },
};

describe('a claim', () => {
  test.each([
    [['met', 'met'], 'met', [], []],
    [['met', 'not met'], 'not met', ['b'], []],
    [['cannot be told', 'not met'], 'not met', ['b'], ['a']],
    [['met', 'cannot be told'], 'cannot be told', [], ['b']],
  ] as const)('%s is %s', ([a, b], verdict, against, open) => {
    expect(judgeClaim(claim, [criterion('a', a), criterion('b', b)])).toMatchObject({ verdict, against, open });
  });

  test('what was not asked cannot be told', () => {
    expect(judgeClaim(claim, [criterion('a', 'met')])).toMatchObject({ verdict: 'cannot be told', open: ['b'] });
    expect(judgeClaim(claim, [])).toMatchObject({ verdict: 'cannot be told', open: ['a', 'b'] });
  });
});

test('the summary says what the verdicts do, and what decided', () => {
  const all = ([a, b]: readonly [Verdict, Verdict]) =>
    summarise([judgeClaim(claim, [criterion('a', a), criterion('b', b)])]);
  expect(all(['met', 'met'])).toBe('It plans.');
  expect(all(['not met', 'not met'])).toBe('It is not shown to plan (fails a and b).');
  expect(all(['met', 'cannot be told'])).toBe('Whether it plans cannot be told (open: b).');
});
