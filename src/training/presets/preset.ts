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

/** Adam's settings but for the rate and its decay. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clip: 1 } as const;

/** `base` with some settings changed; a change that names another kind replaces it whole. */
function changed<T extends object>(base: T | undefined, change: T | undefined): T {
  const kind = (settings: object | undefined) => (settings as { readonly name?: string } | undefined)?.name;
  const another = kind(change) !== undefined && kind(change) !== kind(base);
  return (another ? change : { ...base, ...change }) as T;
}

/** Makes presets that are `base` with some settings changed, branch by branch. */
export const presetsFrom =
  (base: PresetInput) =>
  (about: string, change: PresetInput = {}): Preset => ({
    about,
    config: {
      ...base,
      ...change,
      taskOptions: changed(base.taskOptions, change.taskOptions),
      agent: changed(base.agent, change.agent),
      algorithm: changed(base.algorithm, change.algorithm),
      hindsight: changed(base.hindsight, change.hindsight),
      optimiser: changed(base.optimiser, change.optimiser),
      curriculum: changed(base.curriculum, change.curriculum),
      evaluation: changed(base.evaluation, change.evaluation),
    },
  });
