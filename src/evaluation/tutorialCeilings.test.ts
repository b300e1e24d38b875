import { expect, test } from 'vitest';
import { everyDigitProblem, TOKEN } from '../tasks/digitProblem.ts';
import { symbols } from '../tasks/task.ts';
import { tutorialTask } from '../tasks/tutorial/task.ts';
import { enumeratePrograms } from './enumeration.ts';
import { TUTORIAL_CEILINGS } from './tutorialCeilings.ts';

test.each([0, 1, 2])(
  'the ceilings of stage %i are those of an enumeration',
  (level) => {
    const task = tutorialTask();
    const found = enumeratePrograms(task, { problems: everyDigitProblem(level, 5), answer: TOKEN.ANS, maxTools: 5 });
    const { bestReward, bestSolved, oracle } = TUTORIAL_CEILINGS[level]!;
    for (const kind of ['bestReward', 'bestSolved'] as const) {
      expect(symbols(task, found[kind].program)).toEqual(TUTORIAL_CEILINGS[level]![kind].program);
    }
    expect(found.bestReward.reward).toBeCloseTo(bestReward.reward, 5);
    expect(found.bestReward.solved).toBe(bestReward.solved);
    expect(found.bestSolved.reward).toBeCloseTo(bestSolved.reward, 5);
    expect(found.bestSolved.solved).toBe(bestSolved.solved);
    expect(found.oracle).toBe(oracle);
  },
  60_000,
);
