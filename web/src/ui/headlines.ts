// What an agent learns, task by task, for somebody who has never heard of any of it.

const HEADLINES: Readonly<Record<string, string>> = {
  tutorial: 'A published tutorial, flaws and all',
  calculator: 'An agent learns to use a calculator',
  expressions: 'An agent learns to work out expressions',
  countdown: 'An agent learns to reach a number with others',
  routes: 'An agent learns to find the cheapest way',
  recall: 'An agent learns to remember cards',
};

export const headline = (task: string): string => HEADLINES[task] ?? `An agent learns ${task}`;
