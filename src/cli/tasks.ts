// `innerloop tasks`: what there is to train.

import type { Command } from 'commander';
import { createTask, TASKS } from '../tasks/table.ts';
import { presetsOf } from '../training/presets/table.ts';
import { table } from './format.ts';
import { painter, print, printJson } from './output.ts';

const EXAMPLES = `
Examples:
  $ innerloop tasks
  $ innerloop tasks --json`;

export function addTasks(program: Command): void {
  program
    .command('tasks')
    .summary('list tasks, levels and presets')
    .description('Lists the tasks with their levels, tokens and presets.')
    .option('--json', 'print one JSON object a task instead of text')
    .addHelpText('after', EXAMPLES)
    .action((options: { json?: true }) => {
      for (const [i, name] of Object.keys(TASKS).entries()) {
        if (options.json) printJson(asJson(name));
        else print(`${i > 0 ? '\n' : ''}${asText(name)}`);
      }
    });
}

function asJson(name: string): object {
  const { levels, programLimit, title, vocabulary } = createTask(name);
  const presets = Object.entries(presetsOf(name)).map(([preset, { about }]) => ({ name: preset, about }));
  return { event: 'task', name, title, levels, vocabulary, programLimit, presets };
}

function asText(name: string): string {
  const paint = painter();
  const { levels, programLimit, title, vocabulary } = createTask(name);
  const tokens = vocabulary.map(({ symbol }) => symbol).join(' ');
  const presets = Object.entries(presetsOf(name)).map(([preset, { about }]) => [preset, about]);
  return [
    `${paint('bold', name)}  ${title}`,
    table(
      ['level', 'goal'],
      levels.map((level) => [level.name, level.goal]),
      '  ',
    ),
    `  tokens: ${tokens}; at most ${programLimit} a program`,
    '',
    table(['preset', ''], presets, '  '),
  ].join('\n');
}
