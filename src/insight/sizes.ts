// How much a report measures. All sizes stand here: a whole report of the flagship takes at most three minutes of one
// core.

import type { CausalOptions } from './causal/causal.ts';
import type { CreditOptions } from './credit.ts';
import type { DecodeOptions } from './decode.ts';
import type { PointOptions } from './emergencePoint.ts';
import type { ThinkingOptions } from './thinking.ts';
import type { ToolOptions } from './tools.ts';

export interface Sizes {
  readonly decode: DecodeOptions;
  readonly causal: CausalOptions;
  readonly thinking: Omit<ThinkingOptions, 'levels'>;
  readonly tools: ToolOptions;
  readonly credit: CreditOptions;
  readonly emergence: PointOptions & {
    /** Checkpoints, the untrained agent and the last one among them; 3 at the least. */
    readonly checkpoints: number;
  };
}

export const WHOLE: Sizes = {
  decode: { train: 2400, test: 1500 },
  causal: {
    patching: { pool: 300, each: 16 },
    steering: { training: 300, problems: 96 },
    surgery: { problems: 256 },
    knockOuts: { problems: 128 },
  },
  thinking: { problems: 256 },
  tools: { problems: 200 },
  credit: { problems: 24 },
  emergence: {
    checkpoints: 12,
    problems: 100,
    probes: { train: 500, test: 300 },
    patching: { pool: 100, each: 4 },
  },
};

export const QUICK: Sizes = {
  decode: { train: 800, test: 500 },
  causal: {
    patching: { pool: 100, each: 6 },
    steering: { training: 100, problems: 32 },
    surgery: { problems: 64 },
    knockOuts: { problems: 32 },
  },
  thinking: { problems: 64 },
  tools: { problems: 50, budget: 2000 },
  credit: { problems: 8 },
  emergence: {
    checkpoints: 7,
    problems: 50,
    probes: { train: 300, test: 150 },
    patching: { pool: 50, each: 2 },
  },
};
