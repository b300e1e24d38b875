// What a budget of seconds came to, in words: updates, and how far the seconds of the runs are from what was asked for.

import { quantile } from '../evaluation/aggregates.ts';
import type { RunResult } from './collect.ts';
import { hostWords } from './hosts.ts';

/** A median that is farther off than this share of the budget is told. */
const NEAR = 0.05;

interface Budgeted {
  readonly name: string;
  readonly seconds: number;
  readonly updates: number;
  /** Of its runs. */
  readonly median: number;
}

/** A paragraph for each budget and the machine that it was measured on; none without budgets of seconds. */
export function budgetWords(results: readonly RunResult[]): string[] {
  const kinds = new Map<string, RunResult[]>();
  for (const result of results) {
    const { timed } = result.run;
    if (timed === undefined || result.outcome === undefined) continue;
    const key = `${timed.seconds} ${hostWords([timed.piloted.host])}`;
    kinds.set(key, [...(kinds.get(key) ?? []), result]);
  }
  return [...kinds.values()].map((own) => {
    const { piloted, seconds } = own[0]!.run.timed!;
    const entries = [...new Set(own.map(({ run }) => run.entry.name))].map((name): Budgeted => {
      const runs = own.filter(({ run }) => run.entry.name === name);
      const median = quantile(
        runs.map(({ outcome }) => outcome!.seconds),
        0.5,
      );
      return { name, seconds, updates: runs[0]!.run.timed!.piloted.updates, median };
    });
    return [
      `The number of updates is what ${seconds} seconds of processor time were to a pilot on ${hostWords([piloted.host])}; on another machine, or on one that is busier, the same updates take other seconds.`,
      `Updates: ${entries.map(({ name, updates }) => `${name} ${updates.toLocaleString('en-US')}`).join(', ')}.`,
      deviations(entries),
    ].join(' ');
  });
}

function deviations(entries: readonly Budgeted[]): string {
  const share = ({ median, seconds }: Budgeted) => median / seconds - 1;
  const off = entries.filter((entry) => Math.abs(share(entry)) > NEAR);
  const within = `within ${100 * NEAR} % of the budget`;
  if (off.length === 0) return `The median seconds of all entries are ${within}.`;
  const told = off.map((entry) => {
    const percent = Math.round(100 * Math.abs(share(entry)));
    return `${entry.name} took ${entry.median.toFixed(1)} s (${percent} % ${share(entry) > 0 ? 'more' : 'less'})`;
  });
  const others = off.length < entries.length ? `; the others are ${within}` : '';
  return `In the median ${told.join(', ')}${others}.`;
}
