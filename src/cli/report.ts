// What a person reads at the end of a training: how exact, how it goes about it, which bits, where, and what next.

import type { LevelScore } from '../evaluation/accuracy.ts';
import type { Task } from '../tasks/task.ts';
import type { Agent } from '../training/openAgent.ts';
import { presetsOf } from '../training/presets/table.ts';
import { outlineEpisode, outlineLegend } from './episodes.ts';
import { count, duration, interval, percent, plural, table } from './format.ts';
import { type Paint, painter, print } from './output.ts';
import { publishedAccuracies } from './tutorialReporter.ts';
import { printTutorialTruth } from './tutorialTruth.ts';

/** How people start the program: from a checkout, an installed package or anywhere. */
export const PROGRAM = 'npx innerloop';

/** Episodes shown of all levels together, and of each at the least. */
const EPISODES = 15;
const LEAST_EPISODES = 2;
/** Longest line of an outline where no terminal says how wide it is. */
const OUTLINE_COLUMNS = 120;

/** What a finished run came to. */
export interface Outcome {
  readonly hash: string;
  readonly updates: number;
  readonly episodes: number;
  readonly seconds: number;
  readonly levels: readonly LevelScore[];
}

const span = ({ low, high }: LevelScore['rewardInterval']): string => `${low.toFixed(3)} – ${high.toFixed(3)}`;

/** Exact accuracy per level, and mean reward. */
export function scoreTable(agent: Agent, scores: readonly LevelScore[], indent = '  '): string {
  const rows = scores.map((score) => [
    agent.task.levels[score.level]!.name,
    agent.task.levels[score.level]!.goal,
    percent(score.solved),
    interval(score.interval),
    score.reward.toFixed(3),
    span(score.rewardInterval),
    score.tokens.toFixed(1),
  ]);
  return table(['level', 'goal', '>solved', '>95 % interval', '>reward', '>95 % interval', '>tokens'], rows, indent);
}

/** @param named the run as other commands are told of it. */
export function printReport(
  agent: Agent,
  { named, run }: { readonly run: string; readonly named: string },
  outcome: Outcome,
): void {
  const paint = painter();
  const { hash, levels } = outcome;
  const problems = count(levels[0]?.problems ?? 0);
  const { task } = agent;
  const { preset } = agent.config;
  const speed = `${count(outcome.episodes / outcome.seconds)} episodes/s`;
  const time = duration(outcome.seconds);
  print();
  print(`${plural(outcome.updates, 'update')}, ${count(outcome.episodes)} episodes in ${time} (${speed})`);
  if (task.name !== 'tutorial') {
    print();
    print(paint('bold', `Solved exactly, of ${problems} fresh test problems a level`));
    print(scoreTable(agent, levels));
    const held = heldOut(task);
    if (held !== undefined) print(paint('dim', `  ${held}`));
  }
  printEpisodes(agent, paint);
  if (task.name === 'tutorial') {
    print();
    print(`${publishedAccuracies(levels)}   mean reward on ${problems} problems a stage`);
    printTutorialTruth(task, levels, preset === 'default', paint);
  }
  print();
  print(`SHA-256  ${hash}`);
  print(`run      ${run}`);
  print();
  print(paint('bold', 'Next'));
  for (const line of suggestions(agent, named)) print(`  ${line}`);
}

/** What the test problems were held out by, where the task tells. */
function heldOut({ levels, study }: Task): string | undefined {
  const set = study?.sets[0];
  if (set === undefined) return undefined;
  const open = levels.filter((_, level) => set.heldOut(level) === undefined).map(({ name }) => name);
  const none = open.length > 0 ? `; at ${open.join(', ')} nothing is held out` : '';
  return open.length === levels.length ? 'nothing is held out' : `${set.name}: ${set.about}${none}`;
}

function printEpisodes(agent: Agent, paint: Paint): void {
  const { levels } = agent.task;
  const each = Math.max(LEAST_EPISODES, Math.floor(EPISODES / levels.length));
  const columns = process.stdout.columns ?? OUTLINE_COLUMNS;
  for (const [level, { goal, name }] of levels.entries()) {
    const episodes = agent.problems(level, each).map((problem) => agent.explain(problem));
    const lines = episodes.map((episode) => outlineEpisode(episode, paint, columns));
    const legend = lines.some((line) => line.includes('{')) ? `   ${paint('dim', outlineLegend(episodes[0]!))}` : '';
    print();
    print(`${paint('bold', `Level ${name}: ${goal}`)}${legend}`);
    for (const line of lines) print(line);
  }
}

function suggestions({ config, task }: Agent, named: string): string[] {
  const own = task.example === undefined ? '' : ` --problem "${task.example}"`;
  const lines = [
    [`${PROGRAM} explain ${named}${own}`, 'look inside one episode, token by token'],
    task.study
      ? [`${PROGRAM} eval ${named}`, 'by what is held out, beside exact ceilings, and beyond these levels']
      : [`${PROGRAM} eval ${named} --problems 10000`, 'narrower intervals'],
  ];
  if (config.preset === 'default' && Object.hasOwn(presetsOf(task.name), 'no-memory')) {
    lines.push([`${PROGRAM} train ${task.name} --preset no-memory`, 'what the memory is worth']);
  }
  const other = OTHER_TASK[task.name];
  if (other) lines.push(other);
  lines.push([`${PROGRAM} tasks`, 'all tasks and presets']);
  return lines.map(([command, what]) => `${what}:\n    ${command}`);
}

/** Where to go from a task. */
const OTHER_TASK: Readonly<Record<string, [command: string, what: string]>> = {
  tutorial: [`${PROGRAM} train calculator`, 'the same task with its claims made true'],
  calculator: [`${PROGRAM} train expressions`, 'programs that have to be planned from the problem'],
  expressions: [`${PROGRAM} train expressions --preset extrapolate`, 'trained on four operators, tried on more'],
};

/** A path as a shell takes it. */
export const quoted = (path: string): string =>
  /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** A run as commands are told of it. @param taskFile of its task, where that is one's own. */
export const runArguments = (run: string, taskFile: string | undefined): string =>
  `${quoted(run)}${taskFile === undefined ? '' : ` --task ${quoted(taskFile)}`}`;
