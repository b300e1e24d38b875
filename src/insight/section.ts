// What a section of an insight report answers: plain data, with criteria that a rule judged.

import type { Interval } from '../evaluation/statistics.ts';

export const VERDICTS = ['met', 'not met', 'cannot be told'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One question with its answer. */
export interface Criterion {
  /** Unique in a report: `decodable-ahead`. */
  readonly id: string;
  /** One sentence. */
  readonly question: string;
  /** What the rule reads, in the question's unit: usually a share from 0 to 1. `null` where nothing was measured. */
  readonly number: number | null;
  /** 95 %, by bootstrap over structures. */
  readonly interval: Interval | null;
  /** The strongest of the controls, in the same unit. */
  readonly control: { readonly name: string; readonly number: number | null };
  /** `number` above `control`, where that is what the rule reads. */
  readonly selectivity?: { readonly number: number; readonly interval: Interval };
  readonly verdict: Verdict;
  /** Why it cannot be told, where it cannot: a few words without a full stop. */
  readonly why?: string;
  /** What was decided before anything was measured, in words, thresholds included. */
  readonly rule: string;
}

/** What every section answers, besides its own numbers. Survives JSON: no NaN, no infinity, no typed arrays. */
export interface SectionResult {
  /** The section's name: `decode`. */
  readonly kind: string;
  readonly criteria: readonly Criterion[];
}

/** Told now and then: `done` of `total` steps of about the same length, and what comes next in a few words. */
export type Progress = (done: number, total: number, what: string) => void;

/** Fewest structures that an interval is made of, and that anything is said of. */
export const FEWEST_STRUCTURES = 20;

/** A verdict, and why none could be given. */
export type Judgement = Pick<Criterion, 'verdict' | 'why'>;

export const untold = (why: string): Judgement => ({ verdict: 'cannot be told', why });

/**
 * The verdict on a number by its 95 % interval: met where all of that reaches `threshold`, not met where none of it does,
 * and else it cannot be told; nor can it where `interval` is `null`, for want of structures.
 */
export function judge(interval: Interval | null, threshold: number): Judgement {
  if (!interval) return untold(`fewer than ${FEWEST_STRUCTURES} structures`);
  if (interval.low >= threshold) return { verdict: 'met' };
  return interval.high < threshold
    ? { verdict: 'not met' }
    : untold('its interval lies on both sides of the threshold');
}
