// What is done to an agent, in words; tokens are counted from one.

import type { AgentFacts, Touch } from '../engine/playing.ts';

export function wordsOf(touch: Touch, { vocabulary }: AgentFacts): string {
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
    default:
      return touch satisfies never;
  }
}

const nameOf = ({ problem }: Extract<Touch, { how: 'swap' }>): string => `no. ${problem.index + 1}`;
