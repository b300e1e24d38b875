// The tour: five stops, each at a view.

import { headline } from '../ui/headlines.ts';

export interface Stop {
  readonly view: string;
  readonly title: string;
  readonly text: string;
  /** For small screens, where the view should be seen beside it. */
  readonly brief: string;
}

const LEARNT: Readonly<Record<string, string>> = {
  calculator: 'An agent that knew nothing a moment ago learns which keys of a calculator to press.',
};

/** What the first stop says of the task that is trained. */
export const learnt = (task: string): string =>
  LEARNT[task] ?? `${headline(task)}: it knew nothing when this training began.`;

export const STOPS: readonly Stop[] = [
  {
    view: 'learn',
    title: 'Something is learning already',
    text: 'Each curve is a level: the share of fresh problems that it answers exactly. Change any setting and it begins anew; the address always holds all of it.',
    brief: 'Each curve is a level: the share of fresh problems that it answers exactly.',
  },
  {
    view: 'watch',
    title: 'Watch it answer',
    text: 'A problem, the program that the agent writes for it token by token, and the machine that the tokens move. Step through it and see at every token what the agent held likely and what it expected to earn.',
    brief: 'The program that the agent writes, token by token, and the machine that it moves.',
  },
  {
    view: 'touch',
    title: 'Touch it',
    text: 'Force another token, empty the memory, hide the problem, put in another one’s state: the rest is played again at once. So you see what the agent uses, instead of taking it on trust.',
    brief: 'Force a token, empty the memory, hide the problem: the rest is played again at once.',
  },
  {
    view: 'compare',
    title: 'Compare two of them',
    text: 'The same seed, one thing changed: with memory and without, as published and repaired. Each pair says what to look for.',
    brief: 'The same seed, one thing changed. Each pair says what to look for.',
  },
  {
    view: 'takeaway',
    title: 'Take it away',
    text: 'The link, the run, the weights and a program that loads them. The same configuration comes to the same bits on the command line, and whatever you save opens here again.',
    brief: 'Link, run, weights, program: whatever you save opens here again.',
  },
];
