// How far a level is solved without memory: exactly where that can be known, else the best that was found.

import type { Random } from '../../core/random.ts';
import type { Problem, Task } from '../../tasks/task.ts';
import type { LevelFigures, Method, Reached } from './figures.ts';
import { improveCells, MemorylessPlayer, stepwisePolicy } from './memoryless.ts';
import { memorylessCeiling } from './memorylessCeiling.ts';
import { BlindPlayer, type BlindPolicy, type Yield } from './search.ts';

/** Problems up to which all policies are thought through. */
const FEW = 128;
/** Problems on which a search tries tokens. */
const SEARCHED = 128;

interface Problems {
  /** All that there are, where they can be listed. */
  readonly all: readonly Problem[] | undefined;
  /** On which policies are chosen. */
  readonly some: readonly Problem[];
  /** On which they are measured. */
  readonly problems: readonly Problem[];
}

const GOALS = ['reward', 'solved'] as const;
type Goal = (typeof GOALS)[number];
const OBJECTIVES: Readonly<Record<Goal, (of: Yield) => number>> = {
  reward: ({ reward }) => reward,
  solved: ({ reward, solved }) => solved + 1e-4 * reward,
};

/** @param blindest where a search begins: no memory is needed for a fixed program either. @param tries of a search for either goal. */
export function memorylessFigures(
  task: Task,
  { all, problems, some }: Problems,
  blindest: Readonly<Record<Goal, BlindPolicy>>,
  tries: number,
  random: Random,
): LevelFigures['memoryless'] {
  if (task.observation.length === 0) return undefined;
  const exact = (goal: Goal) => (all && all.length <= FEW ? memorylessCeiling(task, all, OBJECTIVES[goal]) : undefined);
  const [reward, solved] = [exact('reward'), exact('solved')];
  if (reward && solved) return { bestReward: reward, bestSolved: solved };

  const found: Reached[] = [];
  const draw = (below: number) => random.below(below);
  const apart = stepwisePolicy(task, some, blindest.reward, draw);
  const method: Method = apart ? { kind: 'stepwise', problems: some.length } : { kind: 'search', tries };
  const blind = new BlindPlayer(task, problems);
  for (const goal of GOALS) found.push({ method, ...blind.play(blindest[goal]) });
  if (apart) {
    const best = new MemorylessPlayer(task, problems, true).play(apart);
    // Step by step the most is earned; of what is solved it is a lower bound.
    const most: Reached = { method: some.length === all?.length ? { kind: 'exact', programs: 1 } : method, ...best };
    return { bestReward: most, bestSolved: solved ?? higher('solved', { method, ...best }, ...found) };
  }
  const few = some.slice(0, SEARCHED);
  const test = new MemorylessPlayer(task, problems, false);
  for (const goal of GOALS) {
    const policy = improveCells(task, few, blindest[goal], OBJECTIVES[goal], tries, draw);
    found.push({ method, ...test.play(policy) });
  }
  return { bestReward: reward ?? higher('reward', ...found), bestSolved: solved ?? higher('solved', ...found) };
}

const higher = (goal: Goal, ...players: readonly Reached[]): Reached =>
  players.reduce((a, b) => (b[goal] > a[goal] ? b : a));
