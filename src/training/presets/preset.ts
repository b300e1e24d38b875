// What a preset is.

import type { Config, DeepPartial } from '../configSchema.ts';

/** Settings of a preset; `taskOptions` go to the task. */
export type PresetInput = DeepPartial<Omit<Config, 'task' | 'preset'>> & {
  readonly taskOptions?: Readonly<Record<string, unknown>>;
};

/** A named configuration. */
export interface Preset {
  /** One sentence for people. */
  readonly about: string;
  readonly config: PresetInput;
}

export const constant = (value: number) => ({ from: value, to: value, over: 0 });

type AlgorithmInput = NonNullable<PresetInput['algorithm']>;

/** `base` with some settings changed; a change that names another algorithm replaces it whole. */
export function changedAlgorithm(base: AlgorithmInput, change: AlgorithmInput = {}): AlgorithmInput {
  const another = change.name !== undefined && change.name !== base.name;
  return another ? change : ({ ...base, ...change } as AlgorithmInput);
}
