// Every setting that the form offers, of whatever preset, is explained in plain words.

import { configSchema, configure, presetsOf, TASKS } from 'innerloop';
import { expect, test } from 'vitest';
import { type Field, fieldsOf } from '../../web/src/state/fields.ts';
import { termOf } from '../../web/src/ui/glossary.ts';

/** Chosen elsewhere in the form, where it is explained. */
const ELSEWHERE = ['task.name'];

function unexplained(field: Field): readonly string[] {
  const below = 'fields' in field ? field.fields : 'field' in field ? [field.field] : [];
  return [...(termOf(field.path) ? [] : [field.path]), ...below.flatMap(unexplained)];
}

test('every setting has its term in the glossary', () => {
  const missing = Object.entries(TASKS).flatMap(([task, { options }]) =>
    Object.keys(presetsOf(task)).flatMap((preset) => {
      const { config } = configure({ task, preset });
      const fields = [...fieldsOf(configSchema, config), ...fieldsOf(options, config.task.options, 'task.options')];
      return fields.flatMap(unexplained);
    }),
  );
  expect([...new Set(missing)].filter((path) => !ELSEWHERE.includes(path))).toEqual([]);
});
