// `innerloop audit`: what is wrong with a task before any training.

import type { Command } from 'commander';
import { createLogUpdate } from 'log-update';
import type { LevelFigures, Reached } from '../evaluation/audit/figures.ts';
import type { Finding, Severity } from '../evaluation/audit/findings.ts';
import { accelerate } from '../kernels/node.ts';
import { type AuditEvent, audit } from '../training/audit.ts';
import { collect, integer } from './arguments.ts';
import { EXIT } from './failure.ts';
import { count, percent, plural, table } from './format.ts';
import { type Paint, painter, print, printJson } from './output.ts';
import type { Settings } from './settings.ts';
import { taskInput } from './taskFile.ts';

const EXAMPLES = `
Examples:
  $ innerloop audit tutorial                          every defect of the published system, with its number
  $ innerloop audit calculator --strict               exit code 1 if there is a flaw
  $ innerloop audit expressions --set task.options.memory=none
  $ innerloop audit countdown --tries 4000 --json
  $ innerloop audit ./bisection.ts                    a task of your own: what the file exports

Asks before any training: does whoever earns the most solve the problem; can the target be reached; how far does one get
with a fixed program, which sees nothing; do problems that look the same have different answers; is anything held out;
and does an untrained agent of the preset see its problem.

Where a level's problems and programs can be listed, all programs are played on all problems and the figures are exact.
Elsewhere they are the best of a search with a budget (--programs, --tries), lower bounds, and are marked with a ≥.
Where the machine shows something, memoryless is a player that sees the step and what is shown at the moment, and neither
the context nor anything before.

A flaw: the task is not what it says. A caution: it may not ask for what is meant. A note: good to know.
Exit codes: 0 done, whatever was found; 1 with --strict, if there is a flaw; 2 bad input.`;

interface Options extends Settings {
  readonly programs?: number;
  readonly tries?: number;
  readonly strict?: true;
  readonly json?: true;
}

export function addAudit(program: Command, end: (code: number) => void): void {
  program
    .command('audit')
    .summary('find what is wrong with a task before training')
    .description('Finds what is wrong with a task before any training, each finding with its number and a hint.')
    .argument('[task]', 'see `innerloop tasks`, or a file that exports one of your own (default: calculator)')
    .option('--preset <name>', 'whose task options and agent are meant (default: default)')
    .option('--set <path=value>', 'change one setting; may be given several times', collect)
    .option('--config <file>', 'settings from a JSON file; flags win over it')
    .option(
      '--programs <number>',
      'programs that differ, up to which all are tried (default: 20000)',
      integer('--programs', 1, 1_000_000),
    )
    .option('--tries <number>', 'tries of a search (default: 1000)', integer('--tries', 1, 1_000_000))
    .option('--strict', 'exit with 1 if there is a flaw')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (task: string | undefined, options: Options) => {
      const { json, programs, strict, tries, ...settings } = options;
      const { input } = await taskInput({ ...settings, ...(task !== undefined && { task }) });
      accelerate();
      const budget = { ...(programs !== undefined && { programs }), ...(tries !== undefined && { tries }) };
      const { audited, started } = await follow(audit(input, budget));
      const { findings, levels } = audited;
      const flaws = findings.filter(({ severity }) => severity === 'flaw').length;
      if (json) printJson({ event: 'audited', task: started.task, preset: started.preset, flaws, findings, levels });
      else printText(started, levels, findings);
      if (strict && flaws > 0) end(EXIT.failure);
    });
}

type Of<T extends AuditEvent['type']> = Extract<AuditEvent, { readonly type: T }>;

/** The first and the last of an audit's events; what lies between is shown on a terminal while it lasts. */
async function follow(events: AsyncIterable<AuditEvent>) {
  const draw = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  let started: Of<'started'> | undefined;
  let audited: Of<'audited'> | undefined;
  for await (const event of events) {
    if (event.type === 'started') {
      started = event;
      draw?.(`0 of ${plural(event.levels, 'level')}`);
    } else if (event.type === 'level') draw?.(`${event.done} of ${plural(event.of, 'level')}`);
    else audited = event;
  }
  draw?.clear();
  return { started: started!, audited: audited! };
}

function printText(
  { preset, task }: Of<'started'>,
  levels: readonly LevelFigures[],
  findings: readonly Finding[],
): void {
  const paint = painter();
  print(paint('bold', `Audit of ${task}, preset ${preset}, before any training`));
  print();
  print(figuresTable(levels));
  for (const line of legend(levels)) print(paint('dim', `  ${line}`));
  for (const finding of findings) {
    print();
    printFinding(finding, paint);
  }
  print();
  print(summary(findings, paint));
}

function figuresTable(levels: readonly LevelFigures[]): string {
  const watched = levels.some(({ memoryless }) => memoryless !== undefined);
  const rows = levels.map((figures) => {
    const { blind, ceilings, fixed, inSight, memoryless, name, problems } = figures;
    const bound = fixed.method.kind === 'search' ? '≥ ' : '';
    const drawn = problems.all ? '' : '~';
    const moment = memoryless && [
      `${found(memoryless.bestSolved)}${drawn}${percent(memoryless.bestSolved.solved)}`,
      `${found(memoryless.bestReward)}${drawn}${memoryless.bestReward.reward.toFixed(3)}`,
    ];
    const taught = inSight.method.kind === 'taught' ? ' (taught)' : '';
    const memory = Object.entries(ceilings).map(([what, share]) => `${what} ${drawn}${percent(share)}`);
    return [
      name,
      `${drawn}${count(problems.count)}`,
      bound + drawn + percent(fixed.bestSolved.solved),
      bound + drawn + fixed.bestReward.reward.toFixed(3),
      percent(fixed.bestReward.solved),
      ...(watched ? (moment ?? ['–', '–']) : []),
      `${inSight.method.kind === 'search' && inSight.solved < 1 ? '≥ ' : ''}${drawn}${percent(inSight.solved)}${taught}`,
      memory.length > 0 ? memory.join(', ') : blind ? `context ${percent(blind.solved)}` : lack(figures),
    ];
  });
  const fixed = ['>fixed program', '>highest reward', '>which solves'];
  const header = [
    'level',
    '>problems',
    ...fixed,
    ...(watched ? ['>memoryless', '>earns'] : []),
    '>in sight',
    'without',
  ];
  return table(header, rows, '  ');
}

const found = ({ method }: Reached): string => (method.kind === 'exact' ? '' : '≥ ');

/** What the table's marks mean, with the budgets of the searches behind them. */
function legend(levels: readonly LevelFigures[]): string[] {
  const told = new Set<string>();
  const sights = Math.max(...levels.map(({ inSight }) => inSight.searched?.problems ?? 0));
  for (const { fixed, inSight, memoryless } of levels) {
    if (fixed.method.kind === 'search') told.add(`${count(fixed.method.tries)} tries for fixed programs`);
    const { method } = memoryless?.bestReward ?? {};
    if (method?.kind === 'search') told.add(`${count(method.tries)} for those without memory`);
    if (method?.kind === 'stepwise') told.add(`without memory the best of each step on ${method.problems} others`);
    if (inSight.searched) {
      told.add(
        `${plural(inSight.searched.width, 'state')} of each length in sight of a problem, ${plural(sights, 'problem')} at the most`,
      );
    }
  }
  const budget = told.size > 0 ? ` (${[...told].join('; ')})` : '';
  const taught = levels.some(({ inSight }) => inSight.method.kind === 'taught');
  return [
    `≥: the best of a search, a lower bound${budget}`,
    `~: over problems that were drawn${taught ? '; (taught): by the task’s own teacher' : ''}; else exact`,
  ];
}

/** What a fixed program reaches without each of the tools that it misses, where all programs were tried. */
function lack({ fixed, without }: LevelFigures): string {
  const missed = without.filter((ablation) => ablation.fixed < fixed.bestSolved.solved);
  return missed.length > 0 ? missed.map((one) => `${one.tool} ${percent(one.fixed)}`).join(', ') : '–';
}

const COLOURS: Readonly<Record<Severity, 'red' | 'yellow' | 'cyan'>> = { flaw: 'red', caution: 'yellow', note: 'cyan' };

function printFinding({ details, hint, severity, title }: Finding, paint: Paint): void {
  print(`${paint(COLOURS[severity], severity.padEnd(7))}  ${title}`);
  for (const { level, text } of details) print(`         ${level === undefined ? '' : `${level}: `}${text}`);
  print(paint('dim', `         → ${hint}`));
}

function summary(findings: readonly Finding[], paint: Paint): string {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const [flaws, cautions, notes] = [of('flaw'), of('caution'), of('note')];
  if (flaws + cautions + notes === 0) return `${paint('green', 'passed')}: nothing was found`;
  const counts = [plural(flaws, 'flaw'), plural(cautions, 'caution'), plural(notes, 'note')];
  return flaws === 0 ? `${paint('green', 'passed')}: ${counts.join(', ')}` : counts.join(', ');
}
