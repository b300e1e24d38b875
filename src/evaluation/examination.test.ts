import { expect, test } from 'vitest';
import type { Analysis, Study } from '../tasks/study.ts';
import type { Problem } from '../tasks/task.ts';
import type { Outcome } from './accuracy.ts';
import { clusteredShare } from './clusters.ts';
import { setScore } from './examination.ts';
import { wilson } from './statistics.ts';

/** A problem that says itself what is known of it. */
interface Known extends Problem {
  readonly known: Analysis;
}

const STUDY: Study<Known> = {
  analyse: ({ known }) => known,
  sets: [],
  verdicts: (_, program) => ({ long: program.length > 2 }),
};

function outcome(cluster: string, hard: boolean, shortest: number, solved: boolean, length: number): Outcome {
  const known = { cluster, family: 'one', groups: { hard }, ceilings: { bounded: !hard }, shortest };
  const problem: Known = { level: 1, known };
  return { problem, solved, reward: solved ? 1 : 0.25, program: new Array(length).fill(0), logProb: -1 };
}

const OUTCOMES = [
  outcome('a', true, 2, true, 3),
  outcome('a', true, 2, false, 9),
  outcome('b', false, 2, true, 2),
  outcome('c', false, 4, true, 4),
];

test('a set’s score, worked by hand', () => {
  const score = setScore(1, OUTCOMES, STUDY as Study<Problem>);
  expect(score).toMatchObject({ level: 1, problems: 4, solved: 0.75, reward: 0.8125, tokens: 4.5 });
  expect([score.clusters, score.families]).toEqual([3, 1]);
  const clusters = [
    { problems: 2, sum: 1 },
    { problems: 1, sum: 1 },
    { problems: 1, sum: 1 },
  ];
  expect(score.interval).toEqual(clusteredShare(clusters));
  expect(score.groups.hard).toEqual({ problems: 2, share: 0.5, interval: wilson(0.5, 1) });
  // Solved less reachable: 1, 0, 0, 0.
  expect(score.ceilings.bounded).toMatchObject({ share: 0.5, margin: { mean: 0.25 } });
  // Solved: 3/2, 2/2, 4/4.
  expect(score.length!.mean).toBeCloseTo(3.5 / 3, 12);
  expect(score.length!.problems).toBe(3);
  expect(score.verdicts.long).toMatchObject({ problems: 4, share: 0.75 });
});

test('a ceiling of another verdict is held against that', () => {
  const bounded = { ...STUDY, bounds: { bounded: 'long' } } as Study<Problem>;
  // Long: 1, 1, 0, 1; reachable: 0, 0, 1, 1.
  expect(setScore(1, OUTCOMES.with(2, outcome('b', false, 2, true, 2)), bounded).ceilings.bounded!.margin.mean).toBe(
    0.25,
  );
});

test('without solved problems there is no length, and without clusters intervals are Wilson’s', () => {
  const lost = OUTCOMES.map((one) => ({ ...one, solved: false }));
  expect(setScore(1, lost, STUDY as Study<Problem>).length).toBeNull();
  const alone: Study<Known> = { sets: [], analyse: () => ({ groups: {}, ceilings: {} }) };
  const score = setScore(1, OUTCOMES, alone as Study<Problem>);
  expect(score).toMatchObject({ clusters: null, families: null, length: null, groups: {}, ceilings: {}, verdicts: {} });
  expect(score.interval).toEqual(wilson(3, 4));
});
