// `innerloop eval`: exact accuracy on fresh test problems.

import type { Command } from 'commander';
import { accelerate } from '../kernels/node.ts';
import { addLevelAndSeed, chooseLevels, integer } from './arguments.ts';
import { count } from './format.ts';
import { openRun } from './openRun.ts';
import { painter, print, printJson } from './output.ts';
import { scoreTable } from './report.ts';

const EXAMPLES = `
Examples:
  $ innerloop eval runs/calculator-default-seed0
  $ innerloop eval runs/calculator-default-seed0 --level remember --problems 10000
  $ innerloop eval runs/calculator-default-seed0 --seed 5 --json

Without --seed the problems are those that the training reported on at its end.`;

interface EvalOptions {
  readonly level?: readonly string[];
  readonly problems?: number;
  readonly seed?: number;
  readonly json?: true;
}

export function addEval(program: Command): void {
  const command = program
    .command('eval')
    .summary('exact accuracy on fresh test problems')
    .description('Measures the share of fresh test problems that a trained agent solves exactly, per level.')
    .argument('<run>', 'the folder of a run, or one of its checkpoints');
  addLevelAndSeed(command, "decides which problems (default: the run's own)")
    .option(
      '--problems <number>',
      'test problems a level (default: as in training)',
      integer('--problems', 1, 10_000_000),
    )
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: EvalOptions) => {
      accelerate();
      const agent = await openRun(run);
      const { evaluation, seed: trainedOn } = agent.config;
      const { problems = evaluation.testProblems, seed = trainedOn } = options;
      const scores = chooseLevels(agent.task, options.level).map((level) => agent.evaluate(level, { problems, seed }));
      const { hash, progress } = agent;
      if (options.json) {
        const solved = scores.map((score) => score.solved);
        const intervals = scores.map((score) => [score.interval.low, score.interval.high]);
        const levels = scores.map((score) => ({ name: agent.task.levels[score.level]!.name, ...score }));
        const { update } = progress;
        printJson({ event: 'evaluated', run, update, hash, split: 'test', seed, problems, solved, intervals, levels });
        return;
      }
      print(painter()('bold', `Solved exactly, of ${count(problems)} fresh test problems a level`));
      print(scoreTable(agent, scores));
      print(`  after update ${count(progress.update)} of ${run}, problems of seed ${seed}`);
    });
}
