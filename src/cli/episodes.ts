// Episodes for people: one line a token in full, or the whole program in one line.

import type { Episode, EpisodeStep, MachineState } from '../insight/episode.ts';
import { percent, plural, table, width } from './format.ts';
import type { Paint } from './output.ts';

/**
 * An episode in full: what the agent chose, how sure it was, and what the machine made of it. A token a line where
 * `columns` suffice, else a token a column; where neither fits, a token a line without what can be spared.
 */
export function describeEpisode(episode: Episode, paint: Paint, columns = Number.POSITIVE_INFINITY): string {
  const { context, name, problem, reward, solved, steps } = episode;
  const fits = (text: string) => text.split('\n').every((line) => width(line) <= columns);
  const shown = [tokenLines(steps), tokenColumns(steps)].find(fits) ?? shortLines(steps);
  const [head, ...body] = shown.split('\n');
  return [
    `${paint('bold', problem)}  ${verdict(solved, paint)}  ${paint('dim', `level ${name}`)}`,
    `  sees ${context.join(' ')}`,
    paint('dim', head!),
    ...body,
    `  reward ${reward.toFixed(2)} after ${plural(steps.length, 'token')}`,
  ].join('\n');
}

const LABELS = ['probability', 'value', 'entropy', 'reward'] as const;

function numbers({ entropy, probability, reward, value }: EpisodeStep): string[] {
  return [percent(probability), value.toFixed(2), entropy.toFixed(2), reward === 0 ? '' : reward.toFixed(2)];
}

const values = (state: MachineState): string[] => state.map(([, value]) => value);

function tokenLines(steps: readonly EpisodeStep[]): string {
  const state = steps[0]?.before ?? [];
  const header = ['', 'token', ...LABELS.map((label) => `>${label}`), ...state.map(([label]) => label), 'also likely'];
  const start = ['', '', ...LABELS.map(() => ''), ...values(state)];
  const rows = steps.map((step, i) => [
    String(i + 1),
    step.token,
    ...numbers(step),
    ...values(step.after),
    others(step),
  ]);
  return table(header, [start, ...rows], '  ');
}

/** A token a line: its probability, and the machine's state. */
function shortLines(steps: readonly EpisodeStep[]): string {
  const header = ['token', '>p', ...(steps[0]?.before ?? []).map(([label]) => label)];
  const rows = steps.map((step) => [step.token, percent(step.probability), ...values(step.after)]);
  return table(header, rows, '  ');
}

function tokenColumns(steps: readonly EpisodeStep[]): string {
  const cells = steps.map((step) => [...numbers(step), ...values(step.after)]);
  const labels = [...LABELS, ...(steps[0]?.before ?? []).map(([label]) => label)];
  const rows = labels.map((label, row) => [label, ...cells.map((column) => column[row]!)]);
  return table(['', ...steps.map(({ token }) => token)], rows, '  ');
}

/**
 * An episode in two lines: the problem, then each token with the machine's first value after it, and the second (its
 * memory, in the tasks here) where it is not what it was at first. Where that is longer than `columns`, tokens alone.
 */
export function outlineEpisode(episode: Episode, paint: Paint, columns = Number.POSITIVE_INFINITY): string {
  const { problem, reward, solved, steps } = episode;
  const tokens = steps.map(({ after, before, token }) => {
    const [first, second] = after;
    const changed = JSON.stringify(after) !== JSON.stringify(before);
    const kept = second && second[1] !== steps[0]!.before[1]?.[1] ? ` | ${second[1]}` : '';
    return changed && first ? `${token} ${paint('cyan', `{${first[1]}${kept}}`)}` : token;
  });
  const full = `    → ${tokens.join('  ')}`;
  const line = width(full) <= columns ? full : `    → ${episode.program.join(' ')}`;
  return `  ${problem}  ${verdict(solved, paint)}  ${paint('dim', `reward ${reward.toFixed(2)}`)}\n${line}`;
}

/** What stands in the braces of an outline. */
export function outlineLegend({ steps }: Episode): string {
  const [first, second] = steps[0]?.before ?? [];
  if (!first) return '';
  return `after a token that changes it: {${second ? `${first[0]} | ${second[0]}` : first[0]}}`;
}

const verdict = (solved: boolean, paint: Paint) => (solved ? paint('green', 'solved') : paint('red', 'not solved'));

/** The most likely tokens that were not chosen, down to one in a thousand. */
function others({ token, top }: EpisodeStep): string {
  return top
    .filter((candidate) => candidate.token !== token && candidate.probability >= 0.001)
    .map((candidate) => `${candidate.token} ${percent(candidate.probability)}`)
    .join(', ');
}
