// What is done to an agent, in words; tokens are counted from one.

import type { Asking } from 'innerloop';
import type { AgentFacts, Drawn, Touch } from '../engine/playing.ts';

/** @param level of the problem on view: problems of others are told with theirs. */
export function wordsOf(touch: Touch, agent: AgentFacts, level: number): string {
  const { vocabulary } = agent;
  const nameOf = ({ problem }: Extract<Touch, { how: 'swap' }>): string => problemName(problem, agent, level);
  const before = `before token ${touch.step + 1}`;
  switch (touch.kind) {
    case 'force':
      return `token ${touch.step + 1} forced to ${vocabulary[touch.token]?.symbol ?? touch.token}`;
    case 'ban':
      return `${vocabulary[touch.token]?.symbol ?? touch.token} masked from token ${touch.step + 1} on`;
    case 'memory':
      return `${before}: memory ${touch.how === 'empty' ? 'emptied' : 'changed'}`;
    case 'state':
      return touch.how === 'hide' ? `${before}: state zeroed` : `${before}: state of problem ${nameOf(touch)}`;
    case 'context':
      return touch.how === 'hide' ? `${before}: problem hidden` : `${before}: problem ${nameOf(touch)} shown instead`;
    case 'steer': {
      const by = `${touch.strength > 0 ? '+' : '−'}${Math.abs(touch.strength)}`;
      if (touch.random) return `${before}: state pushed in a random direction by ${by}`;
      return `${before}: state steered towards ‘${askingWords(touch.asking)}: ${touch.answer}’ by ${by}`;
    }
    default:
      return touch satisfies never;
  }
}

/** What a probe is asked, in words. */
export function askingWords(asking: Asking): string {
  if ('label' in asking) return asking.label;
  if (asking.ahead === 0) return 'next token';
  return asking.ahead === 1 ? 'the token after the next' : `${asking.ahead} tokens after the next`;
}

/** `no. 6`, or `no. 1 of level add` where that is not the level on view. */
export const problemName = (problem: Drawn, { levels }: AgentFacts, level: number): string =>
  `no. ${problem.index + 1}${problem.level === level ? '' : ` of level ${levels[problem.level]?.name ?? problem.level + 1}`}`;
