// What a person reads at the end of a training: how exact, how it goes about it, which bits, where, and what next.

import type { LevelScore } from '../evaluation/accuracy.ts';
import type { Agent } from '../training/openAgent.ts';
import { outlineEpisode, outlineLegend } from './episodes.ts';
import { count, duration, interval, percent, plural, table } from './format.ts';
import { type Paint, painter, print } from './output.ts';
import { publishedAccuracies } from './tutorialReporter.ts';
import { printTutorialTruth } from './tutorialTruth.ts';

/** How people start the program: from a checkout, an installed package or anywhere. */
export const PROGRAM = 'npx innerloop';

const EPISODES = 5;

/** What a finished run came to. */
export interface Outcome {
  readonly hash: string;
  readonly updates: number;
  readonly episodes: number;
  readonly seconds: number;
  readonly levels: readonly LevelScore[];
}

/** Exact accuracy per level. */
export function scoreTable(agent: Agent, scores: readonly LevelScore[], indent = '  '): string {
  const rows = scores.map((score) => [
    agent.task.levels[score.level]!.name,
    agent.task.levels[score.level]!.goal,
    percent(score.solved),
    interval(score.interval),
    score.reward.toFixed(2),
    score.tokens.toFixed(1),
  ]);
  return table(['level', 'goal', '>solved', '>95 % interval', '>reward', '>tokens'], rows, indent);
}

export function printReport(agent: Agent, run: string, outcome: Outcome): void {
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
  for (const line of suggestions(agent, run)) print(`  ${line}`);
}

function printEpisodes(agent: Agent, paint: Paint): void {
  for (const [level, { goal, name }] of agent.task.levels.entries()) {
    const episodes = agent.problems(level, EPISODES).map((problem) => agent.explain(problem));
    const legend = paint('dim', outlineLegend(episodes[0]!));
    print();
    print(`${paint('bold', `Level ${name}: ${goal}`)}   ${legend}`);
    for (const episode of episodes) print(outlineEpisode(episode, paint));
  }
}

function suggestions({ config, task }: Agent, run: string): string[] {
  const lines = [
    [`${PROGRAM} explain ${quoted(run)} --problem "3 4 5 6 7"`, 'look inside one episode, token by token'],
    [`${PROGRAM} eval ${quoted(run)} --problems 10000`, 'narrower intervals'],
  ];
  if (task.name === 'tutorial') lines.push([`${PROGRAM} train calculator`, 'the same task with its claims made true']);
  else if (config.preset === 'default') {
    lines.push([`${PROGRAM} train ${task.name} --preset no-memory`, 'what the memory is worth']);
    lines.push([`${PROGRAM} train tutorial`, 'the published system, defects included']);
  }
  lines.push([`${PROGRAM} tasks`, 'all tasks and presets']);
  return lines.map(([command, what]) => `${what}:\n    ${command}`);
}

/** A path as a shell takes it. */
export const quoted = (path: string): string =>
  /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
