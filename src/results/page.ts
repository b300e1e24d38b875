// A suite's results as a page of Markdown.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { average } from '../evaluation/aggregates.ts';
import { markdownTable } from '../formats/tables.ts';
import { commandOf } from '../training/command.ts';
import { type Group, type PartAnalysis, present, type Stratum, scoreOf } from './analysis.ts';
import { budgetWords } from './budgets.ts';
import { ceilingWords } from './ceilings.ts';
import { failures, type RunResult } from './collect.ts';
import type { Figure } from './figure.ts';
import { trainedOn } from './hosts.ts';
import { type Estimated, RESAMPLES } from './intervals.ts';
import { regretPage } from './regretPage.ts';
import type { Part, Suite } from './suite.ts';

export interface PageInput {
  readonly suite: Suite;
  readonly parts: readonly { readonly analysis: PartAnalysis; readonly figures: readonly Figure[] }[];
  readonly results: readonly RunResult[];
  /** `npx innerloop results recipe` */
  readonly command: string;
}

/** A run solves a level when it solves at least this share of its test problems. */
const SOLVED = 0.995;

export function pageOf({ command, parts, results, suite }: PageInput): string {
  const missing = results.filter(({ status }) => status === 'missing');
  return [
    `# ${suite.name}`,
    suite.about,
    ...(suite.shows === undefined ? [] : [`**What it shows.** ${suite.shows}`]),
    ...(missing.length > 0 ? [incomplete(results, missing.length)] : []),
    `\`\`\`sh\n${command}\n\`\`\``,
    `${trainedOn(results)} Scores are of fresh problems of the test split, played greedily. Interquartile means, 95 % percentile intervals by a stratified bootstrap over runs (${RESAMPLES.toLocaleString('en-US')} resamples, the same whenever the page is made), performance profiles and P(X > Y) are those of Agarwal et al. (2021) and rliable; with few seeds such intervals are rather too narrow. Seconds are of processor time, evaluations included.`,
    ...parts.flatMap(({ analysis, figures }) => partPage(analysis, figures, command)),
  ]
    .join('\n\n')
    .concat('\n');
}

function incomplete(results: readonly RunResult[], missing: number): string {
  const what = `**Incomplete:** ${missing} of ${results.length} runs are missing, and count for nothing here.`;
  return [what, '', ...failures(results, 'missing').map((line) => `- ${line}`)].join('\n');
}

function partPage({ groups, improvements, part }: PartAnalysis, figures: readonly Figure[], command: string): string[] {
  const results = groups.flatMap(({ strata }) => strata.flatMap((stratum) => stratum.results));
  const digest = fingerprint(results);
  const names = strataNames(groups);
  return [
    `## ${part.title}`,
    ...(part.about === undefined ? [] : [part.about]),
    scoreTable(groups, part),
    ...budgetWords(results),
    ...clippedWords(results),
    ...names.flatMap((name) => [
      `### Each level${names.length > 1 ? ` of ${name}` : ''}`,
      levelTable(groups, name, part),
    ]),
    ...regretPage(groups),
    ...(improvements.length > 0
      ? [
          `### Probability of improvement over ${improvements[0]!.over}`,
          markdownTable(
            ['group', '>P(X > Y)', '>95 % interval'],
            improvements.map(({ group, probability: { high, low, value } }) => [
              group,
              value.toFixed(2),
              Number.isFinite(low) ? `${low.toFixed(2)} – ${high.toFixed(2)}` : '–',
            ]),
          ),
        ]
      : []),
    ...figures.map(
      ({ alt, caption, file }) =>
        `![${alt}](${file})\n\n<sub>${caption} \`${command}\`, parameters \`${digest}\`</sub>`,
    ),
    '### Every run',
    'The command of a run, with its seed in place of N; the hash is the SHA-256 of its parameters (whole in runs.csv), and that of a figure is the SHA-256 of these hashes, a line each.',
    entryTable(results),
    runTable(results, part),
    '### What the monitors said',
    warningsOf(results),
  ];
}

/** Of all runs of a part: changes when any parameter of any of them does. */
export const fingerprint = (results: readonly RunResult[]): string =>
  bytesToHex(sha256(utf8ToBytes(results.map(({ outcome, status }) => `${outcome?.hash ?? status}\n`).join('')))).slice(
    0,
    12,
  );

const strataNames = (groups: readonly Group[]): string[] => [
  ...new Set(groups.flatMap(({ strata }) => strata.map(({ name }) => name))),
];

const show = (value: number, { measure }: Part): string =>
  measure === 'solved' ? (100 * value).toFixed(1) : value.toFixed(3);

const withInterval = ({ high, low, value }: Estimated, part: Part): string =>
  `${show(value, part)} ${Number.isFinite(low) ? `[${show(low, part)} – ${show(high, part)}]` : '–'}`;

const unit = ({ measure }: Part): string => (measure === 'solved' ? 'solved, %' : 'reward');

function scoreTable(groups: readonly Group[], part: Part): string {
  const abouts = groups.some(({ about }) => about !== undefined);
  const header = [
    `${unit(part)}${part.levels ? ` (${part.levels.join(', ')})` : ' (mean over levels)'}`,
    ...['>interquartile mean', '>mean', '>median', '>optimality gap'],
    ...(part.measure === 'solved' ? ['>runs that solve every level (≥ 99.5 %)'] : []),
    ...['>seconds, median', ...(abouts ? ['what it is'] : [])],
  ];
  const rows = groups.map(({ about, name, statistics, strata }) => {
    const all = strata.flatMap(present);
    const numbers = statistics
      ? [...[statistics.iqm, statistics.mean, statistics.median, statistics.gap].map((one) => withInterval(one, part))]
      : ['–', '–', '–', '–'];
    const seconds = statistics && Number.isFinite(statistics.seconds) ? statistics.seconds.toFixed(1) : '–';
    const whole = part.measure === 'solved' ? [solvedAll(all)] : [];
    return [name, ...numbers, ...whole, seconds, ...(abouts ? [about ?? ''] : [])];
  });
  return markdownTable(header, rows);
}

/** `4 of 5 (not 3)` */
function solvedAll(results: readonly RunResult[]): string {
  if (results.length === 0) return '–';
  const failed = results.filter(({ outcome }) => !outcome?.levels.every(({ solved }) => solved >= SOLVED));
  const seeds = failed.map(({ run }) => run.seed);
  const list = failed.length > 0 && failed.length < results.length ? ` (not ${seeds.join(', ')})` : '';
  return `${results.length - failed.length} of ${results.length}${list}`;
}

/** A column a level, by its name; a line a level where groups play levels of other names. */
function levelTable(groups: readonly Group[], name: string, part: Part): string {
  const strata = groups.flatMap((group): [string, Stratum][] => {
    const stratum = group.strata.find((one) => one.name === name);
    return stratum ? [[group.name, stratum]] : [];
  });
  const rows = strata.flatMap(([group, { levels, perLevel }]) => {
    const cells = levels.map((_, level) => (perLevel[level] ? withInterval(perLevel[level], part) : '–'));
    return { name: group, levels, cells };
  });
  const ceilings = new Map<string, { readonly levels: readonly string[]; readonly cells: readonly string[] }>();
  for (const [group, { ceilings: known, levels }] of strata) {
    for (const { about, levels: bounds } of known.test) {
      const cells = bounds.map((value) => (value === null ? '' : show(value, part)));
      const key = `*${about}*`;
      const before = ceilings.get(key);
      // The same for all groups that play the same problems; told apart where they do not.
      const other = before && [before.levels, before.cells].join() !== [levels, cells].join();
      ceilings.set(other ? `${key} (${group})` : key, { levels, cells });
    }
  }
  const all = [...rows, ...[...ceilings].map(([key, ceiling]) => ({ name: key, ...ceiling }))];
  const names = [...new Set(rows.flatMap(({ levels }) => levels))];
  const words = ceilingWords(
    strata.flatMap(([, stratum]) => stratum.ceilings.test),
    'of these tests',
  );
  const alike = names.length === Math.max(...rows.map(({ levels }) => levels.length));
  const table = alike
    ? markdownTable(
        [unit(part), ...names.map((level) => `>${level}`)],
        all.map(({ cells, levels, name: of }) => [of, ...names.map((level) => cells[levels.indexOf(level)] ?? '–')]),
      )
    : markdownTable(
        ['group', 'level', `>${unit(part)}`],
        all.flatMap(({ cells, levels, name: of }) => levels.map((level, i) => [of, level, cells[i]!])),
      );
  return words === '' ? table : `${table}\n\n<sub>${words}</sub>`;
}

/** How often ratios were clipped, of the entries whose algorithm would. */
function clippedWords(results: readonly RunResult[]): string[] {
  const entries = [...new Set(results.map(({ run }) => run.entry.name))].flatMap((name) => {
    const shares = results.flatMap(({ clipped, run }) => (run.entry.name === name ? (clipped ?? []) : []));
    return shares.length > 0 ? [`${name} ${(100 * average(shares)).toPrecision(2)} %`] : [];
  });
  if (entries.length === 0) return [];
  return [`Tokens whose ratio was clipped, mean over updates and runs: ${entries.join(', ')}.`];
}

function entryTable(results: readonly RunResult[]): string {
  const commands = new Map(results.map(({ run }) => [run.entry.name, commandOf(run.config, 'N')]));
  return markdownTable(
    ['entry', 'command'],
    [...commands].map(([name, command]) => [name, `\`${command}\``]),
  );
}

function runTable(results: readonly RunResult[], part: Part): string {
  const rows = results.map((result) => {
    const { outcome, reason, run, status } = result;
    const how = status === 'finished' ? '' : `**${status}**: ${reason}`;
    return [
      run.entry.name,
      String(run.seed),
      status === 'missing' ? '–' : show(scoreOf(result, part), part),
      outcome?.levels.map((level) => show(level[part.measure], part)).join(' ') ?? '–',
      outcome ? String(outcome.updates) : '–',
      outcome ? outcome.seconds.toFixed(1) : '–',
      outcome ? `\`${outcome.hash.slice(0, 12)}\`` : how,
    ];
  });
  return markdownTable(['entry', '>seed', `>${unit(part)}`, '>by level', '>updates', '>seconds', 'parameters'], rows);
}

/** Each kind of warning with the seeds that it was told of, or that there was none. */
export function warningsOf(results: readonly RunResult[]): string {
  const watched = results.filter(({ warnings }) => warnings);
  const unknown = results.length - watched.length;
  const without = unknown > 0 ? ` (of ${unknown} of ${results.length} runs nothing is kept)` : '';
  const rows = new Map<
    string,
    { readonly cells: readonly string[]; readonly message: string; readonly seeds: Set<number> }
  >();
  for (const { run, warnings } of watched) {
    for (const { kind, level, message, severity } of warnings!) {
      const cells = [run.entry.name, severity ?? 'warning', kind ?? 'other', level ?? ''];
      const known = rows.get(cells.join()) ?? { cells, message, seeds: new Set<number>() };
      rows.set(cells.join(), known);
      known.seeds.add(run.seed);
    }
  }
  if (rows.size === 0) return watched.length > 0 ? `Nothing${without}.` : 'Nothing is kept of these runs.';
  const table = markdownTable(
    ['entry', 'severity', 'kind', 'level', 'seeds', 'the first of them'],
    [...rows.values()].map(({ cells, message, seeds }) => [...cells, [...seeds].join(', '), message]),
  );
  return unknown > 0 ? `${table}\n\nOf ${unknown} of ${results.length} runs nothing is kept.` : table;
}
