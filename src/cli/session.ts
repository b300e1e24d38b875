// One sitting of a training: the events go into the run directory first and then to whoever watches.

import type { LevelScore } from '../evaluation/accuracy.ts';
import { readEvaluations } from '../runs/readRun.ts';
import type { RunDirectory } from '../runs/runDirectory.ts';
import type { Training } from '../training/config.ts';
import type { FinishedEvent, TrainEvent } from '../training/events.ts';
import type { TrainOptions } from '../training/train.ts';
import { chooseReporter } from './chooseReporter.ts';
import { EXIT } from './failure.ts';
import { type Interrupts, listenForInterrupts } from './interrupts.ts';
import { openRun } from './openRun.ts';
import { print, printJson, whenOutputCloses } from './output.ts';
import { type Outcome, PROGRAM, printReport, runArguments } from './report.ts';

export interface SessionOptions {
  readonly threads?: number;
  readonly json?: true;
  /** The file of the task, where it is one's own. */
  readonly task?: string;
}

/** At the default sizes a second thread saves a tenth of the time for a quarter more work (measured on two cores). */
const DEFAULT_THREADS = 1;

/** Follows a training to its end, and closes `run`. @returns the exit code. */
export async function runSession(
  run: RunDirectory,
  training: Training,
  start: (options: TrainOptions) => AsyncIterable<TrainEvent>,
  options: SessionOptions,
): Promise<number> {
  const json = options.json === true;
  const reporter = chooseReporter(training.task, training.config.preset, run.path, json);
  const interrupts = listenForInterrupts(() => reporter.stopping());
  whenOutputCloses(() => interrupts.stop(EXIT.closedPipe));
  let finished: FinishedEvent | undefined;
  try {
    const threads = options.threads ?? DEFAULT_THREADS;
    for await (const event of start({ signal: interrupts.signal, threads })) {
      run.record(event);
      reporter.take(event);
      if (event.type === 'finished') finished = event;
    }
  } catch (error) {
    keepFailure(run, error);
    throw error;
  } finally {
    reporter.close();
    run.close();
    interrupts.release();
  }
  await conclude(run.path, training, finished!, options, interrupts);
  return finished!.status === 'interrupted' ? interrupts.code! : EXIT.success;
}

/** The last object of `train` and `resume`. `solved` of a run that was stopped is what its last evaluation found. */
export function printFinished(run: string, status: string, outcome: Outcome): void {
  const { episodes, hash, levels, seconds, updates } = outcome;
  const scores = status === 'finished' ? levels : lastEvaluation(run);
  const solved = scores.map((score) => score.solved);
  printJson({ event: 'finished', hash, solved, updates, seconds, run, status, episodes, levels });
}

async function conclude(
  run: string,
  { ownTask, task }: Training,
  finished: FinishedEvent,
  options: SessionOptions,
  interrupts: Interrupts,
): Promise<void> {
  if (interrupts.code === EXIT.closedPipe) return;
  const named = runArguments(run, options.task);
  if (options.json) printFinished(run, finished.status, finished);
  else if (finished.status === 'finished') {
    printReport(await openRun(run, ownTask ? task : undefined), { run, named }, finished);
  } else {
    print(`stopped after update ${finished.updates}, with a checkpoint; to go on:`);
    print(`  ${PROGRAM} resume ${named}`);
  }
}

function keepFailure(run: RunDirectory, error: unknown): void {
  try {
    run.fail({ error: error instanceof Error ? error.message : String(error) });
  } catch {
    // The disk that is full, say: the first error is the one to report.
  }
}

function lastEvaluation(run: string): readonly LevelScore[] {
  let last: readonly LevelScore[] = [];
  for (const line of readEvaluations(run)) last = (line as { levels: readonly LevelScore[] }).levels;
  return last;
}
