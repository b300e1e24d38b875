// Patching: a part of one problem’s episode is put into another’s, by drag and drop or at the press of a button.

import { signal } from '@preact/signals';
import type { AgentFacts, Drawn, Touch } from '../engine/playing.ts';
import type { Put } from '../stage/Problems.tsx';
import { scrub } from '../stage/Transport.tsx';
import { facts } from '../state/agentOnView.ts';
import { setTouches, touches } from '../state/stage.ts';
import { excludes } from '../state/touches.ts';

export const PARTS = ['state', 'context', 'both'] as const;
export type Part = (typeof PARTS)[number];

/** What is put where a problem is dropped. */
export const part = signal<Part>('state');

/** Why a part cannot be put before a token; nothing where it can. */
export function whyNot({ unable }: AgentFacts, wanted: Part, step: number): string | undefined {
  const context = unable.context ?? (step > 0 ? unable.lateContext : undefined);
  if (wanted === 'state') return unable.state;
  return wanted === 'context' ? context : (unable.state ?? context);
}

/** Puts the wanted part of another problem before a token; where it cannot be, as much as can. */
export function put(step: number, problem: Drawn): void {
  const agent = facts.peek();
  if (!agent) return;
  const kinds = (['state', 'context'] as const).filter(
    (kind) => (part.peek() === kind || part.peek() === 'both') && whyNot(agent, kind, step) === undefined,
  );
  const own = kinds.map((kind): Touch => ({ kind, step, how: 'swap', problem }));
  if (own.length === 0) return;
  const kept = touches.peek().filter((one) => !own.some((other) => excludes(one, other)));
  setTouches([...kept, ...own].toSorted((a, b) => a.step - b.step));
  scrub(step);
}

const WHAT: Readonly<Record<Part, string>> = {
  state: 'its state',
  context: 'its encoded context',
  both: 'its state and encoded context',
};

/** What the list of problems offers. */
export function putOf(agent: AgentFacts, at: number, length: number): Put {
  const ended = at >= length ? 'The program has ended: go back to a token.' : undefined;
  return {
    label: `put ${WHAT[part.value]} before token ${at + 1}`,
    why: ended ?? whyNot(agent, part.value, at),
    onPut: (problem) => put(at, problem),
  };
}
