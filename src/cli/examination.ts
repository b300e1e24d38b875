// What an examination found, as tables for people and as one object for programs.

import { createLogUpdate } from 'log-update';
import type { Examined, SampleScore, SetScore } from '../evaluation/examination.ts';
import type { Mean, Share } from '../evaluation/shares.ts';
import type { Interval } from '../evaluation/statistics.ts';
import type { Level, Task } from '../tasks/task.ts';
import { percent, table } from './format.ts';
import type { Paint } from './output.ts';

type OfSet = Extract<Examined, { kind: 'set' }>;

/** The parts of an examination by what they are. */
export interface Findings {
  /** Trained levels of each set, the test split's first. */
  readonly sets: readonly (readonly OfSet[])[];
  /** Levels beyond those of training. */
  readonly beyond: readonly OfSet[];
  readonly samples: readonly SampleScore[];
}

/** Draws all of `parts`, telling a terminal how far it is. */
export function follow(parts: Iterable<Examined>, levels: readonly Level[]): Findings {
  const stream = process.stderr;
  const draw = stream.isTTY ? createLogUpdate(stream) : undefined;
  const byName = new Map<string, OfSet[]>();
  const beyond: OfSet[] = [];
  const samples: SampleScore[] = [];
  for (const part of parts) {
    const { done, of, score } = part;
    const what = part.kind === 'set' ? part.set : 'several programs a problem';
    draw?.(`${done} of ${of}   ${what}   ${levels[score.level]!.name}`);
    if (part.kind === 'samples') samples.push(part.score);
    else if (part.heldOut === 'level') beyond.push(part);
    else byName.set(part.set, [...(byName.get(part.set) ?? []), part]);
  }
  draw?.clear();
  return { sets: [...byName.values()], beyond, samples };
}

const named = (levels: readonly Level[], score: SetScore | SampleScore) => ({
  name: levels[score.level]!.name,
  ...score,
});

/** What `--json` adds for a task with a study. */
export function findingsAsJson({ beyond, samples, sets }: Findings, levels: readonly Level[]): object {
  const ofLevel = ({ heldOut, score }: OfSet) => ({ heldOut, ...named(levels, score) });
  return {
    sets: sets.map((parts) => ({ set: parts[0]!.set, about: parts[0]!.about, levels: parts.map(ofLevel) })),
    beyond: beyond.map(ofLevel),
    samples: samples.map((score) => named(levels, score)),
  };
}

/** `98.5 [96.1 – 99.4]`, in percent. */
function estimate(share: number, { low, high }: Interval): string {
  const show = (value: number) => (Number.isFinite(value) ? (100 * value).toFixed(1) : '?');
  return `${percent(share).replace(' %', '')} [${show(low)} – ${show(high)}]`;
}

const ofShare = (share: Share | undefined): string =>
  share === undefined || share.problems === 0 ? '–' : estimate(share.share, share.interval);

function ofMargin({ interval, mean }: SetScore['ceilings'][string]['margin']): string {
  const show = (value: number) => `${value < 0 ? '−' : '+'}${(100 * Math.abs(value)).toFixed(1)}`;
  return `${show(mean)} [${show(interval.low)} – ${show(interval.high)}]`;
}

function ofMean(value: Mean | null): string {
  if (value === null) return '–';
  const { interval, mean } = value;
  return `${mean.toFixed(3)} [${interval.low.toFixed(3)} – ${interval.high.toFixed(3)}]`;
}

/** All tables, in percent with 95 % intervals. */
export function findingsAsText(findings: Findings, task: Task, levels: readonly Level[], paint: Paint): string {
  const { beyond, samples, sets } = findings;
  const own = sets[0] ?? [];
  const blocks: string[] = [];
  const block = (title: string, body: string) => blocks.push(`${paint('bold', title)}\n${body}`);
  const name = ({ level }: { readonly level: number }) => levels[level]!.name;
  if (own.length > 0) {
    const rows = own.map(({ score }, i) => [
      name(score),
      ...sets.map((parts) => estimate(parts[i]!.score.solved, parts[i]!.score.interval)),
    ]);
    const solved = table(['level', ...sets.map((parts) => `>${parts[0]!.set}`)], rows, '  ');
    block('Solved exactly, %', [solved, ...sets.map((parts) => paint('dim', note(parts, levels)))].join('\n'));
    block(`The same ${own[0]!.set} by what they ask for, % solved`, groupTable(own, name));
    const ceilings = ceilingTable(own, name);
    if (ceilings) block('Against ceilings on the same problems, and the shortest programs', ceilings);
    if (own[0]!.score.baselines.length > 0) {
      const players = own[0]!.score.baselines.map((one) => paint('dim', `  ${one.name}: ${one.about}`));
      const body = [playerTable(own, name), ...players].join('\n');
      block(`Beside players without learning on the same ${own[0]!.set}, % solved`, body);
    }
    const { regret } = task.study!;
    if (regret) {
      const body = [regretTable(own, name), paint('dim', `  ${regret.about}`)].join('\n');
      block(`Regret on the same ${own[0]!.set}: cost beyond the least, relative to it`, body);
      if (regret.end !== undefined) block(`Share ${regret.end}, %, and the regret of those alone`, endTable(own, name));
    }
  }
  if (samples.length > 0) {
    const { samples: k } = samples[0]!;
    block(`${k} programs a problem, drawn from the policy, % solved`, sampleTable(samples, name));
  }
  if (beyond.length > 0) {
    const trained = task.levels.at(-1)!.name;
    const tables = [groupTable(beyond, name, true), ceilingTable(beyond, name)];
    const body = tables.filter((one) => one !== undefined).join('\n\n');
    block(`Beyond ${trained}, on levels that training never saw, % solved`, body);
  }
  return blocks.join('\n\n');
}

/** What a column's numbers are for. */
function note(parts: readonly OfSet[], levels: readonly Level[]): string {
  const { about, set } = parts[0]!;
  const held = parts.some(({ heldOut }) => heldOut !== null);
  const open = parts.filter(({ heldOut }) => heldOut === null).map(({ score }) => levels[score.level]!.name);
  return `  ${set}: ${about}${held && open.length > 0 ? `; at ${open.join(', ')} nothing is held out` : ''}`;
}

type NameOf = (score: SetScore | SampleScore) => string;

function groupTable(parts: readonly OfSet[], name: NameOf, all = false): string {
  const groups = Object.keys(parts[0]!.score.groups);
  const header = ['level', '>problems', '>clusters', ...(all ? ['>all'] : []), ...groups.map((group) => `>${group}`)];
  const rows = parts.map(({ score }) => [
    name(score),
    String(score.problems),
    String(score.clusters ?? '–'),
    ...(all ? [estimate(score.solved, score.interval)] : []),
    ...groups.map((group) => ofShare(score.groups[group])),
  ]);
  return table(header, rows, '  ');
}

/** The agent's column, and one for each player. */
const playerHeader = (parts: readonly OfSet[]): string[] => [
  '>agent',
  ...parts[0]!.score.baselines.map((one) => `>${one.name}`),
];

function playerTable(parts: readonly OfSet[], name: NameOf): string {
  const rows = parts.map(({ score }) => [
    name(score),
    estimate(score.solved, score.interval),
    ...score.baselines.map((one) => ofShare(one.solved)),
  ]);
  return table(['level', ...playerHeader(parts)], rows, '  ');
}

function regretTable(parts: readonly OfSet[], name: NameOf): string {
  const rows = parts.flatMap(({ score }) => {
    const players = [score.regret!, ...score.baselines.map((one) => one.regret!)];
    const groups = Object.keys(score.groups);
    return [
      [name(score), 'all', ...players.map(({ all }) => ofMean(all))],
      ...groups.map((group) => ['', group, ...players.map(({ groups }) => ofMean(groups[group] ?? null))]),
    ];
  });
  return table(['level', 'problems', ...playerHeader(parts)], rows, '  ');
}

/** Which problems came to their end, and what those alone cost beyond the least. */
function endTable(parts: readonly OfSet[], name: NameOf): string {
  const rows = parts.flatMap(({ score }) => {
    const players = [score.regret!, ...score.baselines.map((one) => one.regret!)].map(({ ended }) => ended!);
    const cell = (share: Share | undefined, regret: Mean | null | undefined): string =>
      share === undefined || share.problems === 0
        ? '–'
        : `${percent(share.share).replace(' %', '')}: ${regret ? regret.mean.toFixed(3) : '–'}`;
    return [
      [name(score), 'all', ...players.map(({ regret, share }) => cell(share.all, regret.all))],
      ...Object.keys(score.groups).map((group) => [
        ...['', group],
        ...players.map(({ regret, share }) => cell(share.groups[group], regret.groups[group])),
      ]),
    ];
  });
  return table(['level', 'problems', ...playerHeader(parts)], rows, '  ');
}

/** `undefined` where nothing is known to compare with. */
function ceilingTable(parts: readonly OfSet[], name: NameOf): string | undefined {
  const { ceilings, verdicts } = parts[0]!.score;
  const [limits, others] = [Object.keys(ceilings), Object.keys(verdicts)];
  const lengths = parts.some(({ score }) => score.length !== null);
  if (limits.length + others.length === 0 && !lengths) return undefined;
  const header = [
    'level',
    ...limits.flatMap((limit) => [`>${limit}`, '>agent − it']),
    ...others.map((verdict) => `>${verdict}`),
    '>tokens ÷ shortest',
  ];
  const rows = parts.map(({ score }) => [
    name(score),
    ...limits.flatMap((limit) => [percent(score.ceilings[limit]!.share), ofMargin(score.ceilings[limit]!.margin)]),
    ...others.map((verdict) => ofShare(score.verdicts[verdict])),
    ofMean(score.length),
  ]);
  return table(header, rows, '  ');
}

function sampleTable(samples: readonly SampleScore[], name: NameOf): string {
  const { pass, samples: k } = samples[0]!;
  const header = ['level', ...pass.map((one) => `>pass@${one.k}`), `>likeliest of ${k}`];
  const rows = samples.map((score) => [
    name(score),
    ...score.pass.map((one) => (one.k === 1 || one.k === k ? ofShare(one) : percent(one.share).replace(' %', ''))),
    ofShare(score.best),
  ]);
  return table(header, rows, '  ');
}
