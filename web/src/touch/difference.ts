// What a touch came to, in sentences.

import type { AgentFacts, Drawn, Shown } from '../engine/playing.ts';
import type { Column } from '../stage/align.ts';
import { problemName } from '../stage/words.ts';
import { type Followed, followed } from './donors.ts';

export function differenceOf(plain: Shown, touched: Shown, columns: readonly Column[]): string {
  const changed = columns.filter(({ same }) => !same).length;
  const tokens =
    changed === 0
      ? 'The program stays the same'
      : `${changed} of ${columns.length} tokens ${changed === 1 ? 'differs' : 'differ'}`;
  const [was, is] = [plain.run.solved, touched.run.solved];
  if (was && !is) return `${tokens}, and the answer is wrong now.`;
  if (!was && is) return `${tokens}, and the answer is right now.`;
  return `${tokens}, and the answer is ${is ? 'right' : 'wrong'} as before.`;
}

const WORDS: Readonly<Record<Followed, (name: string, token: number) => string>> = {
  donor: (name, token) =>
    `From token ${token} on it follows the donor, ${name}: what was to come stood in what was put there.`,
  itself: (name, token) =>
    `From token ${token} on it still follows itself, not the donor, ${name}: what was to come did not stand there alone.`,
  neither: (name, token) => `From token ${token} on it follows neither itself nor the donor, ${name}.`,
  alike: (name, token) =>
    `The donor, ${name}, goes on in the same way from token ${token} on: this tells nothing of the plan.`,
};

/** Whose program it goes on as, once something of another problem was put before token number `step`. */
export function followedWords(
  agent: AgentFacts,
  step: number,
  problem: Drawn,
  shown: { readonly plain: Shown; readonly touched: Shown; readonly donor: Shown },
): string {
  const { donor, plain, touched } = shown;
  const who = followed(agent, step, touched.run, plain.run, donor.run);
  return WORDS[who](problemName(problem, agent, plain.run.level), step + 1);
}
