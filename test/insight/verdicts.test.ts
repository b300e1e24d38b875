// Does a report tell the planted agents apart? Every section that a report asks of one agent, and every verdict that
// comes of it.

import { beforeAll, expect, test } from 'vitest';
import type { DecodeResult } from '../../src/insight/decode.ts';
import type { Verdict } from '../../src/insight/section.ts';
import { ASKED } from '../../src/insight/sections.ts';
import { QUICK, type Sizes } from '../../src/insight/sizes.ts';
import { CLAIMS, judgeClaim } from '../../src/insight/verdict.ts';
import { PLANTED, type Planted, plantedSubject } from './planted.ts';

/** As few as tell the kinds apart. */
const SIZES: Sizes = {
  ...QUICK,
  decode: { levels: [3], train: 300, test: 400, steps: 1 },
  causal: {
    patching: { pool: 100, each: 6 },
    steering: { training: 120, problems: 60 },
    surgery: { problems: 128 },
    knockOuts: { problems: 32 },
  },
  tools: { problems: 160 },
};

const [YES, NO, OPEN] = ['met', 'not met', 'cannot be told'] as const;

/** By criterion what has to be found of the planner, the one with its plan in the encoded context, and the reactive. */
const EXPECTED: Readonly<Record<string, readonly [planner: Verdict, memory: Verdict, reactive: Verdict]>> = {
  // A plan in the state.
  'decodable-ahead': [YES, NO, NO],
  'decodable-before-first-token': [YES, NO, NO],
  'whole-program-before-first-token': [YES, NO, NO],
  'operations-before-first-token': [YES, NO, NO],
  'memory-before-first-token': [YES, NO, NO],
  'patch-state': [YES, NO, NO],
  steerable: [YES, NO, NO],
  'order-changes': [YES, NO, NO],
  // In the encoded context: who reacts goes on as another problem's tokens say, and rests on nothing but the tokens.
  'turns-in-encoded-context': [NO, YES, NO],
  'decodable-in-encoded-context': [NO, YES, NO],
  // That a context decides is so of an untrained network, too.
  'patch-memory': [OPEN, OPEN, OPEN],
  'memory-beyond-tokens': [NO, YES, NO],
  // That the instrument works.
  'patch-both': [YES, YES, YES],
  // All play by the same teacher, with all tools, and look at no machine.
  'memory-in-use': [YES, YES, YES],
  'memory-loss-noticed': [NO, NO, NO],
  'needs-+': [YES, YES, YES],
  'needs--': [YES, YES, YES],
  'needs-*': [YES, YES, YES],
  'needs-STO': [YES, YES, YES],
  'needs-RCL': [YES, YES, YES],
  'needs-memory': [YES, YES, YES],
  // They solve everything without blanks.
  'blanks-help': [NO, NO, NO],
};

/** What a planted agent cannot be asked, and why. Of these none may be met. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'value-held': 'operands have names and no values',
  'thoughts-help': 'its task has no token to think with',
  'thoughts-save-cost': 'its task has no token to think with',
  'credit-monte-carlo': 'its critic says 0 throughout: the question is about estimators',
  'credit-gae': 'its critic says 0 throughout: the question is about estimators',
  'credit-grpo': 'the question is about estimators',
  'credit-rloo': 'the question is about estimators',
};

/** What a report has and these agents have not: no criterion at all. */
const ABSENT = {
  emergence: 'it was never trained',
  'needs-attention-zero': 'it has no attention',
  'needs-attention-uniform': 'it has no attention',
  'needs-pointer': 'it has no pointer',
};

const EXPECTED_CLAIMS: Readonly<Record<string, readonly [planner: Verdict, memory: Verdict, reactive: Verdict]>> = {
  Planning: [YES, NO, NO],
  Inside: [YES, YES, NO],
  Memory: [YES, YES, YES],
  Tools: [YES, YES, YES],
  Thinking: [NO, NO, NO],
};

type Verdicts = Readonly<Record<string, Verdict>>;
const decoded = {} as Record<Planted, DecodeResult>;
const criteria = {} as Record<Planted, Verdicts>;
const claims = {} as Record<Planted, Verdicts>;

beforeAll(async () => {
  for (const kind of PLANTED) {
    const subject = await plantedSubject(kind);
    const sections = ASKED.map(({ ask }) => ask(subject, SIZES, () => {}).result);
    decoded[kind] = sections.find(({ kind }) => kind === 'decode') as DecodeResult;
    criteria[kind] = Object.fromEntries(
      sections.flatMap(({ criteria }) => criteria.map(({ id, verdict }) => [id, verdict])),
    );
    claims[kind] = Object.fromEntries(CLAIMS.map((claim) => [claim.name, judgeClaim(claim, sections).verdict]));
  }
});

test.each([...PLANTED.entries()])('every criterion, and every claim: %i %s', (column, kind) => {
  const { 'needs-context': context, ...rest } = criteria[kind];
  const asked = Object.fromEntries(Object.entries(rest).filter(([id]) => !(id in NOT_ASKED)));
  expect(asked).toEqual(Object.fromEntries(Object.entries(EXPECTED).map(([id, row]) => [id, row[column]])));
  // The planner never looks at its context again: that cannot be taken from it.
  expect(context).toBe(kind === 'planner' ? undefined : 'met');
  for (const id of Object.keys(NOT_ASKED)) expect(rest[id], id).not.toBe('met');
  for (const id of Object.keys(ABSENT)) expect(rest[id], id).toBeUndefined();
  expect(claims[kind]).toEqual(
    Object.fromEntries(Object.entries(EXPECTED_CLAIMS).map(([id, row]) => [id, row[column]])),
  );
});

test('a plan in the state can be read whole before the first token', () => {
  const { before, formed } = decoded.planner.levels.at(-1)!;
  expect(before!.tokens.accuracy.state).toBeGreaterThan(0.9);
  expect(before!.whole.accuracy.state).toBeGreaterThan(0.6);
  expect(formed.filter(({ step }) => step === 0).length).toBeGreaterThan(6);
});

test('one in the encoded context can be read there', () => {
  const { accuracy } = decoded.memory.levels.at(-1)!.before!.laterTokens;
  expect(accuracy.memory!).toBeGreaterThan(0.9);
  expect(accuracy.memory!).toBeGreaterThan(accuracy.inputs! + 0.2);
});

test('who reacts holds the token that it is about to choose', () => {
  expect(decoded.reactive.ahead.find(({ ahead }) => ahead === 0)!.accuracy.state).toBeGreaterThan(0.9);
});
