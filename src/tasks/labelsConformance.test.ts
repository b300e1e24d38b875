import { expect, test } from 'vitest';
import { checkTask } from './conformance.ts';
import type { Labels } from './labels.ts';
import { createTask } from './table.ts';
import type { Problem, Task } from './task.ts';

const task: Task = createTask('calculator');

/** The task with labels that break one clause. */
const broken = (change: Partial<Labels<Problem>>): Task => ({ ...task, labels: { ...task.labels!, ...change } });

test.each<[string, Task, RegExp]>([
  [
    'twice the same name',
    broken({ labels: [...task.labels!.labels, task.labels!.labels[0]!] }),
    /names of labels differ/,
  ],
  [
    'one answer',
    broken({ labels: task.labels!.labels.map((label) => ({ ...label, values: ['yes'] })) }),
    /has at least two values/,
  ],
  [
    'a value out of range',
    broken({
      of: (_, program) => ({
        values: task.labels!.labels.map(() => program.map(() => 7)),
        tokens: program.map(String),
      }),
    }),
    /is within −1 to 1, not 7/,
  ],
  [
    'steps left out',
    broken({ of: (_, program) => ({ values: task.labels!.labels.map(() => []), tokens: program.map(String) }) }),
    /has a value for every step/,
  ],
  [
    'no names for tokens',
    broken({ of: () => ({ values: [], tokens: [] }) }),
    /every token of an episode is called something/,
  ],
  ['a nameless structure', broken({ structure: () => '' }), /a structure has a name/],
])('labels are held to their word: %s', (_, wrong, clause) => {
  expect(() => checkTask(wrong, { problems: 1 })).toThrow(clause);
});
