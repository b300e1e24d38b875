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
