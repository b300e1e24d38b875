// What the page says and shows of each section.

import type { CausalResult } from '../../causal/causal.ts';
import type { CreditResult } from '../../credit.ts';
import type { DecodeResult } from '../../decode.ts';
import type { EmergenceResult } from '../../emergence.ts';
import type { SectionResult } from '../../section.ts';
import type { SectionName } from '../../subject.ts';
import type { ThinkingResult } from '../../thinking.ts';
import type { ToolsResult } from '../../tools.ts';
import type { Figure } from '../html.ts';
import { causalFigures } from './causal.ts';
import { creditFigures } from './credit.ts';
import { decodeFigures } from './decode.ts';
import { emergenceFigures } from './emergence.ts';
import { thinkingFigures } from './thinking.ts';
import { toolFigures } from './tools.ts';

/** By section, in the words of the page. */
export const SECTION_WORDS: Readonly<Record<SectionName, { readonly title: string; readonly about: string }>> = {
  decode: {
    title: 'What can be read from the state',
    about:
      'Linear probes read the agent’s state before each of its tokens. They are trained and tested on different structures. The same probe on an untrained network, on shuffled labels, on the inputs alone and, of memory, on an agent that was trained without (where one is given) says how much of that means nothing; what counts is how far the agent’s own state lies above the best of them.',
  },
  causal: {
    title: 'What happens when the state is changed',
    about:
      'Reading is not using. Here states are exchanged between problems, pushed along a probe’s direction, or taken away, and what the agent then writes is compared with what random states and directions of the same size do.',
  },
  thinking: {
    title: 'Does more computation help?',
    about: 'Blank start tokens before the program give the network time and nothing else.',
  },
  tools: {
    title: 'Is each tool needed?',
    about:
      'Each tool is taken away while the agent plays, without training for that, beside the exact share that can be solved without it.',
  },
  emergence: {
    title: 'Does it come with a benefit?',
    about: 'The same measures, made smaller, on the checkpoints that the run kept.',
  },
  credit: {
    title: 'Who gets the credit?',
    about:
      'The advantage of every token by four estimators on the same episodes, beside the token that truly decided: the first after which no program can succeed, by search.',
  },
};

/** @param levels names of the levels, those beyond training's among them. */
export function figuresOf(section: SectionResult, levels: readonly string[]): readonly Figure[] {
  switch (section.kind as SectionName) {
    case 'decode':
      return decodeFigures(section as DecodeResult);
    case 'causal':
      return causalFigures(section as CausalResult, levels);
    case 'thinking':
      return thinkingFigures(section as ThinkingResult, levels);
    case 'emergence':
      return emergenceFigures(section as EmergenceResult);
    case 'tools':
      return toolFigures(section as ToolsResult, levels);
    case 'credit':
      return creditFigures(section as CreditResult, levels);
  }
}
