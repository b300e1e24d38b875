// What a touch came to, in a sentence.

import type { Shown } from '../engine/playing.ts';
import type { Column } from '../stage/align.ts';

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
