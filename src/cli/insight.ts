// `innerloop insight`: is it planning, is it memory, is it inside? A page with controls, and a verdict.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createLogUpdate } from 'log-update';
import { InnerloopError, lookUp } from '../core/errors.ts';
import { pageOf, pictureOf } from '../insight/report/page.ts';
import { criteriaOf, type InsightReport, reportAsJson } from '../insight/report/report.ts';
import { decimal, MARKS, range } from '../insight/report/words.ts';
import type { Verdict } from '../insight/section.ts';
import { SECTIONS, type SectionName } from '../insight/subject.ts';
import type { JudgedClaim } from '../insight/verdict.ts';
import { accelerate } from '../kernels/node.ts';
import { temporaryBeside, writeFileAtomic } from '../runs/atomic.ts';
import { onFile } from '../runs/fileErrors.ts';
import { checkpointPath, listCheckpoints, readCheckpoint, readRunInfo } from '../runs/readRun.ts';
import { type Insight, insight } from '../training/insight.ts';
import { integer } from './arguments.ts';
import { duration, table } from './format.ts';
import { taskNameOf } from './openRun.ts';
import { type Paint, painter, print, printJson } from './output.ts';
import { PROGRAM, quoted, runArguments } from './report.ts';
import { addTaskFile, taskOfRun } from './taskFile.ts';

const EXAMPLES = `
Examples:
  $ innerloop insight runs/expressions-default-seed0
  $ innerloop insight runs/calculator-default-seed0 --quick
  $ innerloop insight runs/expressions-default-seed0 --sections decode,causal --out pages/insight
  $ innerloop insight runs/expressions-default-seed0 --memoryless runs/expressions-no-memory-seed0
  $ innerloop insight runs/routes-default-seed0 --thinkers runs/routes-think-*
  $ innerloop insight runs/tutorial-default-seed0 --json | tail -1
  $ innerloop insight runs/bisection-default-seed0 --task ./bisection.ts

Asks what can be read from the agent's state ahead of time, whether that decides what it does, whether more computation
helps, whether each tool is needed, when all this came, and who gets the credit; always beside controls. Sections:
${SECTIONS.join(', ')}; emergence needs checkpoints of the run along its training.

Writes into the folder of --out: insight.html, a page that needs no network and no script; insight.json, the same for
programs; verdict.svg, a picture of it; data.safetensors and data.json, the states and labels behind it (24 MB at the
most), for an analysis of one's own.
The same run and seed give the same files to the byte. Ctrl-C leaves no file behind.`;

interface Options {
  readonly out?: string;
  readonly quick?: true;
  readonly sections?: readonly SectionName[];
  readonly seed?: number;
  readonly task?: string;
  readonly memoryless?: string;
  readonly thinkers?: readonly string[];
  readonly json?: true;
}

export function addInsight(program: Command): void {
  const command = program
    .command('insight')
    .summary('is it planning? a report with controls')
    .description('Asks with controls whether a trained agent plans, remembers and needs its tools, and writes a page.')
    .argument('<run>', 'the folder of a run, or one of its checkpoints');
  addTaskFile(command)
    .option('--out <folder>', 'where the files go (default: insight in the folder of the run)')
    .option('--quick', 'fewer problems and checkpoints: a first look, with wide intervals')
    .option('--sections <names>', 'only these, with commas between them (default: all)', sectionsOf)
    .option('--seed <number>', "decides which problems (default: the run's own)", integer('--seed', 0))
    .option('--memoryless <run>', 'a run of the same task trained without memory: one more control on memory')
    .option('--thinkers <runs...>', 'runs of the same task trained with thoughts, to be shown beside it')
    .option('--json', 'print one JSON object a line instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: Options) => {
      const out = outOf(run, options);
      accelerate();
      const checkpoints = checkpointsOf(run);
      const { main: name } = checkpoints;
      const bytes = readBytes(name);
      const task = await taskOfRun(run, taskNameOf(bytes, name), options.task);
      const json = options.json === true;
      const progress = json ? jsonProgress : lineProgress();
      const found = await insight(bytes, {
        name,
        ...(task && { task }),
        history: checkpoints.history.map((path) => () => readBytes(path)),
        quick: options.quick === true,
        ...(options.sections && { sections: options.sections }),
        ...(options.seed !== undefined && { seed: options.seed }),
        ...(options.memoryless && { memoryless: bytesOf(options.memoryless) }),
        ...(options.thinkers && { thinkers: options.thinkers.map(bytesOf) }),
        progress: progress.take,
      });
      progress.close();
      writeAll(out, filesOf(found, commandOf(run, options)));
      if (json) printJson(asJson(run, out, found.report));
      else printText(out, found.report);
    });
}

function sectionsOf(text: string): readonly SectionName[] {
  const table = Object.fromEntries(SECTIONS.map((name) => [name, name]));
  return text.split(',').map((name) => lookUp('section', name.trim(), table));
}

function commandOf(run: string, { memoryless, quick, sections, seed, task, thinkers }: Options): string {
  return [
    `${PROGRAM} insight ${runArguments(run, task)}`,
    ...(quick ? ['--quick'] : []),
    ...(sections ? [`--sections ${sections.join(',')}`] : []),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(memoryless ? [`--memoryless ${quoted(memoryless)}`] : []),
    ...(thinkers ? [`--thinkers ${thinkers.map(quoted).join(' ')}`] : []),
  ].join(' ');
}

/** Of a run's newest checkpoint, or of the checkpoint. */
const bytesOf = (path: string): Uint8Array => readBytes(checkpointsOf(path).main);

const readBytes = (path: string): Uint8Array => onFile(path, () => readFileSync(path));

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The checkpoint that is asked about, and those before it. @throws InnerloopError `file`. */
function checkpointsOf(path: string): { readonly main: string; readonly history: readonly string[] } {
  if (!isFile(path)) {
    readRunInfo(path);
    const { path: main, update } = readCheckpoint(path);
    return { main, history: earlier(path, update) };
  }
  const update = Number(/^(\d{6,})\.safetensors$/.exec(basename(path))?.[1] ?? Number.NaN);
  const run = dirname(dirname(resolve(path)));
  // A checkpoint in its run has others before it; one that was taken out stands alone.
  const home = Number.isFinite(update) && resolve(path) === resolve(checkpointPath(run, update));
  return { main: path, history: home ? earlier(run, update) : [] };
}

const earlier = (run: string, update: number): readonly string[] =>
  listCheckpoints(run)
    .filter((one) => one < update)
    .map((one) => checkpointPath(run, one));

/** @throws InnerloopError where nothing can be written there, before anything is measured. */
function outOf(run: string, { out }: Options): string {
  const folder = out ?? (isFile(run) ? join(dirname(run), 'insight') : join(run, 'insight'));
  const refuse = (received: string) => {
    throw new InnerloopError({ kind: 'invalid', what: '--out', expected: 'a folder to write into', received });
  };
  if (folder === '') refuse("''");
  if (isFile(folder)) refuse(`the file ${folder}`);
  return folder;
}

type Files = Readonly<Record<string, string | Uint8Array>>;

const filesOf = ({ data, report }: Insight, command: string): Files => ({
  'data.safetensors': data.tensors,
  'data.json': data.about,
  'insight.json': reportAsJson(report),
  'verdict.svg': pictureOf(report),
  'insight.html': pageOf(report, command),
});

/** All files or, in a new folder, none. No signal comes between them: they are written in one go. */
function writeAll(folder: string, files: Files): void {
  const write = (to: string) => {
    for (const [name, contents] of Object.entries(files)) writeFileAtomic(join(to, name), contents);
  };
  const hold = () => {};
  process.on('SIGINT', hold);
  process.on('SIGTERM', hold);
  try {
    if (existsSync(folder)) write(folder);
    else {
      const temporary = temporaryBeside(folder);
      onFile(folder, () => mkdirSync(temporary, { recursive: true }));
      try {
        write(temporary);
        onFile(folder, () => renameSync(temporary, folder));
      } finally {
        rmSync(temporary, { recursive: true, force: true });
      }
    }
  } finally {
    process.off('SIGINT', hold);
    process.off('SIGTERM', hold);
  }
}

interface ProgressLine {
  readonly take: (done: number, what: string) => void;
  readonly close: () => void;
}

/** Between two lines on a terminal. */
const REDRAW_MILLISECONDS = 100;

function lineProgress(): ProgressLine {
  const draw = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  const begun = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    take(done, what) {
      const now = performance.now();
      if (!draw || now - drawn < REDRAW_MILLISECONDS) return;
      drawn = now;
      const left = done > 0.02 ? `, about ${duration(((now - begun) / 1000) * (1 / done - 1))} left` : '';
      draw(`${String(Math.floor(100 * done)).padStart(3)} %  ${what}${left}`);
    },
    close: () => draw?.clear(),
  };
}

let toldPercent = -1;
const jsonProgress: ProgressLine = {
  take(done, what) {
    const percent = Math.floor(100 * done);
    if (percent === toldPercent) return;
    toldPercent = percent;
    printJson({ event: 'progress', done, what });
  },
  close: () => {},
};

const asJson = (run: string, out: string, report: InsightReport): object => ({
  event: 'insight',
  run,
  out,
  page: join(out, 'insight.html'),
  hash: report.agent.hash,
  update: report.agent.update,
  seed: report.seed,
  claims: Object.fromEntries(report.claims.map(({ name, verdict }) => [name, verdict])),
  criteria: criteriaOf(report),
});

const COLOURS = { met: 'green', 'not met': 'red', 'cannot be told': 'yellow' } as const;

const painted = (verdict: Verdict, paint: Paint): string => paint(COLOURS[verdict], `${MARKS[verdict]} ${verdict}`);

function printText(out: string, report: InsightReport): void {
  const paint = painter();
  const { agent, claims, summary } = report;
  print(paint('bold', `Is it planning? ${agent.task}, preset ${agent.preset}, after update ${agent.update}`));
  print();
  const rows = criteriaOf(report).map((one) => [
    one.id,
    painted(one.verdict, paint),
    decimal(one.number),
    decimal(one.control.number),
    decimal(one.selectivity?.number),
    range(one.selectivity?.interval ?? one.interval),
    paint('dim', one.number === null ? '' : one.control.name),
  ]);
  const header = ['criterion', 'verdict', '>number', '>control', '>above it', '>95 %', 'control'];
  print(table(header, rows, '  '));
  print();
  print(
    table(
      ['claim', 'verdict', 'decided by'],
      claims.map((claim) => claimRow(claim, paint)),
      '  ',
    ),
  );
  print();
  print(summary);
  print();
  print(`page  ${join(out, 'insight.html')}`);
}

const claimRow = ({ against, by, name, open, verdict }: JudgedClaim, paint: Paint): string[] => {
  const decided = { met: by, 'not met': against, 'cannot be told': open };
  return [name, painted(verdict, paint), paint('dim', decided[verdict].join(', '))];
};
