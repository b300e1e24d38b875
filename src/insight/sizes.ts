// How much a report measures. All sizes stand here: a whole report of the flagship takes at most three minutes of one
// core.

import type { KnockOutOptions } from './causal/knockout.ts';
import type { PatchOptions } from './causal/patching.ts';
import type { SurgeryOptions } from './causal/surgery.ts';

export interface Sizes {
  readonly patching: PatchOptions;
  readonly surgery: SurgeryOptions;
  readonly knockOuts: KnockOutOptions;
  readonly emergence: {
    /** Checkpoints, the untrained agent and the last one among them. */
    readonly checkpoints: number;
    /** Problems of each level that are played for the share solved. */
    readonly problems: number;
    readonly patching: PatchOptions;
  };
  /** Episodes for training and for testing probes, as many of each, in the data behind the report. */
  readonly data: number;
}

export const WHOLE: Sizes = {
  patching: { pool: 300, each: 16 },
  surgery: { problems: 256 },
  knockOuts: { problems: 128 },
  emergence: { checkpoints: 12, problems: 100, patching: { pool: 100, each: 4 } },
  data: 600,
};

export const QUICK: Sizes = {
  patching: { pool: 100, each: 6 },
  surgery: { problems: 64 },
  knockOuts: { problems: 32 },
  emergence: { checkpoints: 6, problems: 50, patching: { pool: 50, each: 2 } },
  data: 200,
};
