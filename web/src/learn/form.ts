// The form's own state: what its fields show, also while what is asked for is not possible.

import { computed, type ReadonlySignal } from '@preact/signals';
import { type Config, configSchema, configure, presetsOf, TASKS } from 'innerloop';
import { type Branch, branchOf, type Draft, inputOf, withoutSetting, withSetting } from '../state/draft.ts';
import { type Field, fieldsOf } from '../state/fields.ts';
import { asked, draft } from '../state/store.ts';

/** Settings as they stand: the configuration, or its preset's with what was asked for on top of it. */
export const shown: ReadonlySignal<Config> = computed(() => {
  const { training } = asked.value;
  if (training) return withOptions(training.config);
  const { preset, task } = draft.value;
  const base = withOptions(configure({ task, preset }).config);
  return inputOf(draft.value, base) as unknown as Config;
});

/** A configuration holds the options that were given; the task's schema knows the others. */
function withOptions(config: Config): Config {
  const { name, options } = config.task;
  return { ...config, task: { name, options: TASKS[name as keyof typeof TASKS].options.parse(options) } };
}

/** The options of the task, under `task.options`. */
export const optionFields: ReadonlySignal<readonly Field[]> = computed(() => {
  const { name, options } = shown.value.task;
  const entry = TASKS[name as keyof typeof TASKS];
  return fieldsOf(entry.options, options, 'task.options');
});

/** Settings that stand in the form's first part, or are no settings of training. */
const PLAIN = ['task', 'preset', 'seed', 'updates', 'agent.hidden'];

const allFields: ReadonlySignal<readonly Field[]> = computed(() => fieldsOf(configSchema, shown.value));

export const fieldAt = (path: string): Field | undefined => find(allFields.value, path);

/** Everything else, as the library's schema has it. */
export const furtherFields: ReadonlySignal<readonly Field[]> = computed(() => without(allFields.value));

function without(fields: readonly Field[]): readonly Field[] {
  return fields
    .filter(({ path }) => !PLAIN.includes(path))
    .map((field) =>
      field.kind === 'branch' || field.kind === 'group' ? { ...field, fields: without(field.fields) } : field,
    );
}

function find(fields: readonly Field[], path: string): Field | undefined {
  for (const field of fields) {
    if (field.path === path) return field;
    const below = field.kind === 'branch' || field.kind === 'group' ? find(field.fields, path) : undefined;
    if (below) return below;
  }
  return undefined;
}

export function set(path: string, value: unknown): void {
  draft.value = withSetting(draft.value, path, value);
}

/** Back to what the preset has. */
export function unset(path: string): void {
  draft.value = withoutSetting(draft.value, path);
}

/** Another kind of a branch: with settings of a preset that has it. */
export function choose(branch: string, name: string): void {
  const { preset, task } = draft.value;
  const own = configure({ task, preset }).config[branch as Branch];
  const cleared = withoutSetting(draft.value, branch);
  draft.value =
    own.name === name ? cleared : withSetting(cleared, branch, branchOf(draft.value, branch as Branch, name));
}

/** Another task or preset; the seed stays. */
export function begin(task: string, preset: string): void {
  const { seed } = draft.value.settings;
  const known = Object.hasOwn(presetsOf(task), preset) ? preset : 'default';
  draft.value = { task, preset: known, settings: seed === undefined ? {} : { seed } } satisfies Draft;
}

/** The library's sentence, where it is about this setting or one below it. */
export function errorAt(path: string): string | undefined {
  const { error } = asked.value;
  return error?.path !== undefined && (error.path === path || error.path.startsWith(`${path}.`))
    ? error.message
    : undefined;
}
