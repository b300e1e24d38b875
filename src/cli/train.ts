// `innerloop train` and `innerloop resume`.

import type { Command } from 'commander';
import { InnerloopError } from '../core/errors.ts';
import { accelerate } from '../kernels/node.ts';
import { lastState } from '../runs/lastState.ts';
import { readRunInfo } from '../runs/readRun.ts';
import { RunDirectory } from '../runs/runDirectory.ts';
import { freshRunPath, runName } from '../runs/runPath.ts';
import { configure, storedTaskName, type Training } from '../training/config.ts';
import { resume, type TrainOptions, train } from '../training/train.ts';
import { collect, integer } from './arguments.ts';
import { plural } from './format.ts';
import { print } from './output.ts';
import { type Outcome, PROGRAM, runArguments } from './report.ts';
import { printFinished, runSession, type SessionOptions } from './session.ts';
import type { Settings } from './settings.ts';
import { addTaskFile, taskInput, taskOfRun } from './taskFile.ts';
import { VERSION } from './version.ts';

const RUNS = 'runs';

const TRAIN_EXAMPLES = `
Examples:
  $ innerloop train                                    the calculator, in seconds
  $ innerloop train calculator --preset no-memory      an ablation (innerloop tasks lists them)
  $ innerloop train --seed 7 --out runs/seven
  $ innerloop train --set updates=300 --set optimiser.rate=0.001
  $ innerloop train --set task.options.memory=false --set 'curriculum={"name":"uniform"}'
  $ innerloop train --config settings.json --json | tail -1
  $ innerloop train ./bisection.ts                     a task of your own: what the file exports

settings.json:
  { "task": "calculator", "seed": 7, "algorithm": { "entropy": { "from": 0.1, "to": 0.01, "over": 600 } } }

A run of a task of your own holds no code: resume, eval, explain and insight are told the file again, with --task.

The newest three checkpoints stay, to go on from, and up to twelve spread over the whole run, for innerloop insight.
Ctrl-C stops with a checkpoint. Exit codes: 0 done, 1 failed, 2 bad input, 130 Ctrl-C, 143 SIGTERM.`;

const RESUME_EXAMPLES = `
Examples:
  $ innerloop resume runs/calculator-default-seed0
  $ innerloop resume runs/calculator-default-seed0 --json | tail -1
  $ innerloop resume runs/bisection-default-seed0 --task ./bisection.ts

Goes on from the last checkpoint, to the same bits as if the run had never stopped.`;

const threads = integer('--threads', 1, 64);
const THREADS = 'threads of one update; they change speed, never results (default: 1)';
const JSON_LINES = 'print one JSON object a line instead of text';

export function addTrain(program: Command, end: (code: number) => void): void {
  program
    .command('train')
    .summary('train an agent and explain it')
    .description('Trains an agent, then reports its exact accuracy on fresh problems and explains what it does.')
    .argument('[task]', 'see `innerloop tasks`, or a file that exports one of your own (default: calculator)')
    .option('--preset <name>', 'a named configuration of the task (default: default)')
    .option('--seed <number>', 'all randomness comes from it (default: 0)', integer('--seed', 0))
    .option('--set <path=value>', 'change one setting; may be given several times', collect)
    .option('--config <file>', 'settings from a JSON file; flags win over it')
    .option('--out <folder>', `the run's folder, which must not exist (default: ${RUNS}/<task>-<preset>-seed<N>)`)
    .option('--threads <number>', THREADS, threads)
    .option('--json', JSON_LINES)
    .addHelpText('after', TRAIN_EXAMPLES)
    .action(async (task: string | undefined, options: Settings & SessionOptions & { out?: string }) => {
      const { file, input } = await taskInput({ ...options, ...(task === undefined ? {} : { task }) });
      const training = configure(input);
      accelerate();
      const run = makeRun(training, options.out);
      const { config, ownTask } = training;
      const whole = ownTask ? { ...config, task: training.task } : config;
      end(await runSession(run, training, (more) => train(whole, more), { ...options, ...(file && { task: file }) }));
    });
}

export function addResume(program: Command, end: (code: number) => void): void {
  const command = program
    .command('resume')
    .summary('go on with a run that was stopped or killed')
    .description('Goes on with a run that was stopped or killed, from its last checkpoint.')
    .argument('<run>', 'the folder of the run');
  addTaskFile(command)
    .option('--threads <number>', THREADS, threads)
    .option('--json', JSON_LINES)
    .addHelpText('after', RESUME_EXAMPLES)
    .action(async (path: string, options: SessionOptions) => {
      accelerate();
      const task = await taskOfRun(path, storedTaskName(readRunInfo(path).config), options.task);
      const run = RunDirectory.open(path);
      try {
        if (run.info.status === 'finished') {
          sayFinished(run, options);
          return;
        }
        const { bytes, training, update } = await lastState(run, task);
        run.resumeFrom(update);
        const own = task && { task };
        const start = (more: TrainOptions) =>
          bytes ? resume(bytes, { ...more, ...own }) : train({ ...training.config, ...own }, more);
        end(await runSession(run, training, start, options));
      } finally {
        run.close();
      }
    });
}

/** A folder that was asked for must be new; otherwise another process may take the free name first. */
function makeRun({ config }: Training, out: string | undefined): RunDirectory {
  const info = { version: VERSION, seed: config.seed, config };
  if (out === '') {
    throw new InnerloopError({ kind: 'invalid', what: '--out', expected: 'a folder to make', received: "''" });
  }
  if (out !== undefined) return RunDirectory.create(out, info);
  for (;;) {
    const path = freshRunPath(RUNS, runName(config.task.name, config.preset, config.seed));
    try {
      return RunDirectory.create(path, info);
    } catch (error) {
      if (!(error instanceof InnerloopError && error.problem.kind === 'conflict')) throw error;
    }
  }
}

/** Asking again for what is done is no error: scripts may resume until it is. */
function sayFinished(run: RunDirectory, options: SessionOptions): void {
  const outcome = run.info.outcome as unknown as Outcome;
  if (options.json) {
    printFinished(run.path, 'finished', outcome);
    return;
  }
  print(
    `${run.path} is finished, after ${plural(outcome.updates, 'update')}; there is nothing to resume. To look at it:`,
  );
  const named = runArguments(run.path, options.task);
  print(`  ${PROGRAM} eval ${named}`);
  print(`  ${PROGRAM} explain ${named}`);
}
