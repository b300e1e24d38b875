// The published reward, its terms apart: `correct + 0.2 · shaped`, defects included. It is never the accuracy.

/** The values that the published code compares with. */
export interface TutorialValues {
  /** a·b */
  readonly g0: number;
  /** a·b + c */
  readonly g1: number;
  /** a·b + c − d */
  readonly g2: number;
  /** d·e */
  readonly g3: number;
  /** a·b + c − d·e */
  readonly g4: number;
}

export function tutorialValues(a: number, b: number, c: number, d: number, e: number): TutorialValues {
  const g1 = a * b + c;
  return { g0: a * b, g1, g2: g1 - d, g3: d * e, g4: g1 - d * e };
}

/** 1 where `last` equals g0 at stage 0, g1 at stage 1, g2 at stage 2: each one step short of the printed target. */
export function correctTerm(level: number, last: number | undefined, values: TutorialValues): number {
  return last === [values.g0, values.g1, values.g2][level] ? 1 : 0;
}

/** Partial credit, before its weight of 0.2. Terms add up where values coincide. */
export function shapedTerm(level: number, last: number | undefined, values: TutorialValues): number {
  const { g0, g1, g2, g3, g4 } = values;
  const pay = (weight: number, value: number) => (last === value ? weight : 0);
  if (level === 2) return pay(0.2, g0) + pay(0.4, g1) + pay(0.6, g4) + pay(0.6, g3);
  return pay(0.25, g0) + pay(0.5, g1) + (level === 1 ? pay(0.75, g2) : 0);
}

/** What `[ANS]` pays with `last` held (`undefined`: nothing held). */
export function tutorialReward(level: number, last: number | undefined, values: TutorialValues): number {
  return correctTerm(level, last, values) + 0.2 * shapedTerm(level, last, values);
}
