// `innerloop results`: a suite of configurations and seeds, trained over all cores, as a page with intervals.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InnerloopError } from '../core/errors.ts';
import { accelerate } from '../kernels/node.ts';
import { failures } from '../results/collect.ts';
import { readSuite, type Trained, trainSuite, writeReport } from '../results/runSuite.ts';
import { parseSuite, type Suite } from '../results/suite.ts';
import { onFile } from '../runs/fileErrors.ts';
import { integer } from './arguments.ts';
import { EXIT } from './failure.ts';
import { duration, percent, plural, table } from './format.ts';
import { listenForInterrupts } from './interrupts.ts';
import { painter, print, printJson, whenOutputCloses } from './output.ts';
import { PROGRAM, quoted } from './report.ts';
import { suiteReporter } from './suiteReporter.ts';
import { VERSION } from './version.ts';

const EXAMPLES = `
Examples:
  $ innerloop results                         the suites that ship
  $ innerloop results recipe                  train one and write docs/results/recipe/
  $ innerloop results recipe --report         write the page anew from what is trained, training nothing
  $ innerloop results mine.json --workers 2 --out pages/mine

mine.json:
  { "name": "mine", "about": "Does a lower rate help?", "seeds": [0, 4], "parts": [{
      "name": "calculator", "title": "Calculator", "task": "calculator", "entries": [
        { "name": "default" },
        { "name": "half", "settings": { "optimiser": { "rate": 0.001 } }, "budget": { "episodes": 100000 } }] }] }

A budget is one of updates, episodes and seconds. Seconds become updates by a pilot: whole trainings of seeds 1000 to 1002,
in processor time. All seeds then train for that many updates, and the page tells their real seconds.
Entries with one "group" are compared as one, task by task.

Every run has its folder below --runs. Ctrl-C, kill -9 and power cuts lose nothing but time: the same command goes on,
and no finished run is trained again. Exit codes: 0 done, 1 a run failed, 2 bad input, 130 Ctrl-C, 143 SIGTERM.`;

/** Of the package, whether it runs from \`src\` or from \`dist\`. */
const SUITES = fileURLToPath(new URL('../../bench/results/', import.meta.url));

interface ResultsOptions {
  readonly workers?: number;
  readonly runs?: string;
  readonly out?: string;
  readonly report?: true;
  readonly json?: true;
}

export function addResults(program: Command, end: (code: number) => void): void {
  program
    .command('results')
    .summary('train a suite of configurations over seeds and write its page')
    .description(
      'Trains a suite of configurations over seeds, on all cores, and writes tables and pictures with intervals.',
    )
    .argument('[suite]', 'the name of a suite that ships, or the path of a file of your own; none lists them')
    .option('--workers <number>', 'runs at a time (default: as many as there are cores)', integer('--workers', 1, 256))
    .option('--runs <folder>', 'where the runs live (default: runs/results/<suite>)')
    .option('--out <folder>', 'where the page goes (default: docs/results/<suite>)')
    .option('--report', 'train nothing: write the page from what is trained')
    .option('--json', 'print one JSON object a line instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, options: ResultsOptions) => {
      if (name === undefined) listSuites(options.json === true);
      else end(await results(name, options));
    });
}

async function results(name: string, options: ResultsOptions): Promise<number> {
  const suite = readSuiteFile(name);
  accelerate();
  const json = options.json === true;
  const folder = options.runs ?? join('runs', 'results', suite.name);
  const out = options.out ?? join('docs', 'results', suite.name);
  const trained = options.report ? undefined : await trainWatched(suite, folder, options);
  if (trained?.interrupted) return trained.code;
  const found = trained?.results ?? readSuite(suite, folder, VERSION);
  const page = writeReport(suite, found, out, `${PROGRAM} results ${quoted(name)}`);
  const missing = found.filter(({ status }) => status === 'missing');
  const diverged = found.filter(({ status }) => status === 'diverged');
  if (json) {
    const failed = [...missing, ...diverged].map(({ reason, run: { entry, part, seed }, status }) => {
      return { part: part.name, entry: entry.name, seed, status, reason };
    });
    printJson({ event: 'finished', page, runs: found.length, missing: missing.length, failed, usage: trained?.usage });
  } else {
    for (const line of failures(found, 'missing')) print(`missing: ${line}`);
    for (const line of failures(found, 'diverged')) print(`diverged: ${line}`);
    if (trained?.usage) print(usageLine(trained.usage, workersOf(options)));
    print(`${plural(found.length - missing.length, 'run')} of ${found.length}; the page: ${page}`);
  }
  return missing.length > 0 && !options.report ? EXIT.failure : EXIT.success;
}

const workersOf = ({ workers }: ResultsOptions): number => workers ?? availableParallelism();

/** @returns what came of it, and the exit code where it was stopped. */
async function trainWatched(
  suite: Suite,
  folder: string,
  options: ResultsOptions,
): Promise<Trained & { code: number }> {
  const reporter = suiteReporter(options.json === true);
  const interrupts = listenForInterrupts(() => reporter.stopping());
  whenOutputCloses(() => interrupts.stop(EXIT.closedPipe));
  const workers = workersOf(options);
  try {
    const { signal } = interrupts;
    const trained = await trainSuite(suite, {
      ...{ folder, workers, signal, version: VERSION },
      tell: (event) => reporter.take(event),
    });
    reporter.close();
    const finished = trained.results.filter(({ status }) => status !== 'missing').length;
    if (trained.interrupted && interrupts.code !== EXIT.closedPipe) reporter.stopped(finished, trained.results.length);
    return { ...trained, code: interrupts.code ?? EXIT.success };
  } finally {
    reporter.close();
    interrupts.release();
  }
}

function usageLine({ busy, processor, seconds }: NonNullable<Trained['usage']>, workers: number): string {
  const share = `had a run in hand ${percent(busy)} of the time`;
  return `${duration(seconds)} on ${plural(workers, 'worker')}, which ${share} and used ${duration(processor)} of processor time`;
}

/** A suite that ships, by name, or a file. */
function readSuiteFile(name: string): Suite {
  const isPath = name.endsWith('.json') || /[/\\]/.test(name);
  const path = isPath ? name : join(SUITES, `${name}.json`);
  if (!isPath && !existsSync(path)) {
    throw new InnerloopError({ kind: 'unknownName', what: 'suite', received: name, known: shipped() });
  }
  return parseSuite(
    onFile(path, () => readFileSync(path, 'utf8')),
    path,
  );
}

const shipped = (): string[] =>
  readdirSync(SUITES)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();

function listSuites(json: boolean): void {
  const paint = painter();
  const suites = shipped().map((name) => readSuiteFile(name));
  if (json) {
    for (const { about, name, parts, seeds } of suites) {
      const entries = parts.flatMap((part) => part.entries.map((entry) => `${part.name}/${entry.name}`));
      printJson({ event: 'suite', name, about, seeds, entries });
    }
    return;
  }
  const rows = suites.map(({ about, name, parts, seeds }) => {
    const entries = parts.reduce((all, part) => all + part.entries.length, 0);
    return [name, String(entries), `${seeds[0]}–${seeds[1]}`, about];
  });
  print(paint('bold', 'Suites'));
  print(table(['suite', '>configurations', '>seeds', ''], rows, '  '));
  print();
  print(`  ${PROGRAM} results ${suites[0]?.name ?? '<suite>'}`);
}
