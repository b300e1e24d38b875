import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import type { Analysis, Study } from '../tasks/study.ts';
import type { Problem, Thoughts } from '../tasks/task.ts';
import type { Outcome } from './accuracy.ts';
import { clusteredShare } from './clusters.ts';
import { setScore } from './examination.ts';
import { wilson } from './statistics.ts';

/** A problem that says itself what is known of it. */
interface Known extends Problem {
  readonly known: Analysis;
}

const random = () => Random.stream(0, 'evaluation');

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
  const score = setScore(1, OUTCOMES, STUDY as Study<Problem>, random());
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

test('a thought is no part of a program’s length', () => {
  // Of programs of 3, 2 and 4 tokens for 2, 2 and 4 the last becomes one of 6, two of them thoughts.
  const thought = 7;
  const outcomes = OUTCOMES.with(3, { ...OUTCOMES[3]!, program: [thought, 0, 0, thought, 0, 0] });
  const study = STUDY as Study<Problem>;
  const length = (thoughts?: Thoughts) => setScore(1, outcomes, study, random(), thoughts).length!.mean;
  expect(length({ token: thought, most: 4 })).toBeCloseTo((1.5 + 1 + 1) / 3, 12);
  expect(length()).toBeCloseTo((1.5 + 1 + 1.5) / 3, 12);
});

test('a ceiling of another verdict is held against that', () => {
  const bounded = { ...STUDY, bounds: { bounded: 'long' } } as Study<Problem>;
  // Long: 1, 1, 0, 1; reachable: 0, 0, 1, 1.
  expect(
    setScore(1, OUTCOMES.with(2, outcome('b', false, 2, true, 2)), bounded, random()).ceilings.bounded!.margin.mean,
  ).toBe(0.25);
});

test('without solved problems there is no length, and without clusters intervals are Wilson’s', () => {
  const lost = OUTCOMES.map((one) => ({ ...one, solved: false }));
  expect(setScore(1, lost, STUDY as Study<Problem>, random()).length).toBeNull();
  const alone: Study<Known> = { sets: [], analyse: () => ({ groups: {}, ceilings: {} }) };
  const score = setScore(1, OUTCOMES, alone as Study<Problem>, random());
  expect(score).toMatchObject({ clusters: null, families: null, length: null, groups: {}, ceilings: {}, verdicts: {} });
  expect(score.interval).toEqual(wilson(3, 4));
});

test('regret and baselines are of the same problems, worked by hand', () => {
  const study: Study<Known> = {
    ...STUDY,
    regret: { about: 'tokens beyond four', of: (_, program) => Math.max(0, program.length - 4) / 4 },
    baselines: [
      { name: 'hard only', about: '', play: ({ known }) => ({ solved: known.groups.hard!, reward: 0.5, regret: 1 }) },
      { name: 'chance', about: '', play: (_, random) => ({ solved: true, reward: random.uniform(), regret: 0 }) },
    ],
  };
  const score = setScore(1, OUTCOMES, study as Study<Problem>, random());
  // Programs of 3, 9, 2 and 4 tokens; the first two are hard.
  expect(score.regret!.all).toMatchObject({ problems: 4, mean: 1.25 / 4 });
  expect(score.regret!.groups.hard).toMatchObject({ problems: 2, mean: 1.25 / 2 });
  const [hard, chance] = score.baselines;
  expect(hard).toMatchObject({ name: 'hard only', reward: 0.5, solved: { problems: 4, share: 0.5 } });
  expect(hard!.groups.hard).toMatchObject({ problems: 2, share: 1 });
  expect(hard!.regret!.all.mean).toBe(1);
  // Every problem has a stream of its own, and the same one again.
  const own = random().fold(1);
  const rewards = OUTCOMES.map((_, i) => own.fold(i).uniform());
  expect(chance!.reward).toBeCloseTo(rewards.reduce((all, one) => all + one) / 4, 12);
  expect(setScore(1, OUTCOMES, study as Study<Problem>, random())).toEqual(score);
  expect(score.regret!.ended).toBeNull();
  const alone: Study<Known> = { sets: [], analyse: STUDY.analyse };
  expect(setScore(1, OUTCOMES, alone as Study<Problem>, random())).toMatchObject({ regret: null, baselines: [] });
});

test('where episodes may not come to their end, the share that does and its own regret are told, by hand', () => {
  const study: Study<Known> = {
    ...STUDY,
    verdicts: (_, program) => ({ home: program.length < 9 }),
    regret: { about: 'at most 3', end: 'home', of: (_, program) => (program.length < 9 ? program.length / 4 : 3) },
    baselines: [
      {
        name: 'hard only',
        about: '',
        play: ({ known: { groups } }) => ({
          solved: true,
          reward: 0,
          regret: groups.hard ? 1 : 3,
          ended: groups.hard!,
        }),
      },
    ],
  };
  const score = setScore(1, OUTCOMES, study as Study<Problem>, random());
  // Programs of 3, 9, 2 and 4 tokens; the first two are hard.
  expect(score.regret!.all.mean).toBe((0.75 + 3 + 0.5 + 1) / 4);
  expect(score.regret!.ended).toMatchObject({
    verdict: 'home',
    share: { all: { share: 0.75 }, groups: { hard: { share: 0.5 } } },
    regret: { all: { problems: 3, mean: 0.75 }, groups: { hard: { problems: 1, mean: 0.75 } } },
  });
  expect(score.baselines[0]!.regret!.ended).toMatchObject({
    share: { all: { share: 0.5 } },
    regret: { all: { mean: 1 } },
  });
});
