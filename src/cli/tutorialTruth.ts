// The truth beside what the tutorial prints: rewards against accuracies, both against what is possible at all.

import type { LevelScore } from '../evaluation/accuracy.ts';
import { TUTORIAL_CEILINGS } from '../evaluation/tutorialCeilings.ts';
import type { Task } from '../tasks/task.ts';
import { interval, percent, table } from './format.ts';
import { type Paint, print } from './output.ts';

/** Each departure of the published code from its text, in a line. */
export const DEFECTS: readonly string[] = [
  'It pays for wrong answers: each stage rewards the value one step short of the target that it prints.',
  'Its tools cannot reach the last target: no program solves over 27.1 % of stage 2, nor a choice in sight of the digits over 74.2 %.',
  'Its memory is a flag: STO stores nothing, and RCL computes d·e by itself.',
  'The agent never sees its problem: a broadcast gives every row the mean context of the whole batch.',
  'It trains on tokens after the answer, which change nothing.',
  'It prints mean reward as accuracy.',
  'Padding enters the mean of a context, so that the company of a problem changes what is seen of it.',
];

/** A table with the stages as columns, then the defects if the run has them all. */
export function printTutorialTruth(task: Task, scores: readonly LevelScore[], published: boolean, paint: Paint): void {
  const stages = (cell: (score: LevelScore, level: number) => string) => scores.map((s) => cell(s, s.level));
  const ceiling = (level: number) => TUTORIAL_CEILINGS[level]!;
  const rows = [
    ['asked for', ...stages((_, level) => task.levels[level]!.goal)],
    ['reward of this run', ...stages(({ reward }) => reward.toFixed(3))],
    ['highest reward of a program', ...stages((_, level) => ceiling(level).bestReward.reward.toFixed(3))],
    ['  which is', ...stages((_, level) => ceiling(level).bestReward.program.join(' '))],
    ['  and solves', ...stages((_, level) => percent(ceiling(level).bestReward.solved))],
    ['solved by this run', ...stages(({ solved }) => percent(solved))],
    ['  95 % interval', ...stages((score) => interval(score.interval))],
    ['most that a program solves', ...stages((_, level) => percent(ceiling(level).bestSolved.solved))],
    ['  which is', ...stages((_, level) => ceiling(level).bestSolved.program.join(' '))],
    ['  and is paid', ...stages((_, level) => ceiling(level).bestSolved.reward.toFixed(3))],
    ['solvable with the digits in sight', ...stages((_, level) => percent(ceiling(level).oracle))],
  ];
  print();
  print(paint('bold', 'The truth beside it: reward is not accuracy'));
  print(table(['', ...stages((_, level) => `stage ${level}`)], rows, '  '));
  print(
    paint('dim', '  Programs of up to five tools, exactly over all 100,000 digit tuples; this run on fresh problems.'),
  );
  if (!published) return;
  print();
  print(paint('bold', 'Seven defects of the published system, all kept here'));
  for (const [i, defect] of DEFECTS.entries()) print(`  ${i + 1}. ${defect}`);
}
