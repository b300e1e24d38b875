// The verdict on an agent: what its criteria say together. Rules and sentences are constants, the same for every agent; a
// sentence is chosen by the verdict that it states, and says no more.

import type { Criterion, SectionResult, Verdict } from './section.ts';
import type { SectionName } from './subject.ts';

/** What people say of such agents, and the criteria that have to be met before it may be said. */
export interface Claim {
  /** One word. */
  readonly name: string;
  /**
   * Ids of criteria: one of each group has to be met. `eachOf`: every one of a section is a group by itself, which are as many
   * as the agent gives reason to ask.
   */
  readonly needs: readonly (readonly string[])[] | { readonly eachOf: SectionName };
  /** Of the summary, by verdict, without a full stop. */
  readonly says: Readonly<Record<Verdict, string>>;
}

/** How the criteria of a claim become its verdict, in words. */
export const CLAIM_RULE =
  'A claim rests on groups of criteria. A group is met when one of its criteria is; not met when all of them are not; else it cannot be told; criteria of which nothing could be measured do not count beside others. A claim is met when all its groups are, not met when one of them is not, and else it cannot be told.';

/**
 * The claims that the title of the published system makes, in the order in which they are told. Planning takes both
 * reading and using (Bush et al. 2025): what is to come stands in the state beyond the inputs, and changing the state
 * changes what comes.
 */
export const CLAIMS: readonly Claim[] = [
  {
    name: 'Planning',
    needs: [['decodable-ahead'], ['decodable-before-first-token'], ['steerable', 'patch-state']],
    says: {
      met: 'It plans ahead in its state: tokens to come can be read from it before the first one, beyond what the inputs tell, and changing it changes what comes',
      'not met': 'That it plans ahead in its state is not borne out',
      'cannot be told': 'Whether it plans ahead in its state cannot be told',
    },
  },
  {
    name: 'Inside',
    needs: [['patch-state', 'memory-beyond-tokens']],
    says: {
      met: 'What is still to be done is carried inside, by its state or by what its encoder worked out',
      'not met':
        'That what is still to be done is carried inside, by its state or by what its encoder worked out, is not borne out',
      'cannot be told': 'Whether what is still to be done is carried inside cannot be told',
    },
  },
  {
    name: 'Memory',
    needs: [['memory-in-use'], ['needs-memory']],
    says: {
      met: 'Its answers depend on what it stored, and it solves what cannot be solved without memory',
      'not met':
        'That its answers depend on what it stored, and that it solves what cannot be solved without memory, is not borne out',
      'cannot be told':
        'Whether its answers depend on what it stored, and whether it solves what cannot be solved without memory, cannot be told',
    },
  },
  {
    name: 'Tools',
    needs: { eachOf: 'tools' },
    says: {
      met: 'It solves what cannot be solved without its tools, each of those that it uses',
      'not met': 'That it solves what cannot be solved without its tools, each of those that it uses, is not borne out',
      'cannot be told':
        'Whether it solves what cannot be solved without its tools, each of those that it uses, cannot be told',
    },
  },
  {
    name: 'Thinking',
    needs: [['blanks-help', 'thoughts-help']],
    says: {
      met: 'More computation before the program makes it better',
      'not met': 'That more computation before the program makes it better is not borne out',
      'cannot be told': 'Whether more computation before the program makes it better cannot be told',
    },
  },
];

/** A claim and what became of it. */
export interface JudgedClaim extends Claim {
  readonly verdict: Verdict;
  /** The criteria by which a group is met, one or more of each. */
  readonly by: readonly string[];
  /** Those of groups that are not met. */
  readonly against: readonly string[];
  /** Those of groups that cannot be told, or that were not asked. */
  readonly open: readonly string[];
}

/** By `CLAIM_RULE`. */
export function judgeClaim(claim: Claim, sections: readonly SectionResult[]): JudgedClaim {
  const { needs } = claim;
  const criteria = sections.flatMap((section) => section.criteria);
  const groups = groupsOf(needs, sections).map((ids) => judgeGroup(ids, criteria));
  const of = (wanted: Verdict) => [...new Set(groups.flatMap(({ ids, verdict }) => (verdict === wanted ? ids : [])))];
  const [by, against, open] = [of('met'), of('not met'), of('cannot be told')];
  const verdict = against.length > 0 ? 'not met' : open.length > 0 ? 'cannot be told' : 'met';
  return { ...claim, verdict, by, against, open };
}

function groupsOf(needs: Claim['needs'], sections: readonly SectionResult[]): readonly (readonly string[])[] {
  if (!('eachOf' in needs)) return needs;
  const asked = sections.find(({ kind }) => kind === needs.eachOf)?.criteria ?? [];
  // Where there was nothing to ask, nothing can be told.
  return asked.length > 0 ? asked.map(({ id }) => [id]) : [[needs.eachOf]];
}

/** @returns with the criteria that decided. */
function judgeGroup(ids: readonly string[], criteria: readonly Criterion[]) {
  const measured = criteria.filter(({ id, number }) => ids.includes(id) && number !== null);
  const those = (verdict: Verdict) => measured.filter((one) => one.verdict === verdict).map(({ id }) => id);
  const decided = (verdict: Verdict, ids: readonly string[]) => ({ verdict, ids });
  if (those('met').length > 0) return decided('met', those('met'));
  if (measured.length === 0) return decided('cannot be told', ids);
  return those('cannot be told').length > 0
    ? decided('cannot be told', those('cannot be told'))
    : decided('not met', those('not met'));
}

/** The sentences of the claims, in one paragraph. */
export const summarise = (claims: readonly JudgedClaim[]): string =>
  claims.map(({ says, verdict }) => `${says[verdict]}.`).join(' ');
