// The command line: `innerloop <command>`.

import { Command } from 'commander';
import { addAudit } from './audit.ts';
import { addBench } from './bench.ts';
import { addEval } from './eval.ts';
import { addExplain } from './explain.ts';
import { reportFailure } from './failure.ts';
import { addInsight } from './insight.ts';
import { endQuietlyOnClosedPipe } from './output.ts';
import { addResults } from './results.ts';
import { addServe } from './serve.ts';
import { addTasks } from './tasks.ts';
import { addResume, addTrain } from './train.ts';
import { addVerify } from './verify.ts';
import { VERSION } from './version.ts';

const DESCRIPTION =
  'Trains small model-native agents: one network that learns to plan, remember and use tools, by reinforcement learning.';

const EXAMPLES = `
Examples:
  $ innerloop train                                       train the calculator and explain it
  $ innerloop explain runs/calculator-default-seed0       look inside, token by token
  $ innerloop train tutorial                              the published system, and the truth beside it
  $ innerloop results recipe                              a suite over seeds, with intervals
  $ innerloop serve                                       the runs on disk, in a browser
  $ innerloop train --help                                every command has one`;

/** Runs the command of `argv` (as `process.argv`) and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  endQuietlyOnClosedPipe();
  const end = (code: number): void => {
    process.exitCode = code;
  };
  const program = new Command('innerloop')
    .description(DESCRIPTION)
    .version(VERSION, '--version')
    .helpCommand('help [command]', 'help on a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', EXAMPLES);
  addTrain(program, end);
  addResume(program, end);
  addEval(program);
  addExplain(program);
  addInsight(program);
  addResults(program, end);
  addServe(program, end);
  addTasks(program);
  addAudit(program, end);
  addVerify(program, end);
  addBench(program, end);
  try {
    if (argv.length <= 2) program.outputHelp();
    else await program.parseAsync(argv);
  } catch (error) {
    end(reportFailure(error));
  }
}
