// The verdict on an agent: what its criteria say together. Rules and sentences are constants, written down before
// anything is measured; a sentence is chosen by the verdict that it states, and says no more.

import type { Criterion, Verdict } from './section.ts';

/** What people say of such agents, and the criteria that have to be met before it may be said. */
export interface Claim {
  readonly name: string;
  /** Ids of criteria. */
  readonly needs: readonly string[];
  /** Of the summary, by verdict. */
  readonly says: Readonly<Record<Verdict, string>>;
}

/** How the criteria of a claim become its verdict, in words. */
export const CLAIM_RULE =
  'A claim is met when every criterion that it rests on is met, not met when one of them is not, and else it cannot be told.';

/** A claim and what became of it. */
export interface JudgedClaim extends Claim {
  readonly verdict: Verdict;
  /** Its criteria that are not met. */
  readonly against: readonly string[];
  /** Its criteria that cannot be told, or were not asked. */
  readonly open: readonly string[];
}

/** By `CLAIM_RULE`. A criterion that was not asked cannot be told. */
export function judgeClaim(claim: Claim, criteria: readonly Criterion[]): JudgedClaim {
  const verdictOf = (id: string) => criteria.find((one) => one.id === id)?.verdict ?? 'cannot be told';
  const having = (verdict: Verdict) => claim.needs.filter((id) => verdictOf(id) === verdict);
  const against = having('not met');
  const open = having('cannot be told');
  const verdict = against.length > 0 ? 'not met' : open.length > 0 ? 'cannot be told' : 'met';
  return { ...claim, verdict, against, open };
}

/** The claims, in the order in which they are told. */
export const CLAIMS: readonly Claim[] = [];

/** The sentences of the claims, each followed by the criteria that decided. */
export function summarise(claims: readonly JudgedClaim[]): string {
  return claims
    .map(({ against, open, says, verdict }) => {
      const why =
        verdict === 'met' ? '' : ` (${verdict === 'not met' ? `fails ${list(against)}` : `open: ${list(open)}`})`;
      return `${says[verdict]}${why}.`;
    })
    .join(' ');
}

/** `a`, `a and b`, `a, b and c` */
const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
