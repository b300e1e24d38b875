import { expect, test } from 'vitest';
import { InnerloopError } from '../core/errors.ts';
import { createTask, TASKS } from './table.ts';

test('every entry creates the task of its name with its defaults', () => {
  for (const [name, entry] of Object.entries(TASKS)) {
    const task = createTask(name);
    expect(task.name).toBe(name);
    expect(task.title).toBe(entry.title);
  }
  expect(TASKS.calculator.options.parse({})).toEqual({ memory: true, milestones: 1 });
  expect(createTask('tutorial', { programLimit: 7 }).programLimit).toBe(7);
});

test('bad names and options say what was expected and suggest the nearest', () => {
  const message = (name: string, options: Record<string, unknown> = {}) => {
    try {
      createTask(name, options);
    } catch (error) {
      if (error instanceof InnerloopError) return error.message;
    }
    return 'no InnerloopError';
  };
  expect(message('calculater')).toBe(
    "unknown task 'calculater' (did you mean 'calculator'?); known: tutorial, calculator, expressions, countdown, recall, routes",
  );
  expect(message('calculator', { memroy: false })).toBe(
    "unknown option of task calculator 'memroy' (did you mean 'memory'?); known: memory, milestones",
  );
  expect(message('calculator', { memory: 'yes' })).toBe(
    'option memory of task calculator: expected true or false, received "yes"',
  );
  expect(message('calculator', { milestones: -1 })).toBe(
    'option milestones of task calculator: expected at least 0, received -1',
  );
  expect(message('tutorial', { programLimit: 8 })).toBe(
    'option programLimit of task tutorial: expected at most 7, received 8',
  );
});
