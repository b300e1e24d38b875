// `innerloop eval`: exact accuracy on fresh test problems.

import type { Command } from 'commander';
import type { LevelScore } from '../evaluation/accuracy.ts';
import { accelerate } from '../kernels/node.ts';
import type { Agent } from '../training/openAgent.ts';
import { addLevelAndSeed, chooseLevels, integer } from './arguments.ts';
import { type Findings, findingsAsJson, findingsAsText, follow } from './examination.ts';
import { count } from './format.ts';
import { openRun } from './openRun.ts';
import { painter, print, printJson } from './output.ts';
import { scoreTable } from './report.ts';
import { addTaskFile } from './taskFile.ts';

const EXAMPLES = `
Examples:
  $ innerloop eval runs/calculator-default-seed0
  $ innerloop eval runs/calculator-default-seed0 --level remember --problems 10000
  $ innerloop eval runs/calculator-default-seed0 --seed 5 --json
  $ innerloop eval runs/expressions-default-seed0 --level n=6 --level n=8 --samples 64
  $ innerloop eval runs/bisection-default-seed0 --task ./bisection.ts

Without --seed the problems are those that the training reported on at its end.

A task that tells of its problems (expressions, countdown, routes) is examined: on what was held out and what was
trained on, group by group, beside exact ceilings and the shortest programs on the same problems, beside players without
learning and by the regret of its choices, with several programs a problem (pass@k without bias after Chen et al. 2021;
the likeliest of all by the agent's own log-probability), and on levels beyond those of training, which the agent takes
for its highest. Intervals are at 95 % and count clusters (structures, sets of numbers), Wilson's where every problem is
one.`;

/** Programs drawn for each problem of an examination. */
const SAMPLES = 16;

interface EvalOptions {
  readonly level?: readonly string[];
  readonly problems?: number;
  readonly samples?: number;
  readonly seed?: number;
  readonly task?: string;
  readonly json?: true;
}

export function addEval(program: Command): void {
  const command = program
    .command('eval')
    .summary('exact accuracy on fresh test problems')
    .description('Measures the share of fresh test problems that a trained agent solves exactly, per level.')
    .argument('<run>', 'the folder of a run, or one of its checkpoints');
  addTaskFile(addLevelAndSeed(command, "decides which problems (default: the run's own)"))
    .option(
      '--problems <number>',
      'test problems a level (default: as in training)',
      integer('--problems', 1, 10_000_000),
    )
    .option(
      '--samples <number>',
      `programs drawn for each problem where a task is examined, 0 for none (default: ${SAMPLES})`,
      integer('--samples', 0, 10_000),
    )
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: EvalOptions) => {
      accelerate();
      const agent = await openRun(run, options.task);
      const { evaluation, seed: trainedOn } = agent.config;
      const { problems = evaluation.testProblems, samples = SAMPLES, seed = trainedOn } = options;
      const all = agent.task.study ? (agent.task.extended?.() ?? agent.task).levels : agent.task.levels;
      const levels = chooseLevels({ name: agent.task.name, levels: all }, options.level);
      const findings = agent.task.study ? follow(agent.examine({ levels, problems, samples, seed }), all) : undefined;
      const scores = findings
        ? (findings.sets[0] ?? []).map(({ score }) => score)
        : levels.map((level) => agent.evaluate(level, { problems, seed }));
      const told = { run, seed, problems };
      if (options.json) printJson(asJson(agent, scores, findings, told));
      else printText(agent, scores, findings, told);
    });
}

interface Told {
  readonly run: string;
  readonly seed: number;
  readonly problems: number;
}

function asJson(agent: Agent, scores: readonly LevelScore[], findings: Findings | undefined, told: Told): object {
  const { hash, progress, task } = agent;
  const { problems, run, seed } = told;
  return {
    ...{ event: 'evaluated', run, update: progress.update, hash, split: 'test', seed, problems },
    solved: scores.map((score) => score.solved),
    intervals: scores.map((score) => [score.interval.low, score.interval.high]),
    levels: scores.map((score) => ({ name: task.levels[score.level]!.name, ...score })),
    ...(findings && findingsAsJson(findings, (task.extended?.() ?? task).levels)),
  };
}

function printText(agent: Agent, scores: readonly LevelScore[], findings: Findings | undefined, told: Told): void {
  const { progress, task } = agent;
  const { problems, run, seed } = told;
  const paint = painter();
  if (findings) print(`${findingsAsText(findings, task, (task.extended?.() ?? task).levels, paint)}\n`);
  else {
    print(paint('bold', `Solved exactly, of ${count(problems)} fresh test problems a level`));
    print(scoreTable(agent, scores));
  }
  const each = findings ? `, ${count(problems)} a level` : '';
  print(`  after update ${count(progress.update)} of ${run}, problems of seed ${seed}${each}`);
}
