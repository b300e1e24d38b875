// Configurations with what they leave to defaults filled in: what is not given is not nothing.

import { type Config, configSchema, TASKS } from 'innerloop';

type Options = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The whole of `config` as this version reads it; as it stands where it cannot: of another version, or of a foreign task. */
export function resolved(config: unknown): unknown {
  const parsed = configSchema.safeParse(config);
  const whole: unknown = parsed.success ? parsed.data : config;
  if (!isObject(whole)) return whole;
  const { task } = whole as { readonly task?: unknown };
  if (!isObject(task)) return whole;
  const options = optionsOf(task.name, task.options);
  return options ? { ...whole, task: { ...task, options } } : whole;
}

/** What the options of a task are where none is given; empty where that is not known. */
export const defaultOptions = (task: unknown): Options => optionsOf(task, {}) ?? {};

function optionsOf(name: unknown, options: unknown): Options | undefined {
  if (typeof name !== 'string' || !Object.hasOwn(TASKS, name)) return undefined;
  const parsed = TASKS[name as keyof typeof TASKS].options.safeParse(options ?? {});
  return parsed.success ? (parsed.data as Config['task']['options']) : undefined;
}
