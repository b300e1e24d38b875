// `innerloop explain`: episodes of a trained agent, token by token.

import type { Command } from 'commander';
import { InnerloopError, lookUp } from '../core/errors.ts';
import { accelerate } from '../kernels/node.ts';
import type { Problem, Task } from '../tasks/task.ts';
import { type Agent, parseProblem } from '../training/openAgent.ts';
import { addLevelAndSeed, chooseLevels, integer } from './arguments.ts';
import { describeEpisode } from './episodes.ts';
import { openRun } from './openRun.ts';
import { painter, print, printJson } from './output.ts';
import { addTaskFile } from './taskFile.ts';

const EXAMPLES = `
Examples:
  $ innerloop explain runs/calculator-default-seed0
  $ innerloop explain runs/calculator-default-seed0 --problem "3 4 5 6 7"
  $ innerloop explain runs/calculator-default-seed0 --problem "3 4 5" --program "MUL ANS"
  $ innerloop explain runs/calculator-default-seed0 --level remember --count 3 --json
  $ innerloop explain runs/expressions-default-seed0 --problem "x1*(x0-x2)"
  $ innerloop explain runs/expressions-digits-seed0 --problem "(3*4+5)-(6*7)"
  $ innerloop explain runs/bisection-default-seed0 --task ./bisection.ts`;

interface ExplainOptions {
  readonly level?: readonly string[];
  readonly problem?: string;
  readonly program?: string;
  readonly count?: number;
  readonly seed?: number;
  readonly task?: string;
  readonly json?: true;
}

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .summary('look inside episodes, token by token')
    .description('Plays problems and shows each token with its probability, value, entropy and the machine’s state.')
    .argument('<run>', 'the folder of a run, or one of its checkpoints');
  addTaskFile(addLevelAndSeed(command, "decides which problems are sampled (default: the run's own)"))
    .option('--problem <text>', 'your own problem, as the task writes it: "3 4 5"')
    .option('--program <symbols>', 'force these tokens instead of the agent’s choice: "MUL ADD ANS"')
    .option('--count <number>', 'episodes a level (default: 1)', integer('--count', 1, 100_000))
    .option('--json', 'print one JSON object an episode instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: ExplainOptions) => {
      accelerate();
      const agent = await openRun(run, options.task);
      const forced = options.program === undefined ? {} : { program: parseProgram(agent.task, options.program) };
      for (const [i, problem] of problemsOf(agent, options).entries()) {
        const episode = agent.explain(problem, forced);
        if (options.json) printJson({ event: 'episode', ...episode });
        else print(`${i > 0 ? '\n' : ''}${describeEpisode(episode, painter(), process.stdout.columns)}`);
      }
    });
}

function problemsOf(agent: Agent, { count = 1, level, problem, seed }: ExplainOptions): readonly Problem[] {
  const { task } = agent;
  const levels = chooseLevels(task, level);
  if (problem === undefined) {
    return levels.flatMap((index) => agent.problems(index, count, seed === undefined ? {} : { seed }));
  }
  if (level === undefined) return [parseProblem(task, problem)];
  return levels.map((index) => parseProblem(task, problem, index));
}

/** Symbols apart by spaces or commas, with or without their brackets. */
function parseProgram(task: Task, text: string): number[] {
  const ids: Record<string, number> = {};
  for (const [id, { symbol }] of task.vocabulary.entries()) ids[symbol.replaceAll(/[[\]]/g, '')] = id;
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length > 0) return words.map((word) => lookUp('token', word.replaceAll(/[[\]]/g, ''), ids));
  const expected = 'symbols of the vocabulary, as in "MUL ADD ANS"';
  throw new InnerloopError({ kind: 'invalid', what: '--program', expected, received: `"${text}"` });
}
