// Does what looks like a plan come when solving comes? Measured on the checkpoints of one run (after Bush et al. 2025,
// where planning emerges together with the benefit of thinking).

import type { Random } from '../core/random.ts';
import { quantileOfSorted } from '../evaluation/aggregates.ts';
import { bootstrap } from '../evaluation/bootstrap.ts';
import type { Interval } from '../evaluation/statistics.ts';
import { type Criterion, type Judgement, judge, type SectionResult, untold } from './section.ts';

/** What is compared with solving. */
export const CURVES = ['readable', 'state', 'memory'] as const;
export type Curve = (typeof CURVES)[number];

/** What is measured of one checkpoint. */
export interface EmergencePoint {
  readonly update: number;
  /** Share of validation problems solved, the mean over the levels. */
  readonly solved: number;
  /** By level. */
  readonly levels: readonly number[];
  /** How far what is to come can be read from the state before the first token, above the best control. */
  readonly readable: number | null;
  /** How often a state of another problem decides what follows, above the best control. */
  readonly state: number | null;
  /** How often what follows rests on more of the encoded context than its tokens, above the best control. */
  readonly memory: number | null;
  /** 95 % of each, by bootstrap over structures; `null` with too few of them. */
  readonly intervals: Readonly<Record<'solved' | Curve, Interval | null>>;
}

export interface EmergenceResult extends SectionResult {
  readonly kind: 'emergence';
  readonly levels: readonly string[];
  /** By update. */
  readonly points: readonly EmergencePoint[];
}

/** Fewer points than this tell nothing about a correlation. */
export const LEAST_POINTS = 6;
/** Solving has to rise by this much for there to be a benefit, and the curve for anything to have come with it. */
export const LEAST_RISE = 0.1;
/** The interval of the correlation has to reach it. */
export const CORRELATION = 0.5;
/** Orders of the checkpoints that the control is made of. */
const SHUFFLES = 1000;

const RULE =
  `over ${LEAST_POINTS} checkpoints or more, the curve's correlation with the share solved: met where its whole 95 % interval ` +
  `(bootstrap over checkpoints) reaches ${CORRELATION} and what 95 % of shuffled orders stay below, not met where none of it ` +
  `does, or where solving or the curve rises by less than ${LEAST_RISE}. Two curves that rise correlate whatever they are: a plan that ` +
  'pays needs this, and it does not suffice';

/** @param points by update, the first of an agent that has not learnt. */
export function emergence(
  points: readonly EmergencePoint[],
  levels: readonly string[],
  random: Random,
): EmergenceResult {
  const last = points.at(-1);
  // Where the last checkpoint keeps more of what is to come: one of the two may well hold nothing.
  const where = (last?.memory ?? 0) > (last?.state ?? 0) ? 'memory' : 'state';
  const criteria = [
    criterionOf(
      points,
      'readable',
      { id: 'emerges-readable', question: 'Does the plan become readable when solving comes?' },
      random.fold(0),
    ),
    criterionOf(
      points,
      where,
      {
        id: 'emerges-causal',
        question: `Does what the ${where === 'state' ? 'state holds' : 'encoded context holds beyond its tokens'} begin to decide when solving comes?`,
      },
      random.fold(1),
    ),
  ];
  return { kind: 'emergence', levels, points, criteria };
}

function criterionOf(
  points: readonly EmergencePoint[],
  curve: Curve,
  asked: Pick<Criterion, 'id' | 'question'>,
  random: Random,
): Criterion {
  const control = (number: number | null) => ({ name: 'checkpoints in shuffled order', number });
  const pairs = points.flatMap(({ solved, ...point }) => {
    const value = point[curve];
    return value === null ? [] : [[value, solved] as const];
  });
  if (pairs.length < LEAST_POINTS) {
    const why = `${pairs.length} checkpoints in which it could be measured, and ${LEAST_POINTS} are needed`;
    return { ...asked, number: null, interval: null, control: control(null), ...untold(why), rule: RULE };
  }
  const number = correlation(pairs);
  const [interval] = bootstrap([[pairs]], (drawn) => [correlation(drawn[0]!)], { random: random.fold(0) });
  const shuffled = Array.from({ length: SHUFFLES }, (_, i) => {
    const order = random.fold(1).fold(i).shuffled(pairs.keys());
    return correlation(pairs.map(([value], at) => [value, pairs[order[at]!]![1]]));
  }).sort((a, b) => a - b);
  const chance = quantileOfSorted(shuffled, 0.95);
  const rise = (values: readonly number[]) => Math.max(...values) - values[0]!;
  const least = Math.min(rise(pairs.map(([value]) => value)), rise(points.map(({ solved }) => solved)));
  const judged: Judgement =
    least < LEAST_RISE ? { verdict: 'not met' } : judge(interval!, Math.max(CORRELATION, chance));
  return { ...asked, number, interval: interval!, control: control(chance), ...judged, rule: RULE };
}

/** Pearson's r; 0 where one of the two never varies. */
export function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of: (a: number, b: number) => number) => pairs.reduce((all, [a, b]) => all + of(a - x, b - y), 0);
  const spread = Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
  return spread > 0 ? sum((a, b) => a * b) / spread : 0;
}
